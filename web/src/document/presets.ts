/** Presets and looks on a recipe: each speaks of the panels that it has sliders of, and of no others. */

import type { Tool } from "@/api/catalogue";
import type { Mask, Recipe, Step } from "@/api/types";
import { EMPTY, type Where, fresh, hasStrokes, placed, sameRecipe, stepOf, withStep, withinStops } from "@/document/recipe";

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

/**
 * A preset's sliders on this photo. For everyone they replace what its panels had, for one person
 * only that person's. Locks, flipped marks and excluded people stay the photo's own.
 */
export function withPreset(
  recipe: Recipe,
  preset: Recipe,
  tools: Tool[],
  where: Where,
  panels: readonly string[],
): Recipe {
  const own = tools.filter((tool) => panels.includes(tool.panel));
  const next = where.person === null ? forEveryone(recipe, preset, own, panels) : forOne(recipe, preset, own, where);
  const ordered = { ...next, steps: inOrder(next.steps, tools) };
  return recipe.locks.natural ? withinStops(ordered, tools) : ordered;
}

function inOrder(steps: Step[], tools: Tool[]): Step[] {
  const order = new Map(tools.map((tool, index) => [tool.op, index]));
  const rank = (step: Step) => order.get(step.edit.op) ?? tools.length;
  return [...steps].sort((a, b) => rank(a) - rank(b));
}

function forEveryone(recipe: Recipe, preset: Recipe, own: Tool[], panels: readonly string[]): Recipe {
  const ops = new Set(own.map((tool) => tool.op));
  const kept = recipe.steps.filter((step) => !ops.has(step.edit.op));
  const set = preset.steps.filter((step) => ops.has(step.edit.op));
  const amounts = Object.entries(recipe.amounts).filter(([panel]) => !panels.includes(panel));
  const faded = Object.entries(preset.amounts).filter(([panel]) => panels.includes(panel));
  return { ...recipe, steps: [...kept, ...set], amounts: Object.fromEntries([...amounts, ...faded]) };
}

function forOne(recipe: Recipe, preset: Recipe, own: Tool[], where: Where): Recipe {
  let next = recipe;
  for (const tool of own) {
    for (const area of tool.areas) {
      const step = stepOf(preset, tool, { ...where, area, person: null }) ?? fresh(tool, { area, person: null });
      next = withStep(next, own, tool, { ...step, person: placed(tool, where).person });
    }
  }
  return next;
}

/** Whether the preset is what the sliders of its panels show; the panel's Amount does not count. */
export function isWorn(
  recipe: Recipe,
  preset: Recipe,
  tools: Tool[],
  where: Where,
  panels: readonly string[],
): boolean {
  const worn = withPreset(recipe, preset, tools, where, panels);
  return sameRecipe({ ...worn, amounts: recipe.amounts }, recipe);
}

/** What can be kept for other photos: marks, people and places of this photo are left out. */
export function withoutThisPhoto(recipe: Recipe, tools: Tool[]): Recipe {
  const brushes = new Set(tools.filter((tool) => tool.panel === "brush").map((tool) => tool.op));
  const steps = recipe.steps
    .filter((step) => step.person === null)
    .map((step) => (step.mask ? { ...step, mask: portable(step.mask) } : step))
    .filter((step) => !brushes.has(step.edit.op) || hasStrokes(step));
  const { format, amounts, locks } = recipe;
  return { ...EMPTY, format, steps, amounts, locks };
}

/** Strokes in the face's own units follow to any face. */
function portable(mask: Mask): Mask | null {
  const strokes = mask.strokes.filter((stroke) => stroke.space === "face");
  return strokes.length > 0 ? { base: mask.base, strokes, bitmap: null } : null;
}
