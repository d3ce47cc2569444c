/** Recipes as the server writes them, and what it makes of recipes: the engine's functions, one request away. */

import { postJson } from "@/api/client";
import type { Recipe, Step } from "@/api/types";

/** A recipe as it is stored: the style, which is portable, beside what belongs to one photo. */
type Stored = {
  format: 2;
  style: Pick<Recipe, "steps" | "amounts" | "locks">;
  here: Omit<Recipe, "steps" | "amounts" | "locks"> & { steps: (Step & { after: number })[] };
};

/** Format 1, which windows and browsers still hold, was as flat as a recipe is here. */
type Older = Recipe & { format?: 1 };

/** Puts all steps of a stored recipe into the order of work. The server takes this form as well. */
export function flat(stored: object): Recipe {
  if (!("style" in stored)) {
    const recipe = { ...(stored as Older) };
    delete recipe.format;
    return recipe;
  }
  const { style, here } = stored as Stored;
  const steps = [...style.steps];
  here.steps.forEach(({ after, ...step }, before) => steps.splice(after + before, 0, step));
  return { ...style, ...here, steps };
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

/** What of a recipe fits any photo, as it is stored: people, marks and places stay behind. */
export async function portable(recipe: Recipe): Promise<object> {
  return (await postJson<{ recipe: object }>("recipes/carry", { recipe, strokes: true })).recipe;
}
