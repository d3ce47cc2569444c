/** Looks over a recipe: what a candidate sets takes the place of the same tools, and gives it back when another one comes. */

import type { Tool } from "@/api/catalogue";
import type { Recipe, Step } from "@/api/types";
import type { Entry, History } from "@/document/history";

const VERB = "look ";

/** The label of a history step that lays a look over the recipe. */
export function lookLabel(name: string): string {
  return VERB + name;
}

/** Tools beside the look itself: how the picture is cut and how large it is written do not fade. */
const FIRM: readonly string[] = ["crop", "upscale"];
/** Sliders that say how strongly a tool works although none of them is its amount. */
const STRENGTHS: readonly string[] = [
  "split_toning.highlights",
  "split_toning.shadows",
  "lipstick.liner",
  "skin_hue.red",
  "skin_hue.yellow",
];

function key(step: Step): string {
  return `${step.edit.op}/${step.area}`;
}

/** Looks speak of everyone and of nothing that is painted. */
function plain(step: Step): boolean {
  return step.person === null && step.mask === null;
}

/** The recipe with a look's steps in place of everyone's own of the same tools. */
export function laid(below: Recipe, look: Recipe, tools: readonly Tool[]): Recipe {
  const set = new Set(look.steps.map(key));
  const kept = below.steps.filter((step) => !plain(step) || !set.has(key(step)));
  return { ...below, steps: inOrder([...kept, ...look.steps], tools) };
}

function inOrder(steps: Step[], tools: readonly Tool[]): Step[] {
  const order = new Map(tools.map((tool, index) => [tool.op, index]));
  const rank = (step: Step) => (order.get(step.edit.op) ?? tools.length) * 2 + (step.person === null ? 0 : 1);
  return [...steps].sort((a, b) => rank(a) - rank(b));
}

/** The look at `percent` of its strength: sliders that say how strongly a tool works go with it. */
export function faded(look: Recipe, tools: readonly Tool[], percent: number): Recipe {
  if (percent === 100) return look;
  const steps = look.steps.map((step) => {
    const tool = tools.find((each) => each.op === step.edit.op);
    return tool && !FIRM.includes(tool.op) ? weaker(step, tool, percent / 100) : step;
  });
  return { ...look, steps };
}

function weaker(step: Step, tool: Tool, share: number): Step {
  const edit = { ...step.edit };
  for (const [field, value] of Object.entries(edit)) {
    if (typeof value !== "number" || !isStrength(tool, field)) continue;
    const control = tool.controls.find((each) => each.field === field);
    const rest = control?.kind === "slider" ? control.default : 0;
    edit[field] = Number((rest + (value - rest) * share).toFixed(1));
  }
  return { ...step, edit };
}

function isStrength(tool: Tool, field: string): boolean {
  const whole = tool.op === "adjust" && field !== "version";
  return field === "amount" || whole || STRENGTHS.includes(`${tool.op}.${field}`);
}

/** What stays below the next look, and how the one that is worn is called. */
export type Beneath = { recipe: Recipe; worn: string | null };

/**
 * The recipe as it is now without the look in it. What the look's tools were set to before comes back;
 * all that was done since stays. The history tells, so it is right after an undo and a reload, too.
 */
export function beneath({ entries, cursor }: History): Beneath {
  const now = entries[cursor];
  if (!now) throw new Error("The history's place lies outside of its list.");
  const state: { bare: Recipe | null; set: Set<string>; worn: string | null } = { bare: null, set: new Set(), worn: null };
  entries.slice(0, cursor + 1).forEach((entry, index) => {
    if (!entry.label.startsWith(VERB)) return;
    const before = entries[index - 1]?.recipe ?? entry.recipe;
    const bare = state.bare ? without(before, state.bare, state.set) : before;
    const set = setBy(entry, bare);
    Object.assign(state, { bare, set, worn: set.size > 0 ? entry.label.slice(VERB.length) : null });
  });
  const { bare, set, worn } = state;
  return { recipe: bare ? without(now.recipe, bare, set) : now.recipe, worn };
}

function setBy(entry: Entry, bare: Recipe): Set<string> {
  const before = new Set(bare.steps.map((step) => JSON.stringify(step)));
  return new Set(entry.recipe.steps.filter((step) => plain(step) && !before.has(JSON.stringify(step))).map(key));
}

function without(now: Recipe, bare: Recipe, set: ReadonlySet<string>): Recipe {
  const looks = (step: Step) => plain(step) && set.has(key(step));
  const steps = [...now.steps.filter((step) => !looks(step)), ...bare.steps.filter(looks)];
  return { ...now, steps };
}

/** A recipe with nothing but the frame of the picture. */
export function onlyFramed(recipe: Recipe): Recipe {
  return { ...recipe, amounts: {}, steps: recipe.steps.filter((step) => FIRM.includes(step.edit.op)) };
}
