/** Copied settings: taken from one photo, kept for others, in this window and the next. */

import i18next from "i18next";
import { create } from "zustand";
import { persist } from "zustand/middleware";
import { type Part, applySettings, carriedOver } from "@/api/sets";
import type { Applied, Recipe } from "@/api/types";
import { sameRecipe } from "@/document/recipe";
import { commit, keptRecipe, recipeNow, useDocument } from "@/document/store";

/** Settings, and the photo that they come from. */
export type Source = { project: string; name: string; recipe: Recipe };

export const useCopied = create<{ copied: Source | null }>()(
  persist(() => ({ copied: null as Source | null }), { name: "freckle.settings" }),
);

/** What is painted and what is decided on one photo stays there, so it need not be kept. */
export function light(recipe: Recipe): Recipe {
  return { ...recipe, flips: [], steps: recipe.steps.filter((step) => step.mask === null) };
}

export function copySettings(source: Source): void {
  useCopied.setState({ copied: { ...source, recipe: light(source.recipe) } });
}

/** The settings of the open photo. */
export function openSource(name: string): Source | null {
  const state = useDocument.getState();
  return state.projectId === null ? null : { project: state.projectId, name, recipe: keptRecipe(state) };
}

/** Gives settings to photos; the open one gets them as a step of its own history. */
export async function give(
  set: string | null,
  projects: string[],
  source: Source,
  part: Part,
  told: (done: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<Applied> {
  const open = useDocument.getState().projectId;
  const others = projects.filter((project) => project !== open);
  const recipe = light(source.recipe);
  const nobody: Applied = { changed: [], same: [], failed: [] };
  const done = set === null ? nobody : await applySettings(set, others, recipe, part, "paste", told, signal);
  if (open !== null && projects.includes(open) && !signal?.aborted) (await giveOpen(open, recipe, part) ? done.changed : done.same).push(open);
  return done;
}

/** Says whether anything changed. What was changed while the server worked is not lost. */
async function giveOpen(open: string, recipe: Recipe, part: Part): Promise<boolean> {
  for (;;) {
    const before = recipeNow();
    const made = await carriedOver(recipe, before, part);
    if (useDocument.getState().projectId !== open) return false;
    if (recipeNow() !== before) continue;
    if (sameRecipe(before, made)) return false;
    commit("paste", made);
    return true;
  }
}

/** What came of it, in a sentence. */
export function outcome({ changed, same, failed }: Applied): string {
  const parts = [i18next.t("sets.applied", { count: changed.length })];
  if (same.length > 0) parts.push(i18next.t("sets.appliedSame", { count: same.length }));
  if (failed.length > 0) parts.push(i18next.t("sets.appliedNot", { names: failed.map(({ name }) => name).join(", ") }));
  return parts.join(" ");
}
