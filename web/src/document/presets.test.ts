import { describe, expect, it } from "vitest";
import type { SliderControl, Tool } from "@/api/catalogue";
import type { Recipe, Stroke } from "@/api/types";
import { isWorn, panelsOf, tabOf, withPreset, withoutThisPhoto } from "@/document/presets";
import { EMPTY, type Where, changed, valueOf, withExcluded, withValue } from "@/document/recipe";

const amount: SliderControl = {
  kind: "slider", field: "amount", label: "Amount", help: "",
  min: 0, max: 100, step: 1, default: 0, natural: 0, cap: 60, floor: 0,
};

function tool(op: string, panel: string): Tool {
  return { op, version: 1, panel, group: "G", label: op, summary: "", areas: ["face"], whole: false, controls: [amount] };
}

const smooth = tool("smooth", "face");
const lipstick = tool("lipstick", "makeup");
const dodge = tool("dodge", "brush");
const tools = [smooth, lipstick, dodge];
const everyone: Where = { area: "face", person: null };
const anna: Where = { area: "face", person: "anna" };

function of(...sets: [Tool, number, Where?][]): Recipe {
  return sets.reduce(
    (recipe, [each, value, where]) => withValue(recipe, tools, each, amount, value, where ?? everyone),
    EMPTY,
  );
}

const rosy = { ...of([lipstick, 30]), amounts: { makeup: 80 } };

describe("a look", () => {
  it("speaks of its own panel only", () => {
    expect(panelsOf(rosy, tools)).toEqual(["makeup"]);
    expect(tabOf(rosy, tools)).toBe("makeup");
    expect(tabOf(of([smooth, 20], [lipstick, 30]), tools)).toBe("face");
    const mine = { ...of([smooth, 20], [lipstick, 5]), amounts: { face: 50 } };
    const worn = withPreset(mine, rosy, tools, everyone, ["makeup"]);
    expect(worn.steps.map((s) => [s.edit.op, s.edit["amount"]])).toEqual([["smooth", 20], ["lipstick", 30]]);
    expect(worn.amounts).toEqual({ face: 50, makeup: 80 });
    expect(isWorn(worn, rosy, tools, everyone, ["makeup"])).toBe(true);
    expect(isWorn(mine, rosy, tools, everyone, ["makeup"])).toBe(false);
  });

  it("is for everyone, or for one person only", () => {
    const own = of([lipstick, 5], [lipstick, 50, anna]);
    const all = withPreset(own, rosy, tools, everyone, ["makeup"]);
    expect(all.steps.map((s) => s.person)).toEqual([null]);
    const one = withPreset(of([lipstick, 5]), rosy, tools, anna, ["makeup"]);
    expect(valueOf(one, lipstick, amount, anna)).toBe(30);
    expect(valueOf(one, lipstick, amount, everyone)).toBe(5);
    const none = withPreset(of([lipstick, 5]), EMPTY, tools, anna, ["makeup"]);
    expect(valueOf(none, lipstick, amount, anna)).toBe(0);
    expect(isWorn(none, EMPTY, tools, anna, ["makeup"])).toBe(true);
  });

  it("stops at the natural lock, and leaves marks, people and locks to the photo", () => {
    const flips = [{ x: 0.5, y: 0.5, action: "keep" as const }];
    const mine = withExcluded({ ...EMPTY, flips }, "ben", true);
    const free = { ...of([lipstick, 90]), locks: { ...EMPTY.locks, natural: false } };
    const worn = withPreset(mine, free, tools, everyone, ["makeup"]);
    expect(worn).toMatchObject({ flips, excluded: ["ben"], locks: EMPTY.locks });
    expect(worn.steps[0]?.edit["amount"]).toBe(60);
  });
});

describe("an own preset", () => {
  const stroke = (space: "face" | "photo"): Stroke => ({
    mode: "add", points: [[0, 0]], size: 0.1, feather: 0.5, strength: 1, edge: false, space,
  });
  const painted = (recipe: Recipe, on: Tool, strokes: Stroke[]) =>
    changed(recipe, tools, on, everyone, (step) => ({ ...step, mask: { base: "empty", strokes, bitmap: null } }));

  it("leaves out people, marks and places of this photo", () => {
    let recipe = withExcluded(of([smooth, 20], [lipstick, 50, anna]), "ben", true);
    recipe = { ...recipe, flips: [{ x: 0.5, y: 0.5, action: "heal" }] };
    recipe = painted(painted(recipe, dodge, [stroke("photo")]), smooth, [stroke("photo"), stroke("face")]);
    const kept = withoutThisPhoto(recipe, tools);
    expect(kept.excluded).toEqual([]);
    expect(kept.flips).toEqual([]);
    expect(kept.steps.map((s) => s.edit.op)).toEqual(["smooth"]);
    expect(kept.steps[0]?.mask?.strokes.map((s) => s.space)).toEqual(["face"]);
  });
});
