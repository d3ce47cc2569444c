/** Pictures of chosen layers alone, and of the sheet without them: what moves under the pointer. */

import { create } from "zustand";
import { posterPart } from "@/api/posters";
import type { Poster } from "@/api/types";

export type Lift = { poster: Poster; alone: string; rest: string };

export const useLifted = create<{ lift: Lift | null }>(() => ({ lift: null }));

export type Wanted = { project: string; poster: Poster; size: string; longer: number; ids: readonly string[] };

let asked: { key: string; poster: Poster; abort: AbortController } | null = null;

function keyOf({ project, size, longer, ids }: Wanted): string {
  return [project, size, longer, ...[...ids].sort()].join(" ");
}

/** Asks for both pictures unless they are there or on their way. */
export function lift(wanted: Wanted): void {
  const key = keyOf(wanted);
  const { project, poster, size, longer, ids } = wanted;
  const sheet = { poster, size, longer };
  if (asked?.key === key && asked.poster === poster) return;
  drop();
  if (ids.length === 0) return;
  const abort = new AbortController();
  asked = { key, poster, abort };
  const layers = [...ids];
  void Promise.all([
    posterPart(project, sheet, { only: layers }, abort.signal),
    posterPart(project, sheet, { without: layers }, abort.signal),
  ])
    .then(([alone, rest]) => {
      if (abort.signal.aborted) return;
      useLifted.setState({ lift: { poster, alone: URL.createObjectURL(alone), rest: URL.createObjectURL(rest) } });
    })
    // The layer moves as its part of the whole picture then.
    .catch(() => {
      if (asked?.abort === abort) asked = null;
    });
}

export function drop(): void {
  asked?.abort.abort();
  asked = null;
  const { lift: before } = useLifted.getState();
  if (!before) return;
  URL.revokeObjectURL(before.alone);
  URL.revokeObjectURL(before.rest);
  useLifted.setState({ lift: null });
}
