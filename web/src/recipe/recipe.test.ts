import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CatalogueReply, Recipe } from "@/api/types";
import { readCatalogue } from "@/catalogue/catalogue";
import * as r from "@/recipe/recipe";

const slider = (extra: object) => ({ type: "number", minimum: 0, maximum: 100, default: 0, ...extra });

const reply: CatalogueReply = {
  ops: [
    {
      op: "smooth", kind: "paint", panel: "face", group: "Skin", label: "Smoothing", summary: "",
      areas: ["face", "neck"], needs: [], version: 1,
      schema: {
        properties: {
          op: { const: "smooth" },
          version: { const: 1 },
          amount: slider({ natural: 30, cap: 60, floor: -100 }),
          texture: slider({ default: 100, natural: 90, cap: 100, floor: 70 }),
          keep: { type: "boolean", default: true },
        },
      },
    },
    {
      op: "warmth", kind: "paint", panel: "face", group: "Skin", label: "Warmth", summary: "",
      areas: ["face"], needs: [], version: 1,
      schema: { properties: { amount: slider({ minimum: -100, natural: 0, cap: 30, floor: -30 }) } },
    },
  ],
  panels: [
    { name: "face", label: "Face", groups: ["Skin"] },
    { name: "makeup", label: "Makeup", groups: [] },
  ],
};

const { tools, panels } = readCatalogue(reply);
const [smooth, warmth] = tools;
if (!smooth || !warmth) throw new Error("The catalogue of this test has two tools.");
const [amount, texture] = smooth.controls;
const [warm] = warmth.controls;
if (!amount || !texture || !warm) throw new Error("The tools of this test have sliders.");

const people = ["anna", "ben"];
const everyone: r.Where = { area: "face", person: null, people };
const anna: r.Where = { ...everyone, person: "anna" };
const ben: r.Where = { ...everyone, person: "ben" };

describe("the catalogue", () => {
  it("leaves op and version out of the controls and panels without tools out of the tabs", () => {
    expect(smooth.controls.map((c) => c.field)).toEqual(["amount", "texture", "keep"]);
    expect(panels.map((p) => p.name)).toEqual(["face"]);
    expect(panels[0]?.areas).toEqual(["face", "neck"]);
  });

  it("keeps stops within the slider", () => {
    expect(amount).toMatchObject({ min: 0, cap: 60, floor: 0 });
    expect(warm).toMatchObject({ min: -100, cap: 30, floor: -30 });
  });
});

describe("setting values", () => {
  it("keeps steps in the catalogue's order, whatever was moved first", () => {
    let recipe = r.withValue(r.EMPTY, tools, warmth, warm, 5, everyone);
    recipe = r.withValue(recipe, tools, smooth, amount, 20, everyone);
    expect(recipe.steps.map((s) => s.edit.op)).toEqual(["smooth", "warmth"]);
  });

  it("leaves no step behind when everything is back at its default", () => {
    const there = r.withValue(r.EMPTY, tools, smooth, amount, 20, everyone);
    expect(r.withValue(there, tools, smooth, amount, 0, everyone)).toEqual(r.EMPTY);
  });

  it("keeps the values of a hidden tool", () => {
    const there = r.withValue(r.EMPTY, tools, smooth, amount, 20, everyone);
    const hidden = r.withShown(there, tools, smooth, false, everyone);
    expect(hidden.steps[0]?.opacity).toBe(0);
    expect(r.withShown(hidden, tools, smooth, true, everyone)).toEqual(there);
  });

  it("gives each area a step of its own; a tool without the area works in its first", () => {
    const neck = { ...everyone, area: "neck" as const };
    let recipe = r.withValue(r.EMPTY, tools, smooth, amount, 20, everyone);
    recipe = r.withValue(recipe, tools, smooth, amount, 10, neck);
    expect(recipe.steps.map((s) => s.area)).toEqual(["face", "neck"]);
    expect(r.withValue(recipe, tools, warmth, warm, 5, neck).steps.at(-1)?.area).toBe("face");
  });
});

