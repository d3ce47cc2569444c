/** The poster of the open project, its steps, and what of it is looked at. `keeping.ts` brings it to the server. */

import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";
import type { Poster } from "@/api/types";
import { openPanel } from "@/panels/workbench";
import type { Field } from "@/tools/poster/poster";

const MERGE_MS = 1200;
const STEPS = 100;
/** Posters of so many projects are kept in the browser. */
const KEPT = 40;

export type Kept = {
  poster: Poster;
  time: number;
  /** The server's revision that it was made of; missing until the server was asked. */
  base?: number;
  /** Whether the server has not got it yet; missing in what older editors kept. */
  unsent?: boolean;
};

/** Posters of format 1 had moved and hidden layers; the editor never moved any. */
function upgraded(kept: Record<string, Kept>): Record<string, Kept> {
  const now = Object.entries(kept).map(([project, { poster, time }]) => {
    const known = Object.entries(poster).filter(([name]) => name !== "moved" && name !== "hidden");
    const rest = Object.fromEntries(known) as Poster;
    const poster_: Poster = { ...rest, version: 2, changes: {}, order: [] };
    return [project, { poster: poster_, time }] as const;
  });
  return Object.fromEntries(now);
}

type PosterState = {
  project: string;
  /** The latest poster of each project. */
  kept: Record<string, Kept>;
  past: Poster[];
  future: Poster[];
  last: { key: string | null; time: number };
  /** The size that is looked at. */
  size: string;
  /** Whether templates are being chosen. */
  choosing: boolean;
  tab: "design" | "layers";
  /** The field whose words are marked on the sheet. */
  focus: Field | "photo" | null;
};

const NOTHING = {
  past: [],
  future: [],
  last: { key: null, time: 0 },
  size: "",
  choosing: false,
  tab: "design" as const,
  focus: null,
};

export const usePoster = create<PosterState>()(
  persist((): PosterState => ({ project: "", kept: {}, ...NOTHING }), {
    name: "freckle.posters",
    version: 2,
    storage: createJSONStorage(() => localStorage),
    migrate: (old) => ({ kept: upgraded((old as Pick<PosterState, "kept">).kept) }),
    partialize: ({ kept }) => ({ kept }),
  }),
);

export function posterNow(state: PosterState): Poster | null {
  return state.kept[state.project]?.poster ?? null;
}

/** The size on the screen: the one that was chosen, if the poster still has it. */
export function sizeNow(state: PosterState): string {
  const sizes = posterNow(state)?.sizes ?? [];
  return sizes.includes(state.size) ? state.size : (sizes[0] ?? "");
}

export function openPoster(project: string): void {
  if (usePoster.getState().project !== project) usePoster.setState({ project, ...NOTHING });
}

function put(poster: Poster, rest: Partial<PosterState>): void {
  const { project, kept } = usePoster.getState();
  const all = Object.entries({ ...kept, [project]: { ...kept[project], poster, time: Date.now(), unsent: true } });
  const newest = all.sort((a, b) => b[1].time - a[1].time).slice(0, KEPT);
  usePoster.setState({ kept: Object.fromEntries(newest), ...rest });
}

/** Makes a step. Steps with one key shortly after each other are one. */
export function changePoster(poster: Poster, key: string | null = null): void {
  const state = usePoster.getState();
  const before = posterNow(state);
  const time = Date.now();
  const merges = key !== null && key === state.last.key && time - state.last.time < MERGE_MS;
  const past = before && !merges ? [...state.past, before].slice(-STEPS) : state.past;
  put(poster, { past, future: [], last: { key, time } });
}

export function patchPoster(patch: Partial<Poster>, key: string | null = null): void {
  const now = posterNow(usePoster.getState());
  if (now) changePoster({ ...now, ...patch }, key);
}

export function undoPoster(): void {
  const state = usePoster.getState();
  const [before, now] = [state.past.at(-1), posterNow(state)];
  if (!before || !now) return;
  put(before, { past: state.past.slice(0, -1), future: [now, ...state.future], last: NOTHING.last });
}

export function redoPoster(): void {
  const state = usePoster.getState();
  const [next, now] = [state.future[0], posterNow(state)];
  if (!next || !now) return;
  put(next, { past: [...state.past, now], future: state.future.slice(1), last: NOTHING.last });
}

/** Takes a person to the field of some words, through the list of templates if that is open. */
export function focusField(field: Field | "photo"): void {
  usePoster.setState({ focus: field, choosing: false });
  openPanel("poster");
  if (enter(field)) return;
  // The layer's own form is drawn with the next frame; where it has no such field, the words' has.
  requestAnimationFrame(() => {
    if (enter(field)) return;
    usePoster.setState({ tab: "design" });
    requestAnimationFrame(() => enter(field));
  });
}

function enter(field: string): boolean {
  const place = document.querySelector<HTMLElement>(`[data-poster-field="${field}"]`);
  const input = place?.querySelector<HTMLInputElement | HTMLTextAreaElement>("input, textarea");
  place?.scrollIntoView({ block: "nearest" });
  input?.focus({ preventScroll: true });
  input?.select();
  return input !== undefined && input !== null;
}
