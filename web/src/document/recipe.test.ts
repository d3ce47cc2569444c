import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCatalogue } from "@/api/catalogue";
import type { CatalogueReply, Recipe } from "@/api/types";
import * as r from "@/document/recipe";

const slider = (extra: object) => ({ type: "number", minimum: 0, maximum: 100, default: 0, ...extra });

const reply: CatalogueReply = {
  formats: [],
  exports: [],
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
    {
      op: "relight", kind: "paint", panel: "face", group: "Light", label: "Relight", summary: "",
      areas: ["face"], needs: [], version: 1,
      schema: { properties: { amount: slider({ natural: 0 }), softness: slider({ default: 60, natural: 0 }) } },
    },
  ],
  panels: [
    { name: "face", label: "Face", groups: ["Skin"] },
    { name: "makeup", label: "Makeup", groups: [] },
  ],
};

const { tools, panels } = readCatalogue(reply);
const [smooth, warmth] = tools;
if (!smooth || !warmth) throw new Error("The catalogue of this test has three tools.");
const [amount, texture] = smooth.controls;
const [warm] = warmth.controls;
if (!amount || !texture || !warm) throw new Error("The tools of this test have sliders.");

const everyone: r.Where = { area: "face", person: null };
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

describe("Natural", () => {
  it("leaves a tool that it does not use as it opens", () => {
    const recipe = r.withNatural(r.EMPTY, tools, tools, everyone);
    const step = (op: string) => recipe.steps.find((one) => one.edit.op === op);
    expect(step("smooth")?.edit).toMatchObject({ amount: 30, texture: 90 });
    expect(step("relight")?.edit["softness"] ?? 60).toBe(60);
  });
});

describe("people", () => {
  const all = r.withValue(r.EMPTY, tools, smooth, amount, 20, everyone);
  const own = r.withValue(all, tools, smooth, amount, 40, anna);

  it("have everyone's values until they have own ones", () => {
    expect(r.valueOf(all, smooth, amount, anna)).toBe(20);
    expect(r.hasOwn(all, smooth, anna)).toBe(false);
    expect(own.steps.map((s) => s.person)).toEqual([null, "anna"]);
    expect(r.valueOf(own, smooth, amount, anna)).toBe(40);
    expect(r.valueOf(own, smooth, amount, ben)).toBe(20);
    expect(r.hasOwn(own, smooth, anna)).toBe(true);
    expect(r.ownersOf(own, smooth, everyone)).toEqual(["anna"]);
  });

  it("keep their own values when everyone's slider moves, also where theirs is nothing", () => {
    const none = r.withValue(all, tools, smooth, amount, 0, ben);
    expect(none.steps.map((s) => s.edit["amount"])).toEqual([20, 0]);
    const more = r.withValue(none, tools, smooth, amount, 35, everyone);
    expect(r.valueOf(more, smooth, amount, ben)).toBe(0);
    expect(r.valueOf(more, smooth, amount, anna)).toBe(35);
  });

  it("are like everyone again when nothing of theirs differs, or when told so", () => {
    expect(r.withValue(own, tools, smooth, amount, 20, anna)).toEqual(all);
    expect(r.withoutOwn(own, tools, "anna")).toEqual(all);
    expect(r.withoutOwn(own, [warmth], "anna")).toEqual(own);
  });

  it("leave nothing behind that says nothing", () => {
    const alone = r.withValue(r.EMPTY, tools, smooth, amount, 20, anna);
    expect(alone.steps.map((s) => s.person)).toEqual(["anna"]);
    expect(r.withValue(alone, tools, smooth, amount, 0, anna)).toEqual(r.EMPTY);
  });

  it("can be left alone, and be taken in again", () => {
    const left = r.withExcluded(r.withExcluded(r.EMPTY, "ben", true), "anna", true);
    expect(left.excluded).toEqual(["ben", "anna"]);
    expect(r.isExcluded(left, "ben")).toBe(true);
    expect(r.withExcluded(r.withExcluded(left, "ben", false), "anna", false)).toEqual(r.EMPTY);
  });

  it("read back what was set, in any order of moves", () => {
    const places = fc.constantFrom(everyone, anna, ben);
    fc.assert(
      fc.property(fc.array(fc.tuple(places, fc.integer({ min: 0, max: 100 }))), (moves) => {
        let recipe: Recipe = r.EMPTY;
        for (const [where, value] of moves) {
          const before = [anna, ben].map((p) => [p, r.valueOf(recipe, smooth, amount, p), r.hasOwn(recipe, smooth, p)] as const);
          recipe = r.withValue(recipe, tools, smooth, amount, value, where);
          expect(r.valueOf(recipe, smooth, amount, where)).toBe(value);
          for (const [person, old, owned] of before) {
            const follows = where.person === null && !owned;
            if (!follows && where.person !== person.person) {
              expect(r.valueOf(recipe, smooth, amount, person)).toBe(old);
            }
          }
          const keys = recipe.steps.map((s) => `${s.edit.op} ${s.area} ${s.person}`);
          expect(new Set(keys).size).toBe(keys.length);
        }
      }),
    );
  });
});

