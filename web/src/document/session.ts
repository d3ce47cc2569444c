/** One project from opening to closing: history from the server, steps back to it, nothing lost. */

import { createStore, del, get, set } from "idb-keyval";
import { ApiError, apiUrl, postJson } from "@/api/client";
import { fetchHistory } from "@/api/queries";
import { opened } from "@/api/recipes";
import type { Project, Revision, Stored } from "@/api/types";
import { commit, jump, replayed } from "@/document/history";
import { type Answer, type Began, type Pending, SaveQueue, type SaveState, type Sent, stillUnsent } from "@/document/queue";
import { sameRecipe } from "@/document/recipe";
import { closeDocument, openDocument, useDocument } from "@/document/store";

/** Older pages kept no `since`. */
type Kept = { base: number; since?: Began["since"]; pending: Pending[] };

/** What an earlier window left unsent, per project. */
const drawer = () => createStore("freckle", "unsent");

async function kept(project: string): Promise<Kept | undefined> {
  // Browsers in private windows may have no IndexedDB: then there is nothing to restore.
  return get<Kept>(project, drawer()).catch(() => undefined);
}

async function keep(project: string, began: Began, pending: Pending[]): Promise<void> {
  const work = pending.length === 0 ? del(project, drawer()) : set(project, { ...began, pending }, drawer());
  await work.catch(() => undefined);
}

async function post(project: string, step: Sent): Promise<Answer> {
  try {
    const reply = await postJson<Stored>(`projects/${project}/history`, step);
    return { kind: "done", revision: reply.revision, time: Date.parse(reply.time), merged: reply.recipe !== null };
  } catch (error) {
    if (!(error instanceof ApiError)) return { kind: "unreachable" };
    if (error.status >= 500) return { kind: "unreachable" };
    return { kind: "refused", message: `${error.problem.message} ${error.problem.remedy}`.trim() };
  }
}

export type Session = {
  queue: SaveQueue;
  /** Steps found in this browser that had not reached the server. */
  restored: number;
  /** Shows what the server has now, unless this window has something of its own in hand. Returns what it did not do itself. */
  takeOver: () => Promise<Revision[]>;
  close: () => void;
};

/** A closed project may still be sending; the status is that of the open one. */
function tell(project: string, save: SaveState): void {
  if (useDocument.getState().projectId === project) useDocument.setState({ save });
}

/** Steps of an earlier window that the server does not have, and from where they began. */
async function unsent(project: Project, log: Revision[]): Promise<{ pending: Pending[]; began: Began }> {
  const left = (await kept(project.id)) ?? { base: project.revision, pending: [] };
  // A server that was put back knows less: then they go on top of what it has.
  const lost = left.base > project.revision;
  const began = lost ? { base: project.revision, since: null } : { base: left.base, since: left.since ?? null };
  const found = stillUnsent(left.pending.map(opened), began, log, sameRecipe);
  return found.pending.length > 0 ? found : { pending: [], began: { base: project.revision, since: null } };
}

/** Server revisions of history entries, by entry id. */
function revisionsOf(log: Revision[]): Map<string, number> {
  return new Map(log.map((entry) => [`r${entry.revision}`, entry.revision]));
}

/** Opens a project. The caller closes the session. */
export async function openSession(project: Project, log: Revision[]): Promise<Session> {
  let history = replayed(log, project.recipe);
  let known = log;
  const revisions = revisionsOf(log);
  const restored = await unsent(project, log);
  const queue = new SaveQueue(restored.began, revisions, {
    post: (step) => post(project.id, step),
    keep: (began, pending) => void keep(project.id, began, pending),
    tell: (state) => tell(project.id, state),
    now: Date.now,
    later: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
  });

  for (const step of restored.pending) {
    const entry = { ...step, time: Date.now(), mergeKey: null };
    history = step.jump ? jump(history, step.id) : commit(history, entry).history;
  }
  const time = Date.parse(project.updated);
  openDocument(project.id, history, queue, { kind: "saved", time, revision: project.revision });
  for (const step of restored.pending) queue.push(step, false);
  const stop = onLeaving(project.id, queue);

  async function takeOver(): Promise<Revision[]> {
    const since = known.at(-1)?.revision ?? -1;
    const newer = await fetchHistory(project.id, since);
    const all = [...known.filter(({ revision }) => revision <= since), ...newer];
    const last = all.at(-1);
    const { draft, projectId } = useDocument.getState();
    const free = draft === null && projectId === project.id;
    const others = newer.filter(({ revision }) => !queue.isOwn(revision));
    if (!last || !free || !queue.restart(last.revision, revisionsOf(all))) return [];
    known = all;
    const save: SaveState = { kind: "saved", time: Date.parse(last.time), revision: last.revision };
    useDocument.setState({ history: replayed(all, project.recipe), save, peek: null, asked: [] });
    return others;
  }

  return {
    queue,
    restored: restored.pending.length,
    takeOver,
    close: () => {
      closeDocument();
      queue.flush();
      stop();
    },
  };
}

/** A closing window sends its last recipe; what was not answered stays in IndexedDB as well. */
function onLeaving(project: string, queue: SaveQueue): () => void {
  const leave = () => {
    const step = queue.last;
    if (!step) return;
    const json = new Blob([JSON.stringify(step)], { type: "application/json" });
    if (!queue.busy) navigator.sendBeacon(apiUrl(`projects/${project}/history`), json);
  };
  const back = () => queue.retry();
  window.addEventListener("pagehide", leave);
  window.addEventListener("online", back);
  return () => {
    window.removeEventListener("pagehide", leave);
    window.removeEventListener("online", back);
  };
}
