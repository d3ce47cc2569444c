/** What one person prefers on this computer; kept in the browser. */

import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { Language } from "@/kit/i18n";

export type Theme = "system" | "dark" | "light";

/** Orders of the projects on Home. */
export const SORTS = ["changed", "opened", "name"] as const;
export type Sort = (typeof SORTS)[number];

export type Prefs = {
  theme: Theme;
  language: Language | null;
  /** The plain wheel zooms instead of panning. */
  wheelZooms: boolean;
  /** Single-letter shortcuts; screen readers and speech control may need them off. */
  letterKeys: boolean;
  /** Groups that are folded, by `panel/group`. */
  folded: Record<string, boolean>;
  /** Colors that were mixed or typed, the latest first. */
  recentColors: string[];
  sort: Sort;
};

export const usePrefs = create<Prefs>()(
  persist(
    (): Prefs => ({
      theme: "system",
      language: null,
      wheelZooms: false,
      letterKeys: true,
      folded: {},
      recentColors: [],
      sort: "changed",
    }),
    { name: "freckle.preferences" },
  ),
);

export function setPref(change: Partial<Prefs>): void {
  usePrefs.setState(change);
}

const dark = "(prefers-color-scheme: dark)";

/** Puts the chosen theme on the page and follows the system where that is chosen. */
export function startTheme(): void {
  const apply = () => {
    const { theme } = usePrefs.getState();
    const system = matchMedia(dark).matches ? "dark" : "light";
    document.documentElement.dataset["theme"] = theme === "system" ? system : theme;
  };
  apply();
  usePrefs.subscribe(apply);
  matchMedia(dark).addEventListener("change", apply);
}
