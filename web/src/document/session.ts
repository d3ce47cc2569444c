/** One project from opening to closing: history from the server, steps back to it, nothing lost. */

import { createStore, del, get, set } from "idb-keyval";
import { ApiError, apiUrl, getJson, postJson } from "@/api/client";
import { opened } from "@/api/recipes";
import type { Project, Recipe, Revision, Stored } from "@/api/types";
import { commit, current, jump, replayed } from "@/document/history";
import { type Answer, type Pending, SaveQueue, type SaveState, stillUnsent } from "@/document/queue";
import { sameRecipe } from "@/document/recipe";
import { closeDocument, openDocument, useDocument } from "@/document/store";

type Kept = { base: number; pending: Pending[] };

/** What an earlier window left unsent, per project. */
const drawer = () => createStore("freckle", "unsent");

async function kept(project: string): Promise<Kept | undefined> {
  // Browsers in private windows may have no IndexedDB: then there is nothing to restore.
  return get<Kept>(project, drawer()).catch(() => undefined);
}

async function keep(project: string, base: number, pending: Pending[]): Promise<void> {
  const work = pending.length === 0 ? del(project, drawer()) : set(project, { base, pending }, drawer());
  await work.catch(() => undefined);
}

async function post(project: string, base: number, label: string, recipe: Recipe): Promise<Answer> {
  try {
    const path = `projects/${project}/history`;
    const reply = await postJson<Stored>(path, { base, label, recipe });
    return { kind: "done", revision: reply.revision, time: Date.parse(reply.time) };
  } catch (error) {
    if (!(error instanceof ApiError)) return { kind: "unreachable" };
    if (error.problem.code === "stale") return { kind: "stale" };
    if (error.status >= 500) return { kind: "unreachable" };
    return { kind: "refused", message: `${error.problem.message} ${error.problem.remedy}`.trim() };
  }
}

export type Session = {
  queue: SaveQueue;
  /** Steps found in this browser that had not reached the server. */
  restored: number;
  /** Shows what the server has now, unless this window has something of its own in hand. */
  takeOver: (project: Project, log: Revision[]) => boolean;
  close: () => void;
};

/** A closed project may still be sending; the status is that of the open one. */
function tell(project: string, save: SaveState): void {
  if (useDocument.getState().projectId === project) useDocument.setState({ save });
}

/** Steps of an earlier window that the server does not have; they go on top of what it has. */
async function unsent(project: string, log: Revision[]): Promise<Pending[]> {
  const left = await kept(project);
  return left ? stillUnsent(left.pending.map(opened), left.base, log, sameRecipe).pending : [];
}

/** Server revisions of history entries, by entry id. */
function revisionsOf(log: Revision[]): Map<string, number> {
  return new Map(log.map((entry) => [`r${entry.revision}`, entry.revision]));
}

/** Opens a project. The caller closes the session. */
export async function openSession(project: Project, log: Revision[]): Promise<Session> {
  let history = replayed(log, project.recipe);
  const revisions = revisionsOf(log);
  const queue = new SaveQueue(project.revision, revisions, {
    post: (base, label, recipe) => post(project.id, base, label, recipe),
    keep: (base, pending) => void keep(project.id, base, pending),
    tell: (state) => tell(project.id, state),
    now: Date.now,
    later: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
  });

  const restored = await unsent(project.id, log);
  for (const step of restored) {
    const entry = { ...step, time: Date.now(), mergeKey: null };
    history = step.jump ? jump(history, step.id) : commit(history, entry).history;
  }
  const time = Date.parse(project.updated);
  openDocument(project.id, history, queue, { kind: "saved", time, revision: project.revision });
  for (const step of restored) queue.push(step, false);
  const stop = onLeaving(project.id, queue);
  return {
    queue,
    restored: restored.length,
    takeOver: (newer, newerLog) => {
      const { draft, projectId } = useDocument.getState();
      const free = draft === null && projectId === project.id;
      if (!free || !queue.restart(newer.revision, revisionsOf(newerLog))) return false;
      const save: SaveState = { kind: "saved", time: Date.parse(newer.updated), revision: newer.revision };
      useDocument.setState({ history: replayed(newerLog, newer.recipe), save, peek: null });
      return true;
    },
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
    const last = queue.waiting.at(-1);
    if (!last) return;
    const { label, recipe } = last;
    const body = JSON.stringify({ base: queue.revision, label, recipe });
    const json = new Blob([body], { type: "application/json" });
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

/** After a stale answer: this window's recipe as a new step on top of the newest revision. */
export async function keepMine(project: Project): Promise<void> {
  const { history } = useDocument.getState();
  const newest = (await getJson<Project>(`projects/${project.id}`)).revision;
  const { label, recipe } = current(history);
  const answer = await post(project.id, newest, label === "open" ? "paste" : label, recipe);
  if (answer.kind !== "done") throw new Error("The step was refused.");
  await keep(project.id, 0, []);
}

/** After a stale answer: forgets this window's unsent steps. */
export async function dropMine(project: Project): Promise<void> {
  await keep(project.id, 0, []);
}
