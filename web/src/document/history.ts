/** The history of one project: a list of recipes and a place in it. Pure functions only. */

import type { Recipe, Revision } from "@/api/types";
import { backTarget, gotoTarget } from "@/document/labels";
import { EMPTY, sameRecipe } from "@/document/recipe";

export type Entry = {
  /** Names the entry in this window. */
  id: string;
  label: string;
  recipe: Recipe;
  /** Milliseconds since 1970. */
  time: number;
  /** Equal keys within `MERGE_MS` are one step: key repeats and clicks on one control. */
  mergeKey: string | null;
  /** Who did it, where it was not whoever sits here. */
  by?: string;
};

export type History = { entries: Entry[]; cursor: number };

/** Undo steps kept; the entry they start from comes on top. */
export const STEPS = 200;
export const MERGE_MS = 600;

export function opened(entry: Entry): History {
  return { entries: [entry], cursor: 0 };
}

export function current(history: History): Entry {
  const entry = history.entries[history.cursor];
  if (!entry) throw new Error("The history's place lies outside of its list.");
  return entry;
}

/** What a commit did: one step more, the last step replaced, or nothing worth a step. */
export type Commit = { history: History; did: "added" | "merged" | "nothing" };

export function commit(history: History, entry: Entry): Commit {
  const last = current(history);
  const atEnd = history.cursor === history.entries.length - 1;
  const merges =
    atEnd &&
    history.cursor > 0 &&
    entry.mergeKey !== null &&
    entry.mergeKey === last.mergeKey &&
    entry.time - last.time < MERGE_MS;
  if (merges) {
    const merged = { ...entry, id: last.id };
    const entries = [...history.entries.slice(0, history.cursor), merged];
    return { history: { entries, cursor: history.cursor }, did: "merged" };
  }
  if (sameRecipe(entry.recipe, last.recipe)) return { history, did: "nothing" };
  return { history: added(history, entry), did: "added" };
}

function added(history: History, entry: Entry): History {
  const kept = [...history.entries.slice(0, history.cursor + 1), entry].slice(-(STEPS + 1));
  return { entries: kept, cursor: kept.length - 1 };
}

/** What undoing or redoing means: another place in the list, or a step that takes back an earlier one. */
export type Turn = { to: History } | { back: Entry };

/**
 * One's own last step goes. Where others did something since, that stays: the step is taken back by a new one.
 * `asked` are labels of such steps that are still on their way.
 */
export function undoing(history: History, asked: readonly string[] = []): Turn | null {
  const { entries, cursor } = history;
  const own = ownSteps(history, asked);
  const last = own.steps.filter(({ id }) => !own.off.has(id)).at(-1);
  if (!last) return null;
  return last === entries[cursor] ? { to: { ...history, cursor: cursor - 1 } } : { back: last };
}

export function redoing(history: History, asked: readonly string[] = []): Turn | null {
  const { entries, cursor } = history;
  if (cursor < entries.length - 1) return { to: { ...history, cursor: cursor + 1 } };
  const { backs, off } = ownSteps(history, asked);
  const last = backs.findLast(({ root }) => off.has(root));
  return last?.entry ? { back: last.entry } : null;
}

type Back = { entry: Entry | null; root: string };

/** One's own steps, those that were taken back (`off`), and what took them back since the last step. */
function ownSteps({ entries, cursor }: History, asked: readonly string[]): { steps: Entry[]; off: Set<string>; backs: Back[] } {
  const off = new Set<string>();
  const roots = new Map<string, string>();
  let steps: Entry[] = [];
  let backs: Back[] = [];
  const turn = (label: string, entry: Entry | null) => {
    const target = backTarget(label) ?? "";
    const root = roots.get(target) ?? target;
    if (!off.delete(root)) off.add(root);
    if (entry) roots.set(entry.id, root);
    backs.push({ entry, root });
  };
  for (const entry of entries.slice(1, cursor + 1).filter(({ by }) => by === undefined)) {
    const to = gotoTarget(entry.label);
    if (backTarget(entry.label) !== null) turn(entry.label, entry);
    else if (to !== null) steps = steps.filter(({ id }) => revisionOf(id) <= revisionOf(to));
    else {
      steps.push(entry);
      backs = [];
    }
  }
  for (const label of asked) turn(label, null);
  return { steps, off, backs };
}

/** The server's number of an entry, where its id tells it. */
export function revisionOf(id: string): number {
  return id.startsWith("r") ? Number(id.slice(1)) : Infinity;
}

/** Those, other than whoever sits here, whose steps going to an entry takes back; null where it is not in the list (any more). */
export function leftBehind({ entries, cursor }: History, id: string): string[] | null {
  const place = entries.findIndex((entry) => entry.id === id);
  return place < 0 ? null : entries.slice(place + 1, cursor + 1).flatMap(({ by }) => by ?? []);
}

export function jump(history: History, id: string): History {
  const cursor = history.entries.findIndex((entry) => entry.id === id);
  return cursor < 0 ? history : { ...history, cursor };
}

/**
 * Rebuilds list and place from the server's append-only log, in which an undo is a new entry
 * labelled with the revision it went to. A jump to a revision that has fallen off the list counts
 * as an ordinary step.
 */
export function replayed(log: Revision[], start: Recipe = EMPTY): History {
  const [first, ...rest] = log;
  const begins = first?.revision === 0;
  const base: Entry = begins
    ? { ...asEntry(first), label: "open" }
    : { id: "r-start", label: "open", recipe: start, time: 0, mergeKey: null };
  let history = opened(base);
  for (const revision of begins ? rest : log) {
    const target = gotoTarget(revision.label);
    // Where others were merged into it, it is a state of its own.
    const known = history.entries.some((entry) => entry.id === target && sameRecipe(entry.recipe, revision.recipe));
    history = known && target !== null ? jump(history, target) : added(history, asEntry(revision));
  }
  return history;
}

function at(revision: Revision): number {
  const time = Date.parse(revision.time);
  return Number.isNaN(time) ? 0 : time;
}

function asEntry(revision: Revision): Entry {
  const { label, recipe } = revision;
  const by = revision.mine ? {} : { by: revision.author };
  return { id: entryId(revision.revision), label, recipe, time: at(revision), mergeKey: null, ...by };
}

/** The id of an entry that came from the server. */
export function entryId(revision: number): string {
  return `r${revision}`;
}
