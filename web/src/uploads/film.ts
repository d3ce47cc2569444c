/** Photos that were opened together: a strip to go through. It lasts as long as the window. */

import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";

/** A place in the strip: kept for a photo on its way until it has a project. */
export type Place = { upload: number; project: string | null };

export const useFilm = create<{ places: Place[] }>()(
  persist(() => ({ places: [] as Place[] }), {
    name: "freckle.film",
    storage: createJSONStorage(() => sessionStorage),
    // Uploads do not survive the window's reload.
    partialize: ({ places }) => ({ places: places.filter(({ project }) => project !== null) }),
  }),
);

export function startFilm(uploads: number[]): void {
  useFilm.setState({ places: uploads.map((upload) => ({ upload, project: null })) });
}

/** A photo has arrived: returns whether it is the first of its strip that did. */
export function arrived(upload: number, project: string): boolean {
  const { places } = useFilm.getState();
  const mine = places.some((place) => place.upload === upload && place.project === null);
  const first = mine && places.every((place) => place.project === null);
  if (mine) {
    useFilm.setState({ places: places.map((place) => (place.upload === upload ? { ...place, project } : place)) });
  }
  return first;
}

/** Takes photos out of the strip that will not come, or are gone. */
export function leaveOut(gone: (place: Place) => boolean): void {
  const { places } = useFilm.getState();
  if (places.some(gone)) useFilm.setState({ places: places.filter((place) => !gone(place)) });
}

/** The projects of the strip in their order; none where `project` is not one of them. */
export function filmOf(places: readonly Place[], project: string): string[] {
  const film = places.map((place) => place.project).filter((id) => id !== null);
  return film.length > 1 && film.includes(project) ? film : [];
}

/** The neighbor of a photo in its strip, or null at the ends and outside. */
export function beside(project: string, direction: 1 | -1): string | null {
  const film = filmOf(useFilm.getState().places, project);
  const at = film.indexOf(project);
  return at < 0 ? null : (film[at + direction] ?? null);
}
