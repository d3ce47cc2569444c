/** Changes to a recipe, each a pure function from one recipe to the next. */

import type { Area, Edit, Recipe, Step, Value } from "@/api/types";
import type { Control, Tool } from "@/catalogue/catalogue";

/** Whose skin a slider speaks of: an area, of one person or (null) of everyone. */
export type Where = { area: Area; person: string | null };

export const EMPTY: Recipe = {
  format: 1,
  steps: [],
  amounts: {},
  locks: { natural: true, skin_tone: true },
  flips: [],
};

/** The area a tool works in when the tabs stand at `area`. */
export function areaOf(tool: Tool, area: Area): Area {
  return tool.areas.includes(area) ? area : (tool.areas[0] ?? "face");
}

function placed(tool: Tool, where: Where): Where {
  return { area: areaOf(tool, where.area), person: where.person };
}

function exact(recipe: Recipe, tool: Tool, where: Where): Step | undefined {
  return recipe.steps.find(
    (step) =>
      step.edit.op === tool.op && step.area === where.area && step.person === where.person,
  );
}

/** The step that decides about `where`: the person's own, else everyone's. */
export function stepOf(recipe: Recipe, tool: Tool, where: Where): Step | undefined {
  const at = placed(tool, where);
  return exact(recipe, tool, at) ?? exact(recipe, tool, { ...at, person: null });
}

export function valueOf(recipe: Recipe, tool: Tool, control: Control, where: Where): Value {
  return stepOf(recipe, tool, where)?.edit[control.field] ?? control.default;
}

/** Whether some person differs from the others in this control, seen from Everyone. */
export function isMixed(recipe: Recipe, tool: Tool, control: Control, where: Where): boolean {
  if (where.person !== null) return false;
  const at = placed(tool, where);
  const common = valueOf(recipe, tool, control, at);
  return recipe.steps.some(
    (step) =>
      step.edit.op === tool.op &&
      step.area === at.area &&
      step.person !== null &&
      (step.edit[control.field] ?? control.default) !== common,
  );
}

export function isShown(recipe: Recipe, tool: Tool, where: Where): boolean {
  return (stepOf(recipe, tool, where)?.opacity ?? 1) > 0;
}

/** Whether the tool is away from its opening values for `where`. */
export function isDirty(recipe: Recipe, tool: Tool, where: Where): boolean {
  const step = stepOf(recipe, tool, where);
  return step !== undefined && !isNeutral(tool, step);
}

function isNeutral(tool: Tool, step: Step): boolean {
  return (
    step.opacity === 1 &&
    tool.controls.every((c) => (step.edit[c.field] ?? c.default) === c.default)
  );
}

function fresh(tool: Tool, where: Where): Step {
  const edit: Edit = { op: tool.op, version: tool.version };
  for (const control of tool.controls) edit[control.field] = control.default;
  return { edit, opacity: 1, area: where.area, person: where.person };
}

/** Steps stand in the catalogue's order; within a tool Everyone comes before the persons. */
function inserted(steps: Step[], step: Step, tools: Tool[]): Step[] {
  const order = new Map(tools.map((tool, index) => [tool.op, index]));
  const rank = (s: Step) =>
    (order.get(s.edit.op) ?? tools.length) * 2 + (s.person === null ? 0 : 1);
  const at = steps.findIndex((other) => rank(other) > rank(step));
  return at < 0 ? [...steps, step] : [...steps.slice(0, at), step, ...steps.slice(at)];
}

function ensured(recipe: Recipe, tools: Tool[], tool: Tool, where: Where): Recipe {
  if (exact(recipe, tool, where)) return recipe;
  const model = stepOf(recipe, tool, where);
  const step = model
    ? { ...model, edit: { ...model.edit }, person: where.person }
    : fresh(tool, where);
  return { ...recipe, steps: inserted(recipe.steps, step, tools) };
}

/** Drops the steps of a tool that say nothing: neutral, or the same as everyone's. */
function tidied(recipe: Recipe, tool: Tool): Recipe {
  const says = (step: Step): boolean => {
    if (step.edit.op !== tool.op) return true;
    const common = step.person === null ? undefined : exact(recipe, tool, { ...step, person: null });
    if (!common) return !isNeutral(tool, step);
    return (
      step.opacity !== common.opacity ||
      tool.controls.some((c) => step.edit[c.field] !== common.edit[c.field])
    );
  };
  return { ...recipe, steps: recipe.steps.filter(says) };
}

