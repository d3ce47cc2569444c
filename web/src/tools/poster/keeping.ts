/**
 * The open project's poster goes to the server as it is changed, and comes from there on every other browser.
 * What the server has not taken yet lies in this browser, also after the page was closed.
 */

import i18next from "i18next";
import { ApiError, saidOf } from "@/api/client";
import { same } from "@/api/live/changes";
import { keepPoster, keptPoster } from "@/api/posters";
import type { KeptPoster, Poster } from "@/api/types";
import { notify } from "@/kit/notices";
import { type Kept, usePoster } from "@/tools/poster/store";

/** Changes so near to each other are kept as one, in milliseconds. */
const PAUSE_MS = 500;
const RETRY_MS = 4000;

let timer: ReturnType<typeof setTimeout> | undefined;
let busy = false;

/** Asks for what the server has of a project, and gives it what this browser has not sent yet. */
export async function meet(project: string): Promise<void> {
  clearTimeout(timer);
  if (busy) return;
  busy = true;
  let wait: number | null = null;
  try {
    const known = await keptPoster(project);
    if (usePoster.getState().project !== project) return;
    take(project, known);
    if (unsent(project)) await send(project);
  } catch (error) {
    wait = failed(error);
  } finally {
    busy = false;
  }
  const open = usePoster.getState().project;
  if (open !== project) await meet(open);
  else if (wait !== null) timer = setTimeout(() => void meet(project), wait);
  else if (unsent(project)) soon();
}

/** Keeps a project's poster from now on; returns what ends it. */
export function keepPosters(project: string): () => void {
  const onFocus = (): void => {
    if (document.visibilityState === "visible") void meet(usePoster.getState().project);
  };
  void meet(project);
  document.addEventListener("visibilitychange", onFocus);
  const forget = usePoster.subscribe((state, before) => {
    const now = state.kept[state.project];
    if (!busy && now?.unsent && now !== before.kept[state.project]) soon();
  });
  return () => {
    document.removeEventListener("visibilitychange", onFocus);
    forget();
    if (unsent(project)) void meet(project);
  };
}

/** Lays what the server knows beside what this browser has: the steps of both stay within reach of undo. */
export function take(project: string, known: KeptPoster): void {
  const own = usePoster.getState().kept[project];
  const theirs = known.poster;
  if (own && theirs && same(own.poster, theirs)) set(project, { ...own, base: known.revision, unsent: false });
  else if (theirs && own?.unsent === false) adopt(project, theirs, known.revision, own.poster);
  else if (own) hold(project, own, known);
  else if (theirs) adopt(project, theirs, known.revision, null);
}

/** Shows what others made; what was shown before stays a step. */
function adopt(project: string, poster: Poster, base: number, before: Poster | null): void {
  const { past } = usePoster.getState();
  const steps = before === null ? {} : { past: [...past, before], future: [] };
  set(project, { poster, time: Date.now(), base, unsent: false }, steps);
}

/** Stays with what this browser has not sent yet; what others made meanwhile becomes a step before it. */
function hold(project: string, own: Kept, { revision, poster }: KeptPoster): void {
  const overtaken = poster !== null && revision !== own.base;
  const { past } = usePoster.getState();
  set(project, { ...own, base: revision, unsent: true }, overtaken ? { past: [...past, poster] } : {});
  if (overtaken) notify({ kind: "lasting", text: i18next.t("poster.overtaken") });
}

async function send(project: string): Promise<void> {
  const own = usePoster.getState().kept[project];
  if (!own) return;
  const answer = await keepPoster(project, own.base ?? 0, own.poster);
  const now = usePoster.getState().kept[project];
  if (now) set(project, { ...now, base: answer.revision, unsent: now.poster !== own.poster });
}

function soon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void meet(usePoster.getState().project), PAUSE_MS);
}

/** Milliseconds until it is tried again; null where that would not help. */
function failed(error: unknown): number | null {
  if (!(error instanceof ApiError)) return RETRY_MS;
  if (error.problem.code === "stale") return 0;
  notify({ kind: "bad", text: saidOf(error, i18next.t("poster.notKept")) });
  return null;
}

function unsent(project: string): boolean {
  return usePoster.getState().kept[project]?.unsent === true;
}

function set(project: string, entry: Kept, more: { past?: Poster[]; future?: Poster[] } = {}): void {
  usePoster.setState(({ kept }) => ({ kept: { ...kept, [project]: entry }, ...more }));
}
