/** The open project: its history, the change under the finger, and what the sliders speak of. */

import { create } from "zustand";
import type { Area, Face, Recipe } from "@/api/types";
import * as past from "@/document/history";
import { backLabel } from "@/document/labels";
import type { Pending, SaveState } from "@/document/queue";
import { EMPTY } from "@/document/recipe";

/** A change that is shown but not yet a step: the finger is still on the slider. */
type Draft = { label: string; recipe: Recipe; mergeKey: string | null };

export type Sink = { push: (step: Pending, merged: boolean) => void };

export type DocumentState = {
  projectId: string | null;
  history: past.History;
  draft: Draft | null;
  /** What is only looked at: a preset under the pointer. The sliders do not follow, and it is never a step. */
  peek: Recipe | null;
  /** Labels of steps on their way that take back earlier ones: what comes of them is seen when they are there. */
  asked: readonly string[];
  save: SaveState;
  area: Area;
  /** Key of the chosen person, or null for everyone. */
  person: string | null;
  /** The people in the photo. */
  faces: readonly Face[];
  panel: string;
};

const blank: past.Entry = { id: "blank", label: "open", recipe: EMPTY, time: 0, mergeKey: null };

export const useDocument = create<DocumentState>(() => ({
  projectId: null,
  history: past.opened(blank),
  draft: null,
  peek: null,
  asked: [],
  save: { kind: "saving" },
  area: "face",
  person: null,
  faces: [],
  panel: "face",
}));

let sink: Sink | null = null;
let counter = 0;

/** Opens a project's history; steps go to `to` from now on. */
export function openDocument(
  projectId: string,
  history: past.History,
  to: Sink,
  save: SaveState,
): void {
  sink = to;
  useDocument.setState({ projectId, history, save, draft: null, peek: null, asked: [] });
  useDocument.setState({ area: "face", person: null, faces: [] });
}

export function closeDocument(): void {
  settle();
  sink = null;
  useDocument.setState({ projectId: null, history: past.opened(blank), draft: null, peek: null, person: null });
}

/** The recipe that the sliders show: with the change under the finger. */
export function shownRecipe(state: DocumentState): Recipe {
  return state.draft?.recipe ?? keptRecipe(state);
}

/** The recipe that the picture is drawn with: what is looked at goes before what is kept. */
export function picturedRecipe(state: DocumentState): Recipe {
  return state.draft?.recipe ?? state.peek ?? keptRecipe(state);
}

/** The recipe without the change under the finger: what stands still while somebody drags. */
export function keptRecipe(state: DocumentState): Recipe {
  return past.current(state.history).recipe;
}

export function recipeNow(): Recipe {
  return shownRecipe(useDocument.getState());
}

/** Shows a change without making it a step. */
export function preview(label: string, recipe: Recipe): void {
  useDocument.setState({ draft: { label, recipe, mergeKey: null } });
}

/** Shows a recipe that is only looked at, or (null) the document's own again. */
export function lookAt(peek: Recipe | null): void {
  if (useDocument.getState().peek !== peek) useDocument.setState({ peek });
}

/** Takes back what is only shown. */
export function dropDraft(): void {
  if (useDocument.getState().draft) useDocument.setState({ draft: null });
}

/** Makes a step. Steps with the same key shortly after each other become one. */
export function commit(label: string, recipe: Recipe, mergeKey: string | null = null): void {
  const time = Date.now();
  counter += 1;
  const entry: past.Entry = { id: `w${time}-${counter}`, label, recipe, time, mergeKey };
  const { history, did } = past.commit(useDocument.getState().history, entry);
  useDocument.setState({ history, draft: null, peek: null });
  if (did === "nothing") return;
  const readyAt = mergeKey === null ? time : time + past.MERGE_MS + 50;
  const { id } = past.current(history);
  sink?.push({ id, label, recipe, jump: false, readyAt }, did === "merged");
}

/** Ends a drag whose end was never reported: the window lost the pointer. */
export function settle(): void {
  const { draft } = useDocument.getState();
  if (draft) commit(draft.label, draft.recipe, draft.mergeKey);
}

function go(history: past.History): void {
  if (history.cursor === useDocument.getState().history.cursor) return;
  useDocument.setState({ history, draft: null, peek: null });
  const { id, label, recipe } = past.current(history);
  sink?.push({ id, label, recipe, jump: true, readyAt: Date.now() }, false);
}

function turn(of: (history: past.History, asked: readonly string[]) => past.Turn | null): void {
  settle();
  const { history, asked } = useDocument.getState();
  const found = of(history, asked);
  if (!found) return;
  if ("to" in found) go(found.to);
  else takeBack(found.back);
}

/** Asks for a step to be taken back below what others did since; the server merges that. */
function takeBack({ id, recipe }: past.Entry): void {
  const back = past.revisionOf(id);
  const label = backLabel(back);
  useDocument.setState(({ asked }) => ({ asked: [...asked, label] }));
  sink?.push({ id: `${id}-back`, label, recipe, jump: false, back, readyAt: Date.now() }, false);
}

export function undo(): void {
  turn(past.undoing);
}

export function redo(): void {
  turn(past.redoing);
}

export function jumpTo(id: string): void {
  settle();
  go(past.jump(useDocument.getState().history, id));
}
