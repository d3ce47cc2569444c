/** Which layers are chosen, and the one movement that is going on. */

import { create } from "zustand";
import type { Poster } from "@/api/types";
import { together } from "@/tools/poster/layers";
import type { Guide, Room } from "@/tools/poster/rooms";
import { usePoster } from "@/tools/poster/store";

export type Moving = {
  /** Where the layers were as the movement began, and where they are now, by id. */
  from: Record<string, Room>;
  to: Record<string, Room>;
  guides: Guide[];
  /** The poster that this movement made, once it is let go: shown until it is drawn. */
  made: Poster | null;
};

type Chosen = { ids: string[]; moving: Moving | null };

export const useChosen = create<Chosen>(() => ({ ids: [], moving: null }));

export function choose(ids: string[]): void {
  const now = useChosen.getState().ids;
  if (ids.length !== now.length || ids.some((id, k) => id !== now[k])) useChosen.setState({ ids, moving: null });
  if (ids.length > 0) usePoster.setState({ tab: "layers", choosing: false });
}

/** Chooses a layer with its group; `more` adds it to what is chosen, or takes it out. */
export function chooseLayer(poster: Poster, id: string, more: boolean): void {
  const ids = together(poster, id);
  const now = useChosen.getState().ids;
  if (!more) choose(now.includes(id) ? now : ids);
  else choose(now.includes(id) ? now.filter((each) => !ids.includes(each)) : [...now, ...ids]);
}

export function move(moving: Moving | null): void {
  useChosen.setState({ moving });
}
