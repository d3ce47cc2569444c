/** Binds the keyboard map to the window while the editor is open. */

import { type ActionId, type Shortcut, isLetterKey, matches, shortcutOf } from "@/kit/keys/shortcuts";

/** `down` is false when a held key is let go. Returning false leaves the key to the browser. */
export type Action = (down: boolean, event?: KeyboardEvent) => unknown;
export type Actions = Record<ActionId, Action>;

/** Text fields and dialogs keep their keys; sliders, and lists that say so, give up all but their own. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLInputElement) return !["range", "checkbox", "radio"].includes(target.type);
  return target.closest("[role=dialog],[role=alertdialog],[role=menu],[role=listbox]:not([data-shares-keys])") !== null;
}

/** Selected text is what Ctrl+C means. */
function copiesText(event: KeyboardEvent): boolean {
  return event.key === "c" && (getSelection()?.toString() ?? "") !== "";
}

function usesLetter(shortcut: Shortcut, event: KeyboardEvent): boolean {
  const chord = shortcut.chords.find((each) => matches(each, event));
  return chord !== undefined && isLetterKey(chord);
}

/** The shortcut of a key that nothing else takes. */
function meantBy(event: KeyboardEvent): Shortcut | undefined {
  return event.defaultPrevented || isTaken(event) || copiesText(event) ? undefined : shortcutOf(event);
}

export function bindKeys(actions: Partial<Actions>, letterKeys: () => boolean): () => void {
  let held: ActionId | null = null;
  const release = () => {
    if (held) actions[held]?.(false);
    held = null;
  };
  const down = (event: KeyboardEvent) => {
    const shortcut = meantBy(event);
    const action = shortcut && actions[shortcut.id];
    if (!action || (!letterKeys() && usesLetter(shortcut, event))) return;
    if (shortcut.hold) {
      event.preventDefault();
      if (held === null) action(true);
      held = shortcut.id;
    } else if (action(true, event) !== false) {
      event.preventDefault();
    }
  };
  const up = (event: KeyboardEvent) => {
    const shortcut = shortcutOf(event);
    if (held !== null && (shortcut?.id === held || event.code === "Backslash")) release();
  };
  window.addEventListener("keydown", down);
  window.addEventListener("keyup", up);
  window.addEventListener("blur", release);
  return () => {
    window.removeEventListener("keydown", down);
    window.removeEventListener("keyup", up);
    window.removeEventListener("blur", release);
  };
}
