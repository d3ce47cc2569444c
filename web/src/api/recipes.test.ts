import { describe, expect, it } from "vitest";
import { EMPTY, flat, opened } from "@/api/recipes";

const step = (op: string, person: string | null = null) => ({
  edit: { op, version: 1 }, opacity: 1, area: "face", person, mask: null,
});
const parts = { amounts: { face: 80 }, locks: { natural: true, skin_tone: false } };

describe("a stored recipe", () => {
  it("comes with all steps in the order of work", () => {
    const own = [
      { ...step("dodge"), after: 0 }, { ...step("smooth", "1-2"), after: 1 },
      { ...step("smooth", "3-4"), after: 1 }, { ...step("burn"), after: 2 },
    ];
    const here = { steps: own, flips: [], excluded: ["5-6"], included: [], names: { "1-2": "Anna" } };
    const style = { steps: [step("smooth"), step("lipstick")], ...parts };
    const found = flat({ format: 2, style, here });
    expect(found.steps).toEqual([
      step("dodge"), step("smooth"), step("smooth", "1-2"), step("smooth", "3-4"), step("lipstick"), step("burn"),
    ]);
    expect(found).toMatchObject({ ...parts, flips: [], excluded: ["5-6"], names: { "1-2": "Anna" } });
    expect(Object.keys(found)).not.toContain("format");
  });

  it("of format 1, and one of this window, is as flat as it was, with what an older page left out", () => {
    const { mask, ...short } = step("smooth");
    const older = { format: 1, steps: [short], amounts: { face: 80 }, locks: { natural: false }, flips: [] };
    const locks = { ...EMPTY.locks, natural: false };
    const recipe = { ...EMPTY, steps: [{ ...short, mask }], amounts: { face: 80 }, locks };
    expect(opened({ id: "a", recipe: older })).toEqual({ id: "a", recipe });
    expect(flat(recipe)).toEqual(recipe);
  });
});
