/** The keyboard map: one table binds the keys and fills the overlay. */

/** `mod` is Ctrl, or Command on a Mac. Keys are `KeyboardEvent.key`, letters in lower case. */
export type Chord = { key: string; code?: string; mod?: boolean; shift?: boolean };

export type ActionId =
  | "undo"
  | "redo"
  | "history"
  | "original"
  | "split"
  | "side"
  | "fit"
  | "actual"
  | "double"
  | "zoomIn"
  | "zoomOut"
  | "zoomToggle"
  | "spots"
  | "design"
  | "crop"
  | "brush"
  | "erase"
  | "smaller"
  | "larger"
  | "harder"
  | "softer"
  | "heat"
  | "clipping"
  | "fullScreen"
  | "panels"
  | "nextFace"
  | "previousFace"
  | "everyone"
  | "natural"
  | "nextPhoto"
  | "previousPhoto"
  | "pick"
  | "reject"
  | "unflag"
  | "stars"
  | "copySettings"
  | "pasteSettings"
  | "copy"
  | "savePreset"
  | "download"
  | "overlay";

export type Section = "edit" | "brush" | "compare" | "view" | "people" | "file";

export type Shortcut = {
  id: ActionId;
  section: Section;
  chords: [Chord, ...Chord[]];
  /** Fires on press and again on release. */
  hold?: boolean;
};

export const SHORTCUTS: readonly Shortcut[] = [
  { id: "undo", section: "edit", chords: [{ key: "z", mod: true }] },
  {
    id: "redo",
    section: "edit",
    chords: [
      { key: "z", mod: true, shift: true },
      { key: "y", mod: true },
    ],
  },
  { id: "history", section: "edit", chords: [{ key: "h" }] },
  { id: "design", section: "edit", chords: [{ key: "d" }] },
  { id: "crop", section: "edit", chords: [{ key: "c" }] },
  { id: "natural", section: "edit", chords: [{ key: "n" }] },
  { id: "original", section: "compare", chords: [{ key: "\\", code: "Backslash" }], hold: true },
  { id: "split", section: "compare", chords: [{ key: "y" }] },
  { id: "side", section: "compare", chords: [{ key: "y", shift: true }] },
  { id: "heat", section: "compare", chords: [{ key: "m" }] },
  { id: "clipping", section: "view", chords: [{ key: "j" }] },
  { id: "fit", section: "view", chords: [{ key: "0" }] },
  { id: "actual", section: "view", chords: [{ key: "1" }] },
  { id: "double", section: "view", chords: [{ key: "2" }] },
  { id: "zoomIn", section: "view", chords: [{ key: "+" }, { key: "=" }] },
  { id: "zoomOut", section: "view", chords: [{ key: "-" }] },
  { id: "zoomToggle", section: "view", chords: [{ key: "z" }] },
  { id: "fullScreen", section: "view", chords: [{ key: "f" }] },
  // Tab goes from control to control: whoever works by keys needs it.
  { id: "panels", section: "view", chords: [{ key: "f", shift: true }] },
  { id: "spots", section: "view", chords: [{ key: "o" }] },
  { id: "brush", section: "brush", chords: [{ key: "b" }] },
  { id: "erase", section: "brush", chords: [{ key: "x" }, { key: "e" }] },
  { id: "smaller", section: "brush", chords: [{ key: "[", code: "BracketLeft", shift: false }] },
  { id: "larger", section: "brush", chords: [{ key: "]", code: "BracketRight", shift: false }] },
  { id: "harder", section: "brush", chords: [{ key: "{", code: "BracketLeft", shift: true }] },
  { id: "softer", section: "brush", chords: [{ key: "}", code: "BracketRight", shift: true }] },
  { id: "nextFace", section: "people", chords: [{ key: "g" }] },
  { id: "previousFace", section: "people", chords: [{ key: "g", shift: true }] },
  { id: "everyone", section: "people", chords: [{ key: "Escape" }] },
  { id: "nextPhoto", section: "file", chords: [{ key: "." }] },
  { id: "previousPhoto", section: "file", chords: [{ key: "," }] },
  { id: "pick", section: "file", chords: [{ key: "p" }] },
  { id: "reject", section: "file", chords: [{ key: "x", shift: true }] },
  { id: "unflag", section: "file", chords: [{ key: "u" }] },
  {
    id: "stars",
    section: "file",
    chords: [
      { key: "1", code: "Digit1", shift: true },
      { key: "2", code: "Digit2", shift: true },
      { key: "3", code: "Digit3", shift: true },
      { key: "4", code: "Digit4", shift: true },
      { key: "5", code: "Digit5", shift: true },
    ],
  },
  { id: "copySettings", section: "file", chords: [{ key: "c", mod: true, shift: true }] },
  { id: "pasteSettings", section: "file", chords: [{ key: "v", mod: true, shift: true }] },
  { id: "copy", section: "file", chords: [{ key: "c", mod: true }] },
  { id: "savePreset", section: "file", chords: [{ key: "s", mod: true }] },
  { id: "download", section: "file", chords: [{ key: "e", mod: true, shift: true }] },
  { id: "overlay", section: "file", chords: [{ key: "?" }] },
];

/** The parts of a keyboard event that matter. */
export type Pressed = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey"
>;

/** The digit or sign of a key of the number pad, whatever NumLock says; else the key. */
function keyOf(event: Pressed): string {
  const digit = /^Numpad(\d)$/.exec(event.code)?.[1];
  if (digit) return digit;
  if (event.code === "NumpadAdd") return "+";
  if (event.code === "NumpadSubtract") return "-";
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

/** Signs are found wherever the layout has them, so shift is part of them. */
function shiftMatters(key: string): boolean {
  return key.length > 1 || /^[a-z0-9]$/.test(key);
}

function shiftFits(chord: Chord, pressed: boolean): boolean {
  const free = chord.shift === undefined && !shiftMatters(chord.key);
  return free || pressed === (chord.shift ?? false);
}

export function matches(chord: Chord, event: Pressed): boolean {
  if (event.altKey || (event.ctrlKey || event.metaKey) !== (chord.mod ?? false)) return false;
  const byKey = keyOf(event) === chord.key;
  const byCode = chord.code !== undefined && event.code === chord.code;
  if (!byKey && !byCode) return false;
  return shiftFits(chord, event.shiftKey);
}

export function shortcutOf(event: Pressed): Shortcut | undefined {
  return SHORTCUTS.find(({ chords }) => chords.some((chord) => matches(chord, event)));
}

/** Whether a chord is one sign without Ctrl: those can be switched off (WCAG 2.1.4). */
export function isLetterKey(chord: Chord): boolean {
  return !chord.mod && chord.key.length === 1;
}

const SYMBOLS: Record<string, string> = { Escape: "Esc", "-": "−", "{": "[", "}": "]" };

/** The keys of a chord as they stand on keyboards. */
export function keyCaps(chord: Chord, mac: boolean): string[] {
  const caps: string[] = [];
  if (chord.mod) caps.push(mac ? "⌘" : "Ctrl");
  if (chord.shift) caps.push(mac ? "⇧" : "Shift");
  return [...caps, SYMBOLS[chord.key] ?? chord.key.toUpperCase()];
}

export const IS_MAC = typeof navigator !== "undefined" && navigator.userAgent.includes("Mac");

/** The keys of an action's first chord. */
export function capsOf(id: ActionId): string[] | undefined {
  const chord = SHORTCUTS.find((shortcut) => shortcut.id === id)?.chords[0];
  return chord && keyCaps(chord, IS_MAC);
}