function changed(
  recipe: Recipe,
  tools: Tool[],
  tool: Tool,
  where: Where,
  change: (step: Step) => Step,
): Recipe {
  const at = placed(tool, where);
  const ready = ensured(recipe, tools, tool, at);
  const concerned = (step: Step) =>
    step.edit.op === tool.op &&
    step.area === at.area &&
    (at.person === null || step.person === at.person);
  return tidied(
    { ...ready, steps: ready.steps.map((step) => (concerned(step) ? change(step) : step)) },
    tool,
  );
}

/** Sets one control; set for Everyone it overrules what single persons had. */
export function withValue(
  recipe: Recipe,
  tools: Tool[],
  tool: Tool,
  control: Control,
  value: Value,
  where: Where,
): Recipe {
  return changed(recipe, tools, tool, where, (step) => ({
    ...step,
    edit: { ...step.edit, [control.field]: value },
  }));
}

/** The eye switch of a tool: hidden steps keep their values. */
export function withShown(
  recipe: Recipe,
  tools: Tool[],
  tool: Tool,
  shown: boolean,
  where: Where,
): Recipe {
  return changed(recipe, tools, tool, where, (step) => ({ ...step, opacity: shown ? 1 : 0 }));
}

/** Puts tools back to their opening values. */
export function withoutTools(recipe: Recipe, tools: Tool[], where: Where): Recipe {
  const gone = (step: Step): boolean => {
    const tool = tools.find((t) => t.op === step.edit.op);
    if (tool === undefined || step.area !== areaOf(tool, where.area)) return false;
    return where.person === null || step.person === where.person;
  };
  return { ...recipe, steps: recipe.steps.filter((step) => !gone(step)) };
}

/** Moves every slider of `tools` to its Natural value. */
export function withNatural(
  recipe: Recipe,
  all: Tool[],
  tools: Tool[],
  where: Where,
): Recipe {
  let next = recipe;
  for (const tool of tools) {
    for (const control of tool.controls) {
      if (control.kind !== "slider") continue;
      next = withValue(next, all, tool, control, control.natural, where);
    }
  }
  return next;
}

export function withAmount(recipe: Recipe, panel: string, amount: number): Recipe {
  const rest = Object.entries(recipe.amounts).filter(([name]) => name !== panel);
  const amounts = amount === 100 ? rest : [...rest, [panel, amount] as const];
  return { ...recipe, amounts: Object.fromEntries(amounts) };
}

/** The value at which the lock stops a slider, or the value itself. */
export function stopped(control: Control, value: Value, locked: boolean): Value {
  if (!locked || control.kind !== "slider" || typeof value !== "number") return value;
  return Math.min(control.cap, Math.max(control.floor, value));
}

/** Turns a lock; turning Natural on brings every slider back under its stop. */
export function withLock(
  recipe: Recipe,
  tools: Tool[],
  lock: "natural" | "skin_tone",
  on: boolean,
): Recipe {
  const next = { ...recipe, locks: { ...recipe.locks, [lock]: on } };
  return on && lock === "natural" ? withinStops(next, tools) : next;
}

export function withinStops(recipe: Recipe, tools: Tool[]): Recipe {
  const steps = recipe.steps.map((step) => {
    const tool = tools.find((t) => t.op === step.edit.op);
    if (!tool) return step;
    const edit = { ...step.edit };
    for (const control of tool.controls) {
      const value = edit[control.field];
      if (value !== undefined) edit[control.field] = stopped(control, value, true);
    }
    return { ...step, edit };
  });
  return { ...recipe, steps };
}

/** A preset's sliders on this photo: the photo's own locks and flipped spots stay. */
export function withPreset(recipe: Recipe, preset: Recipe, tools: Tool[]): Recipe {
  const next: Recipe = { ...preset, locks: recipe.locks, flips: recipe.flips };
  return recipe.locks.natural ? withinStops(next, tools) : next;
}

/** Number of tools that change the photo. */
export function editCount(recipe: Recipe): number {
  return new Set(recipe.steps.filter((s) => s.opacity > 0).map((s) => s.edit.op)).size;
}

/** Whether two recipes say the same, whatever the order of their keys. */
export function sameRecipe(a: Recipe, b: Recipe): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
