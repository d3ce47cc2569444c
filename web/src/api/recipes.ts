/** Recipes as the server writes them, and what it makes of recipes: the engine's functions, one request away. */

import { postJson } from "@/api/client";
import type { Recipe, Step, StoredRecipe } from "@/api/types";

/** The recipe of a photo just opened: it changes nothing. */
export const EMPTY: Recipe = {
  steps: [],
  amounts: {},
  locks: { natural: true, skin_tone: true, identity: true, straight_lines: true },
  flips: [],
  excluded: [],
  included: [],
  names: {},
};

/** Format 1, which browsers still keep, was as flat as the editor's own form, and older pages left things out. */
type Kept = Partial<Omit<Recipe, "steps">> & {
  format?: 1;
  steps: (Omit<Step, "mask"> & { mask?: Step["mask"] })[];
};

/** Puts all steps of a stored recipe into the order of work. */
export function flat(stored: object): Recipe {
  if (!("style" in stored)) return complete(stored as Kept);
  const { style, here } = stored as StoredRecipe;
  const steps = [...style.steps];
  here.steps.forEach(({ after, ...step }, before) => steps.splice(after + before, 0, step));
  return { ...style, ...here, steps };
}

function complete(kept: Kept): Recipe {
  const steps = kept.steps.map((step) => ({ ...step, mask: step.mask ?? null }));
  const recipe = { ...EMPTY, ...kept, steps, locks: { ...EMPTY.locks, ...kept.locks } };
  delete recipe.format;
  return recipe;
}

export function opened<T extends { recipe: object }>(reply: T): Omit<T, "recipe"> & { recipe: Recipe } {
  return { ...reply, recipe: flat(reply.recipe) };
}

/** A recipe with a preset's sliders in place of what `panels` had: for everyone, or for one person only. */
export async function merged(
  recipe: Recipe,
  preset: Recipe,
  person: string | null,
  panels: readonly string[],
): Promise<Recipe> {
  const body = { recipe, preset, person, panels };
  return opened(await postJson<{ recipe: object }>("recipes/merge", body)).recipe;
}
