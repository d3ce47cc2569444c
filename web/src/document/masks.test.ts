import { describe, expect, it } from "vitest";
import type { SliderControl, Tool } from "@/api/catalogue";
import type { Stroke } from "@/api/types";
import { strokesOf, withStroke, withoutStrokes } from "@/document/masks";
import { EMPTY, type Where, valueOf, withValue } from "@/document/recipe";

const amount: SliderControl = {
  kind: "slider", field: "amount", label: "Amount", help: "",
  min: 0, max: 100, step: 1, default: 0, natural: 0, cap: 40, floor: 0,
};

function tool(op: string, panel: string, controls = [amount]): Tool {
  return { op, version: 1, panel, group: "G", label: op, summary: "", areas: ["face"], whole: false, learnt: false, controls };
}

const smooth = tool("smooth", "face");
const dodge = tool("dodge", "brush");
const restore = tool("restore", "brush", []);
const tools = [smooth, dodge, restore];
const everyone: Where = { area: "face", person: null };
const anna: Where = { area: "face", person: "anna" };

const stroke = (x: number): Stroke => ({
  mode: "add", points: [[x, 0]], size: 0.1, feather: 0.5, strength: 1, edge: false, space: "photo",
});

describe("a brush tool", () => {
  it("starts from nothing, with an amount that shows and no more than its stop", () => {
    const recipe = withStroke(EMPTY, tools, dodge, everyone, stroke(0));
    expect(recipe.steps[0]).toMatchObject({ edit: { op: "dodge", amount: 40 }, mask: { base: "empty" } });
  });

  it("keeps an amount that was set before", () => {
    const set = withValue(EMPTY, tools, dodge, amount, 12, everyone);
    expect(valueOf(withStroke(set, tools, dodge, everyone, stroke(0)), dodge, amount, everyone)).toBe(12);
  });

  it("works wherever it is painted, whoever is chosen", () => {
    const recipe = withStroke(EMPTY, tools, restore, anna, stroke(0));
    expect(recipe.steps.map((s) => s.person)).toEqual([null]);
    expect(strokesOf(recipe, restore, anna)).toHaveLength(1);
  });

  it("is gone with its last stroke", () => {
    const two = withStroke(withStroke(EMPTY, tools, dodge, everyone, stroke(0)), tools, dodge, everyone, stroke(1));
    const one = withoutStrokes(two, tools, dodge, everyone, (_s, k) => k === 0);
    expect(strokesOf(one, dodge, everyone)).toEqual([stroke(1)]);
    expect(withoutStrokes(one, tools, dodge, everyone, () => true)).toEqual(EMPTY);
  });
});

describe("another tool", () => {
  const all = withValue(EMPTY, tools, smooth, amount, 20, everyone);

  it("keeps its own region, and its amount", () => {
    const recipe = withStroke(all, tools, smooth, everyone, stroke(0));
    expect(recipe.steps).toMatchObject([{ edit: { amount: 20 }, mask: { base: "auto", strokes: [stroke(0)] } }]);
    expect(withoutStrokes(recipe, tools, smooth, everyone, () => true)).toMatchObject({ steps: [{ mask: null }] });
  });

  it("is painted for the chosen person alone", () => {
    const recipe = withStroke(all, tools, smooth, anna, stroke(0));
    expect(recipe.steps.map((s) => [s.person, s.mask?.strokes.length ?? 0])).toEqual([[null, 0], ["anna", 1]]);
  });

  it("keeps an imported mask when strokes go", () => {
    const mask = { base: "auto" as const, strokes: [stroke(0)], bitmap: "AAAA" };
    const recipe = { ...all, steps: all.steps.map((step) => ({ ...step, mask })) };
    const bare = withoutStrokes(recipe, tools, smooth, everyone, () => true);
    expect(bare.steps[0]?.mask).toEqual({ base: "auto", strokes: [], bitmap: "AAAA" });
  });
});
