/** Parts of a recipe that can go to other photos: its panels, and single values. */

import type { Catalogue, Control, Tool } from "@/api/catalogue";
import type { Part } from "@/api/sets";
import type { Recipe, Step } from "@/api/types";

/** Panels that a recipe does something in, in the catalogue's order. */
export function panelsIn(recipe: Recipe, tools: readonly Tool[]): string[] {
  const ops = new Set(recipe.steps.filter((step) => step.mask === null).map((step) => step.edit.op));
  return [...new Set(tools.filter((tool) => ops.has(tool.op)).map((tool) => tool.panel))];
}

export type One = { setting: string; tool: Tool; control: Control; area: Step["area"] };

/** Values of a recipe, everyone's, that are away from where they open. */
export function valuesIn(recipe: Recipe, { tools }: Catalogue): One[] {
  return recipe.steps.flatMap((step) => {
    const tool = tools.find(({ op }) => op === step.edit.op);
    if (!tool || step.person !== null || step.mask !== null) return [];
    return tool.controls
      .filter((control) => JSON.stringify(step.edit[control.field]) !== JSON.stringify(control.default))
      .map((control) => ({ setting: `${step.area}.${tool.op}.${control.field}`, tool, control, area: step.area }));
  });
}

/** The value that a history label speaks of (`set smooth.amount 35`), if it is one of them. */
export function lastOf(values: readonly One[], label: string): One | undefined {
  const name = /^set (\S+) /.exec(label)?.[1];
  return values.find(({ tool, control }) => `${tool.op}.${control.field}` === name);
}

export type What = "all" | "panels" | "setting";

export function partOf(what: What, panels: readonly string[], setting: string): Part {
  if (what === "panels") return { panels: [...panels] };
  return what === "setting" ? { setting } : {};
}
