/** The one polite live region: short news for screen readers, at most one a second. */

import { create } from "zustand";

export const useAnnouncement = create<{ text: string }>(() => ({ text: "" }));

let last = 0;
let timer: ReturnType<typeof setTimeout> | null = null;

export function announce(text: string): void {
  if (timer) clearTimeout(timer);
  const wait = Math.max(0, last + 1000 - Date.now());
  timer = setTimeout(() => {
    last = Date.now();
    useAnnouncement.setState({ text });
  }, wait);
}
