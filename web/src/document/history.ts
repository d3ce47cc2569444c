/** The history of one project: a list of recipes and a place in it. Pure functions only. */

import type { Recipe, Revision } from "@/api/types";
import { gotoTarget } from "@/document/labels";
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

export function canUndo(history: History): boolean {
  return history.cursor > 0;
}

export function canRedo(history: History): boolean {
  return history.cursor < history.entries.length - 1;
}

export function undo(history: History): History {
  return canUndo(history) ? { ...history, cursor: history.cursor - 1 } : history;
}

export function redo(history: History): History {
  return canRedo(history) ? { ...history, cursor: history.cursor + 1 } : history;
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
    const known = target !== null && history.entries.some((entry) => entry.id === target);
    history = known ? jump(history, target) : added(history, asEntry(revision));
  }
  return history;
}

function at(revision: Revision): number {
  const time = Date.parse(revision.time);
  return Number.isNaN(time) ? 0 : time;
}

function asEntry(revision: Revision): Entry {
  const { label, recipe } = revision;
  return { id: entryId(revision.revision), label, recipe, time: at(revision), mergeKey: null };
}

/** The id of an entry that came from the server. */
export function entryId(revision: number): string {
  return `r${revision}`;
}
