import { describe, expect, it } from "vitest";
import type { Analysis, Recipe } from "@/api/types";
import { EMPTY } from "@/document/recipe";
import { flipped, spotMarks, turnedAll } from "@/tools/marks/spots";

const size = { width: 100, height: 100 };
const spot = { x: 50, y: 50, radius: 4, kind: "red", confidence: 1, post_acne: false } as const;
const analysis = {
  faces: [
    {
      key: "a",
      box: [0, 0, 100, 100],
      confidence: 1,
      spots: [
        { ...spot, id: "plain", doubt: null },
        { ...spot, id: "doubted", x: 20, doubt: "hair" },
        { ...spot, id: "mole", x: 80, kind: "mole", doubt: "edge" },
      ],
    },
  ],
} as unknown as Analysis;

function doubted(recipe: Recipe) {
  const [mark] = spotMarks(analysis, undefined, recipe, size).filter(({ spot: { id } }) => id === "doubted");
  if (!mark) throw new Error("the mark is gone");
  return mark;
}

describe("marks in doubt", () => {
  it("are suggested, and no longer once somebody decided", () => {
    const before = doubted(EMPTY);
    expect(before).toMatchObject({ suggested: true, healed: false });
    const healed = flipped(EMPTY, size, before);
    expect(doubted(healed)).toMatchObject({ suggested: false, healed: true, flipped: true });
    expect(doubted(flipped(healed, size, doubted(healed)))).toMatchObject({ suggested: false, healed: false });
  });

  it("are none that the engine has no doubt about, and no moles", () => {
    const marks = spotMarks(analysis, undefined, EMPTY, size);
    expect(marks.map((mark) => mark.suggested)).toEqual([false, true, false]);
  });
});

describe("all spots at once", () => {
  it("are healed or kept by hand, each as if it had been clicked", () => {
    const marks = (recipe: Recipe) => spotMarks(analysis, undefined, recipe, size);
    const healed = turnedAll(EMPTY, size, marks(EMPTY), true);
    expect(marks(healed).map((mark) => mark.healed)).toEqual([true, true, true]);
    expect(turnedAll(healed, size, marks(healed), true)).toBe(healed);
    const kept = turnedAll(healed, size, marks(healed), false);
    expect(marks(kept).map((mark) => mark.healed)).toEqual([false, false, false]);
    expect(kept.flips).toHaveLength(3);
  });
});
