/** A row of buttons is one stop of the Tab key; arrow keys go along it (ARIA's roving tabindex). */

import { type RefObject, useEffect, useRef } from "react";

const STOPS = "button:not(:disabled), a[href]";
const WAYS: Record<string, 1 | -1> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function stopsOf(row: HTMLElement): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>(STOPS)];
}

/** Leaves one stop in the order of Tab: `kept`, or the one that had it, or what is chosen, or the first. */
export function settleRow(row: HTMLElement, kept: HTMLElement | null): void {
  const stops = stopsOf(row);
  const chosen = row.querySelector<HTMLElement>("[aria-pressed=true], [aria-current]");
  const stop = [kept, chosen, stops[0]].find((each) => each && stops.includes(each));
  for (const each of stops) each.tabIndex = each === stop ? 0 : -1;
}

/** The stop that a key goes to from another, round the ends; null for other keys. */
export function stopFor(row: HTMLElement, from: Element | null, key: string): HTMLElement | null {
  const stops = stopsOf(row);
  const at = stops.findIndex((each) => each === from);
  if (at < 0) return null;
  if (key === "Home") return stops[0] ?? null;
  if (key === "End") return stops.at(-1) ?? null;
  const way = WAYS[key];
  return way === undefined ? null : (stops[(at + way + stops.length) % stops.length] ?? null);
}

/** Makes a row one stop of Tab. */
export function useRoving<T extends HTMLElement>(): RefObject<T | null> {
  const row = useRef<T>(null);
  const last = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const element = row.current;
    if (!element) return;
    const focused = (event: FocusEvent) => {
      last.current = event.target as HTMLElement;
      settleRow(element, last.current);
    };
    const pressed = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const next = stopFor(element, document.activeElement, event.key);
      if (!next) return;
      event.preventDefault();
      next.focus();
    };
    // Rows grow and shrink: presets are saved, people are found.
    const watch = new MutationObserver(() => settleRow(element, last.current));
    settleRow(element, last.current);
    watch.observe(element, { childList: true, subtree: true });
    const off = new AbortController();
    element.addEventListener("focusin", focused, { signal: off.signal });
    element.addEventListener("keydown", pressed, { signal: off.signal });
    return () => {
      watch.disconnect();
      off.abort();
    };
    // A row may come and go with what it is about.
  });
  return row;
}