describe("people", () => {
  it("never have a step for everyone beside one of their own", () => {
    const all = r.withValue(r.EMPTY, tools, smooth, amount, 20, everyone);
    const recipe = r.withValue(all, tools, smooth, amount, 40, anna);
    expect(recipe.steps.map((s) => s.person)).toEqual(["anna", "ben"]);
    expect(r.valueOf(recipe, smooth, amount, anna)).toBe(40);
    expect(r.valueOf(recipe, smooth, amount, ben)).toBe(20);
    expect(r.isMixed(recipe, smooth, amount, everyone)).toBe(true);
    expect(r.isMixed(recipe, smooth, texture, everyone)).toBe(false);
  });

  it("are one again when the slider is set for everyone", () => {
    const all = r.withValue(r.EMPTY, tools, smooth, amount, 20, everyone);
    const recipe = r.withValue(all, tools, smooth, amount, 40, anna);
    const again = r.withValue(recipe, tools, smooth, amount, 25, everyone);
    expect(again.steps).toHaveLength(1);
    expect(again.steps[0]).toMatchObject({ person: null, edit: { amount: 25 } });
  });

  it("keep what else is theirs when everyone's slider moves", () => {
    const all = r.withValue(r.EMPTY, tools, smooth, amount, 20, everyone);
    const own = r.withValue(all, tools, smooth, texture, 80, ben);
    const recipe = r.withValue(own, tools, smooth, amount, 25, everyone);
    expect(r.valueOf(recipe, smooth, texture, ben)).toBe(80);
    expect(r.valueOf(recipe, smooth, amount, ben)).toBe(25);
    expect(r.valueOf(recipe, smooth, texture, anna)).toBe(100);
  });

  it("can be reset alone", () => {
    const all = r.withValue(r.EMPTY, tools, smooth, amount, 20, everyone);
    const recipe = r.withoutTools(all, tools, [smooth], anna);
    expect(recipe.steps.map((s) => s.person)).toEqual(["ben"]);
  });

  it("read back what was set, in any order of moves", () => {
    const places = fc.constantFrom(everyone, anna, ben);
    fc.assert(
      fc.property(fc.array(fc.tuple(places, fc.integer({ min: 0, max: 100 }))), (moves) => {
        const wanted: Record<string, number> = { anna: 0, ben: 0 };
        let recipe: Recipe = r.EMPTY;
        for (const [where, value] of moves) {
          recipe = r.withValue(recipe, tools, smooth, amount, value, where);
          for (const person of where.person === null ? people : [where.person]) wanted[person] = value;
        }
        expect(r.valueOf(recipe, smooth, amount, anna)).toBe(wanted["anna"]);
        expect(r.valueOf(recipe, smooth, amount, ben)).toBe(wanted["ben"]);
        const kinds = new Set(recipe.steps.map((s) => s.person === null));
        expect(kinds.size).toBeLessThan(2);
      }),
    );
  });
});

describe("the natural lock", () => {
  it("stops sliders upward and downward, and not when it is off", () => {
    expect(r.stopped(amount, 80, true)).toBe(60);
    expect(r.stopped(texture, 50, true)).toBe(70);
    expect(r.stopped(warm, -90, true)).toBe(-30);
    expect(r.stopped(amount, 80, false)).toBe(80);
  });

  it("brings values back under their stops when it is turned on", () => {
    const free = r.withLock(r.EMPTY, tools, "natural", false);
    const high = r.withValue(free, tools, smooth, amount, 90, everyone);
    expect(r.withLock(high, tools, "natural", true).steps[0]?.edit["amount"]).toBe(60);
  });

  it("holds for presets; locks and flips stay the photo's own", () => {
    const flips = [{ x: 0.5, y: 0.5, action: "keep" as const }];
    const mine = { ...r.EMPTY, flips };
    const preset = r.withValue(r.EMPTY, tools, smooth, amount, 90, everyone);
    const worn = r.withPreset(mine, preset, tools);
    expect(worn.flips).toBe(flips);
    expect(worn.steps[0]?.edit["amount"]).toBe(60);
  });
});

describe("amounts", () => {
  it("are named only where a panel is faded", () => {
    const half = r.withAmount(r.EMPTY, "face", 50);
    expect(half.amounts).toEqual({ face: 50 });
    expect(r.withAmount(half, "face", 100).amounts).toEqual({});
  });
});
