/** Changes to a recipe, each a pure function from one recipe to the next. */

import type { Area, Edit, Recipe, Step, Value } from "@/api/types";
import type { Control, Tool } from "@/catalogue/catalogue";

/** Whose skin a slider speaks of: an area, of one person or (null) of everyone in `people`. */
export type Where = { area: Area; person: string | null; people: readonly string[] };

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
  return { ...where, area: areaOf(tool, where.area) };
}

type Place = { area: Area; person: string | null };

function exact(recipe: Recipe, tool: Tool, where: Place): Step | undefined {
  return recipe.steps.find(
    (step) =>
      step.edit.op === tool.op && step.area === where.area && step.person === where.person,
  );
}

function isOwn(tool: Tool, area: Area): (step: Step) => boolean {
  return (step) => step.edit.op === tool.op && step.area === area && step.person !== null;
}

/** The step that decides about `where`: the person's own, else everyone's. */
export function stepOf(recipe: Recipe, tool: Tool, where: Where): Step | undefined {
  const at = placed(tool, where);
  return exact(recipe, tool, at) ?? exact(recipe, tool, { ...at, person: null });
}

export function valueOf(recipe: Recipe, tool: Tool, control: Control, where: Where): Value {
  return stepOf(recipe, tool, where)?.edit[control.field] ?? control.default;
}

/** Whether the people differ in this control, seen from Everyone. */
export function isMixed(recipe: Recipe, tool: Tool, control: Control, where: Where): boolean {
  if (where.person !== null) return false;
  const at = placed(tool, where);
  if (!recipe.steps.some(isOwn(tool, at.area))) return false;
  const values = where.people.map((person) => valueOf(recipe, tool, control, { ...at, person }));
  return new Set(values).size > 1;
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

function fresh(tool: Tool, where: Place): Step {
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

function sameStep(tool: Tool, a: Step, b: Step): boolean {
  return (
    a.opacity === b.opacity && tool.controls.every((c) => a.edit[c.field] === b.edit[c.field])
  );
}

/**
 * Spells a tool out: one step for Everyone, or one for each person, never both, because the engine
 * does every step that fits a person.
 */
function spelledOut(recipe: Recipe, tools: Tool[], tool: Tool, at: Where): Recipe {
  const others = recipe.steps.filter((step) => step.edit.op !== tool.op || step.area !== at.area);
  const persons = at.person !== null || recipe.steps.some(isOwn(tool, at.area));
  const wanted = persons ? [...new Set([...at.people, ...(at.person === null ? [] : [at.person])])] : [null];
  const own = wanted.map((person) => {
    const model = stepOf(recipe, tool, { ...at, person }) ?? fresh(tool, at);
    return { ...model, edit: { ...model.edit }, person };
  });
  return { ...recipe, steps: own.reduce((steps, step) => inserted(steps, step, tools), others) };
}

/** Says the same with the fewest steps. */
function tidied(recipe: Recipe, tools: Tool[], tool: Tool, at: Where): Recipe {
  const mine = (step: Step) => step.edit.op === tool.op && step.area === at.area;
  const own = recipe.steps.filter(mine);
  const [first] = own;
  const others = recipe.steps.filter((step) => !mine(step));
  if (first && own.length > 1 && own.every((step) => sameStep(tool, step, first))) {
    const common = { ...first, person: null };
    return isNeutral(tool, common)
      ? { ...recipe, steps: others }
      : { ...recipe, steps: inserted(others, common, tools) };
  }
  return { ...recipe, steps: recipe.steps.filter((step) => !mine(step) || !isNeutral(tool, step)) };
}

function changed(
  recipe: Recipe,
  tools: Tool[],
  tool: Tool,
  where: Where,
  change: (step: Step) => Step,
): Recipe {
  const at = placed(tool, where);
  const ready = spelledOut(recipe, tools, tool, at);
  const concerned = (step: Step) =>
    step.edit.op === tool.op &&
    step.area === at.area &&
    (at.person === null || step.person === at.person);
  const steps = ready.steps.map((step) => (concerned(step) ? change(step) : step));
  return tidied({ ...ready, steps }, tools, tool, at);
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
export function withoutTools(
  recipe: Recipe,
  all: Tool[],
  tools: Tool[],
  where: Where,
): Recipe {
  return tools.reduce(
    (next, tool) => changed(next, all, tool, where, (step) => fresh(tool, step)),
    recipe,
  );
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