describe("strokes", () => {
  const stroke = {
    mode: "remove", points: [[0, 0]], size: 0.1, feather: 0.5, strength: 1, edge: false, space: "face",
  } as const;
  const masked = r.changed(r.EMPTY, tools, smooth, everyone, (step) => ({
    ...step,
    mask: { base: "auto", bitmap: null, strokes: [{ ...stroke, points: [[0, 0]] }] },
  }));

  it("keep a step that does nothing yet", () => {
    expect(masked.steps).toHaveLength(1);
    expect(r.withValue(masked, tools, smooth, amount, 0, everyone).steps[0]?.mask?.strokes).toHaveLength(1);
  });

  it("make a person's step another one than everyone's", () => {
    const own = r.changed(masked, tools, smooth, anna, (step) => ({ ...step, mask: null }));
    expect(own.steps.map((s) => s.person)).toEqual([null, "anna"]);
  });

  it("go with the tool's reset", () => {
    expect(r.withoutTools(masked, tools, [smooth], everyone)).toEqual(r.EMPTY);
  });
});

describe("equal recipes", () => {
  it("name people in any order, and differ by people and locks", () => {
    const both = { ...r.EMPTY, excluded: ["anna", "ben"] };
    expect(r.sameRecipe(both, { ...r.EMPTY, excluded: ["ben", "anna"] })).toBe(true);
    expect(r.sameRecipe(both, r.EMPTY)).toBe(false);
    expect(r.sameRecipe({ ...r.EMPTY, locks: { ...r.EMPTY.locks, identity: false } }, r.EMPTY)).toBe(false);
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
});

describe("amounts", () => {
  it("are named only where a panel is faded", () => {
    const half = r.withAmount(r.EMPTY, "face", 50);
    expect(half.amounts).toEqual({ face: 50 });
    expect(r.withAmount(half, "face", 100).amounts).toEqual({});
  });
});

describe("names", () => {
  it("belong to people and are a change like others", () => {
    const named = r.withName(r.withName(r.EMPTY, "anna", "Anna"), "ben", "Ben");
    expect(named.names).toEqual({ anna: "Anna", ben: "Ben" });
    expect(r.sameRecipe(named, r.withName(r.withName(r.EMPTY, "ben", "Ben"), "anna", "Anna"))).toBe(true);
    expect(r.sameRecipe(named, r.EMPTY)).toBe(false);
    const none = r.withName(r.withName(named, "anna", ""), "ben", "");
    expect(r.sameRecipe(none, r.EMPTY)).toBe(true);
  });
});

describe("faces in doubt", () => {
  const dog = { key: "dog", verdict: "not_human" } as const;
  const ana = { key: "ana", verdict: "face" } as const;

  it("are left alone until somebody asks for them, and again when nobody does", () => {
    expect(r.isLeft(r.EMPTY, dog)).toBe(true);
    expect(r.isLeft(r.EMPTY, ana)).toBe(false);
    const asked = r.withIncluded(r.EMPTY, "dog", true);
    expect(r.isLeft(asked, dog)).toBe(false);
    expect(r.withIncluded(asked, "dog", false)).toEqual(r.EMPTY);
    expect(r.isLeft(r.withExcluded(asked, "dog", true), dog)).toBe(true);
  });

  it("make recipes that differ from those without them", () => {
    expect(r.sameRecipe(r.EMPTY, { ...r.EMPTY, included: [] })).toBe(true);
    expect(r.sameRecipe(r.EMPTY, r.withIncluded(r.EMPTY, "dog", true))).toBe(false);
  });
});
