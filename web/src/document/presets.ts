/** Presets and looks on a recipe: each speaks of the panels that it has sliders of, and of no others. */

import type { Tool } from "@/api/catalogue";
import { merged } from "@/api/recipes";
import type { Recipe } from "@/api/types";
import { type Where, fresh, placed, sameStep, stepOf, withinStops } from "@/document/recipe";
import { commit, recipeNow, useDocument } from "@/document/store";

/** Panels that a preset sets. */
export function panelsOf(preset: Recipe, tools: Tool[]): string[] {
  const ops = new Set(preset.steps.map((step) => step.edit.op));
  return [...new Set(tools.filter((tool) => ops.has(tool.op)).map((tool) => tool.panel))];
}

/** The tab that shows a preset: that of its sliders, or the first where it has sliders of several. */
export function tabOf(preset: Recipe, tools: Tool[]): string {
  const panels = panelsOf(preset, tools);
  return (panels.length === 1 ? panels[0] : undefined) ?? "face";
}

let last: Promise<void> = Promise.resolve();

/** Makes a preset a step, for whom the sliders speak of now. Presets come one after the other, as they were picked. */
export function wear(label: string, preset: Recipe, panels: readonly string[]): Promise<void> {
  const { projectId, person } = useDocument.getState();
  const work = async () => {
    // What was changed while the server worked is not lost: then it works again, on top of that.
    for (;;) {
      const before = recipeNow();
      const made = await merged(before, preset, person, panels);
      if (useDocument.getState().projectId !== projectId) return;
      if (recipeNow() !== before) continue;
      commit(label, made);
      return;
    }
  };
  const done = last.then(work);
  last = done.catch(() => undefined);
  return done;
}

/** The pointer is on something else now: what comes late is not shown. */
let looked = 0;

/** Shows a preset on the photo without wearing it, or (null) no longer. */
export async function lookAt(preset: Recipe | null, panels: readonly string[]): Promise<void> {
  looked += 1;
  const mine = looked;
  const { person, history } = useDocument.getState();
  if (preset === null) {
    useDocument.setState({ peek: null });
    return;
  }
  const peek = await merged(recipeNow(), preset, person, panels);
  if (looked === mine && useDocument.getState().history === history) useDocument.setState({ peek });
}

/** Whether the preset is what the sliders of its panels show; the panel's Amount does not count. */
export function isWorn(
  recipe: Recipe,
  preset: Recipe,
  tools: Tool[],
  where: Where,
  panels: readonly string[],
): boolean {
  const worn = recipe.locks.natural ? withinStops(preset, tools) : preset;
  const own = tools.filter((tool) => panels.includes(tool.panel));
  const ops = new Set(own.map((tool) => tool.op));
  const others = recipe.steps.some((step) => step.person !== null && ops.has(step.edit.op));
  if (where.person === null && others) return false;
  return own.every((tool) =>
    tool.areas.every((area) => {
      const nothing = fresh(tool, { area, person: null });
      const shown = stepOf(recipe, tool, placed(tool, { ...where, area })) ?? nothing;
      return sameStep(tool, shown, stepOf(worn, tool, { area, person: null }) ?? nothing);
    }),
  );
}
