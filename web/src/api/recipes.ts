/** Recipes as the server writes them, and what it makes of recipes: the engine's functions, one request away. */

import { postJson } from "@/api/client";
import type { Locks, Opened, Recipe, Step, StoredRecipe } from "@/api/types";

/** Format 1, which windows and browsers still hold, was as flat as a recipe is here, and left out what it did not need. */
type Older = Partial<Omit<Recipe, "steps" | "locks">> & {
  steps?: (Omit<Step, "mask"> & Partial<Step>)[];
  locks?: Partial<Locks>;
};

/** Puts all steps of a stored recipe into the order of work. The server takes this form as well. */
export function flat(stored: object): Recipe {
  if (!("style" in stored)) return complete(stored);
  const { style, here } = stored as StoredRecipe;
  const steps: Step[] = [...style.steps];
  here.steps.forEach(({ after, ...step }, before) => steps.splice(after + before, 0, step));
  return { ...style, ...here, steps };
}

function complete({ steps = [], amounts = {}, locks, flips = [], excluded = [], included = [], names = {} }: Older): Recipe {
  return {
    steps: steps.map((step) => ({ ...step, mask: step.mask ?? null })),
    amounts,
    locks: { natural: true, skin_tone: true, identity: true, straight_lines: true, ...locks },
    flips,
    excluded,
    included,
    names,
  };
}

export function opened<T extends { recipe: object }>(reply: T): Opened<T> {
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
  return opened(await postJson<{ recipe: StoredRecipe }>("recipes/merge", body)).recipe;
}

/** What of a recipe fits any photo, as it is stored: people, marks and places stay behind. */
export async function portable(recipe: Recipe): Promise<StoredRecipe> {
  return (await postJson<{ recipe: StoredRecipe }>("recipes/carry", { recipe, strokes: true })).recipe;
}
