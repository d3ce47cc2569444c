/** Strokes of the brush in a recipe, each change a pure function. */

import { type Tool, mainControl } from "@/api/catalogue";
import type { Mask, Recipe, Step, Stroke } from "@/api/types";
import { type Where, changed, fresh, hasStrokes, placed, stepOf, withStep } from "@/document/recipe";

/** A brush tool that was never set starts here, within its own stops. */
const START = 50;

export function isBrush(tool: Tool): boolean {
  return tool.panel === "brush";
}

/** A brush that starts from what was found, and not from nothing. */
export const CUTOUT = "cutout";

/** Whether what was painted is seen in the pixels; else a tint shows where it lies. */
export function changesPixels(tool: Tool): boolean {
  return isBrush(tool) && tool.op !== CUTOUT;
}

export function strokesOf(recipe: Recipe, tool: Tool, where: Where): Stroke[] {
  return stepOf(recipe, tool, where)?.mask?.strokes ?? [];
}

/** Adds a stroke at the end. */
export function withStroke(recipe: Recipe, tools: Tool[], tool: Tool, where: Where, stroke: Stroke): Recipe {
  return changed(recipe, tools, tool, where, (step) => {
    const mask: Mask = step.mask ?? { base: changesPixels(tool) ? "empty" : "auto", strokes: [], bitmap: null };
    return { ...started(tool, step), mask: { ...mask, strokes: [...mask.strokes, stroke] } };
  });
}

/** A first stroke must show: a brush tool at 0 is given an amount. */
function started(tool: Tool, step: Step): Step {
  const main = mainControl(tool);
  if (!isBrush(tool) || !main || hasStrokes(step) || step.edit[main.field] !== 0) return step;
  const amount = Math.min(main.cap, main.natural > 0 ? main.natural : START);
  return { ...step, edit: { ...step.edit, [main.field]: amount } };
}

/** Takes strokes away; a brush tool without any is gone as a whole. */
export function withoutStrokes(
  recipe: Recipe,
  tools: Tool[],
  tool: Tool,
  where: Where,
  gone: (stroke: Stroke, index: number) => boolean,
): Recipe {
  const rest = strokesOf(recipe, tool, where).filter((stroke, index) => !gone(stroke, index));
  if (isBrush(tool) && rest.length === 0) return withStep(recipe, tools, tool, fresh(tool, placed(tool, where)));
  return changed(recipe, tools, tool, where, (step) => {
    const mask: Mask = { ...(step.mask ?? { base: "auto", bitmap: null }), strokes: rest };
    return { ...step, mask: rest.length > 0 || mask.bitmap ? mask : null };
  });
}
