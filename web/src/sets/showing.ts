/** Which photos of a set are seen, and in which order; it is remembered as long as the window. */

import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";
import type { Hints } from "@/api/suggestions";
import type { SetPhoto, SuggestionKind } from "@/api/types";

export type Showing = {
  flag: "all" | "picked" | "rejected" | "none";
  /** At least so many stars. */
  stars: number;
  edited: "all" | "edited" | "untouched";
  /** Only photos of which something is suggested: anything, or one kind. */
  suggested: "all" | "any" | SuggestionKind;
  sort: "set" | "name" | "time";
};

export const ALL: Showing = { flag: "all", stars: 0, edited: "all", suggested: "all", sort: "set" };

type State = {
  of: Record<string, Showing>;
  /** Where each gallery was scrolled to. */
  places: Record<string, number>;
};

export const useShowing = create<State>()(
  persist((): State => ({ of: {}, places: {} }), {
    name: "freckle.showing",
    storage: createJSONStorage(() => sessionStorage),
  }),
);

export function showingOf(state: State, set: string): Showing {
  return state.of[set] ?? ALL;
}

export function show(set: string, part: Partial<Showing>): void {
  useShowing.setState((state) => ({ of: { ...state.of, [set]: { ...showingOf(state, set), ...part } } }));
}

export function keepPlace(set: string, top: number): void {
  useShowing.setState(({ places }) => ({ places: { ...places, [set]: top } }));
}

export function isFiltered({ flag, stars, edited, suggested }: Showing): boolean {
  return flag !== "all" || stars > 0 || edited !== "all" || suggested !== "all";
}

const FLAGS = { picked: 1, none: 0, rejected: -1 } as const;
const names = new Intl.Collator(undefined, { numeric: true });

function timeOf(photo: SetPhoto): string {
  return photo.taken ?? photo.created;
}

/** Whether a filter for suggestions lets a photo pass; as long as none are known, all pass. */
function suggests(hints: Hints | null, project: string, asked: Showing["suggested"]): boolean {
  if (asked === "all" || hints === null) return true;
  const own = hints.get(project);
  return own !== undefined && (asked === "any" || own.some(({ kind }) => kind === asked));
}

/** The photos that are seen. `always` is seen whatever is asked for: the one that is open. */
export function seen(
  photos: readonly SetPhoto[],
  showing: Showing,
  hints: Hints | null,
  always: string | null = null,
): SetPhoto[] {
  const found = photos.filter(
    (photo) =>
      photo.project === always ||
      ((showing.flag === "all" || photo.flag === FLAGS[showing.flag]) &&
        photo.stars >= showing.stars &&
        suggests(hints, photo.project, showing.suggested) &&
        (showing.edited === "all" || photo.edited === (showing.edited === "edited"))),
  );
  if (showing.sort === "name") return found.sort((a, b) => names.compare(a.name, b.name));
  if (showing.sort === "time") return found.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0));
  return found;
}
