/** Changes to a recipe, each a pure function from one recipe to the next. */

import { type Control, type Tool, mainControl } from "@/api/catalogue";
import type { Area, Edit, Face, Lock, Recipe, Step, Value, Verdict } from "@/api/types";

/** Whose skin a slider speaks of: an area, of one person or (null) of everyone. */
export type Where = { area: Area; person: string | null };

export { EMPTY } from "@/api/recipes";

/** The area a tool works in when the tabs stand at `area`. */
export function areaOf(tool: Tool, area: Area): Area {
  return tool.areas.includes(area) ? area : (tool.areas[0] ?? "face");
}

/** Where a tool works: brushes wherever they are painted, others on the whole picture, so for everyone. */
export function placed(tool: Tool, where: Where): Where {
  const person = tool.panel === "brush" || tool.whole ? null : where.person;
  return { area: areaOf(tool, where.area), person };
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

/** Whether the chosen person has own values of this tool. */
export function hasOwn(recipe: Recipe, tool: Tool, where: Where): boolean {
  return where.person !== null && exact(recipe, tool, placed(tool, where)) !== undefined;
}

/** People who have own values of this tool, seen from Everyone. */
export function ownersOf(recipe: Recipe, tool: Tool, where: Where): string[] {
  if (where.person !== null) return [];
  const { area } = placed(tool, where);
  return recipe.steps.flatMap((step) =>
    step.edit.op === tool.op && step.area === area && step.person !== null ? [step.person] : [],
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

export function hasStrokes(step: Step): boolean {
  return (step.mask?.strokes.length ?? 0) > 0 || Boolean(step.mask?.bitmap);
}

function isNeutral(tool: Tool, step: Step): boolean {
  if (tool.learnt) return step.edit["amount"] === 0;
  return (
    step.opacity === 1 &&
    !hasStrokes(step) &&
    tool.controls.every((c) => canonical(step.edit[c.field] ?? c.default) === canonical(c.default))
  );
}

export function fresh(tool: Tool, where: Where): Step {
  const edit: Edit = { op: tool.op, version: tool.version };
  for (const control of tool.controls) edit[control.field] = control.default;
  return { edit, opacity: 1, area: where.area, person: where.person, mask: null };
}

/** Steps stand in the catalogue's order; within a tool Everyone comes before the persons. */
function inserted(steps: Step[], step: Step, tools: Tool[]): Step[] {
  const order = new Map(tools.map((tool, index) => [tool.op, index]));
  const rank = (s: Step) =>
    (order.get(s.edit.op) ?? tools.length) * 2 + (s.person === null ? 0 : 1);
  const at = steps.findIndex((other) => rank(other) > rank(step));
  return at < 0 ? [...steps, step] : [...steps.slice(0, at), step, ...steps.slice(at)];
}

/** Whether a tool does the same in two steps, whosever they are. */
export function sameStep(tool: Tool, a: Step, b: Step): boolean {
  return (
    a.opacity === b.opacity &&
    canonical(a.mask) === canonical(b.mask) &&
    tool.controls.every((c) => canonical(a.edit[c.field]) === canonical(b.edit[c.field]))
  );
}

/** A person's step stands instead of everyone's, so it may say that nothing is done. */
function saysSomething(recipe: Recipe, tool: Tool, step: Step): boolean {
  const everyone =
    step.person === null ? undefined : exact(recipe, tool, { area: step.area, person: null });
  return everyone ? !sameStep(tool, step, everyone) : !isNeutral(tool, step);
}

/** Puts a step in the place of the one for the same tool, area and person. */
export function withStep(recipe: Recipe, tools: Tool[], tool: Tool, step: Step): Recipe {
  const old = exact(recipe, tool, step);
  const rest = { ...recipe, steps: recipe.steps.filter((each) => each !== old) };
  if (!saysSomething(rest, tool, step)) return rest;
  return { ...rest, steps: inserted(rest.steps, step, tools) };
}

/** Changes the tool for `where`; a person without own values starts from everyone's. */
export function changed(
  recipe: Recipe,
  tools: Tool[],
  tool: Tool,
  where: Where,
  change: (step: Step) => Step,
): Recipe {
  const at = placed(tool, where);
  const model = stepOf(recipe, tool, at) ?? fresh(tool, at);
  const step = change({ ...model, edit: { ...model.edit }, person: at.person });
  return withStep(recipe, tools, tool, step);
}

/** Takes a person's own values of `tools` away, so that everyone's hold again. */
export function withoutOwn(recipe: Recipe, tools: Tool[], person: string): Recipe {
  const names = new Set(tools.map((tool) => tool.op));
  const steps = recipe.steps.filter((step) => step.person !== person || !names.has(step.edit.op));
  return { ...recipe, steps };
}

/** Leaves a person alone entirely, or takes them in again. */
export function withExcluded(recipe: Recipe, person: string, excluded: boolean): Recipe {
  const others = recipe.excluded.filter((key) => key !== person);
  return { ...recipe, excluded: excluded ? [...others, person] : others };
}

export function isExcluded(recipe: Recipe, person: string): boolean {
  return recipe.excluded.includes(person);
}

/** Whether the engine leaves a face alone unless somebody asks for it. */
export function isDoubted(face: Pick<Face, "verdict">): boolean {
  return doubtOf(face) !== null;
}

/** Why the engine leaves a face alone by itself. */
export function doubtOf(face: Pick<Face, "verdict">): Exclude<Verdict, "face"> | null {
  return face.verdict === "face" ? null : face.verdict;
}

/** Retouches a face in doubt all the same, or no longer. */
export function withIncluded(recipe: Recipe, person: string, included: boolean): Recipe {
  const others = recipe.included.filter((key) => key !== person);
  return { ...recipe, included: included ? [...others, person] : others };
}

export function isIncluded(recipe: Recipe, person: string): boolean {
  return recipe.included.includes(person);
}

/** Gives a person a name; an empty one takes it away. */
export function withName(recipe: Recipe, person: string, name: string): Recipe {
  const others = Object.entries(recipe.names).filter(([key]) => key !== person);
  const all = name === "" ? others : [...others, [person, name] as const];
  return { ...recipe, names: Object.fromEntries(all) };
}

/** Whether nothing is changed on a face: somebody wants it so, or it is in doubt. */
export function isLeft(recipe: Recipe, face: Pick<Face, "key" | "verdict">): boolean {
  return isExcluded(recipe, face.key) || (isDoubted(face) && !isIncluded(recipe, face.key));
}

/** Sets one control, for everyone without own values or for one person. */
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

/** Whether Natural does anything here: makeup and shape are nothing that it turns on. */
export function hasNatural(tools: Tool[]): boolean {
  return tools.some((tool) => {
    const main = mainControl(tool);
    return main !== undefined && main.natural !== main.default;
  });
}

/** Moves every slider of `tools` to its Natural value. */
export function withNatural(recipe: Recipe, all: Tool[], tools: Tool[], where: Where): Recipe {
  let next = recipe;
  for (const tool of tools) {
    const main = mainControl(tool);
    const unused = main?.natural === 0; // then its finer sliders rest where they open
    for (const control of tool.controls) {
      if (control.kind !== "slider") continue;
      const value = unused && control !== main ? control.default : control.natural;
      next = withValue(next, all, tool, control, value, where);
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
export function withLock(recipe: Recipe, tools: Tool[], lock: Lock, on: boolean): Recipe {
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

/** Whether anything at all is changed on the photo. */
export function isEdited(recipe: Pick<Recipe, "steps" | "flips">): boolean {
  return recipe.steps.length > 0 || recipe.flips.length > 0;
}

/** Whether the picture becomes transparent, which JPEG cannot hold. */
export function isClear(recipe: Recipe): boolean {
  return recipe.steps.some((step) => step.edit.op === "background" && step.edit.mode === "remove" && step.opacity > 0);
}

/** Whether two recipes say the same, whatever the order of their keys and of people. */
export function sameRecipe(a: Recipe, b: Recipe): boolean {
  return canonical(sorted(a)) === canonical(sorted(b));
}

function sorted(recipe: Recipe): Recipe {
  return { ...recipe, excluded: [...recipe.excluded].sort(), included: [...recipe.included].sort() };
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
