import { describe, expect, it } from "vitest";
import type { Analysis, Recipe } from "@/api/types";
import { EMPTY } from "@/document/recipe";
import { flipped, spotMarks, turnedAll, withAdded } from "@/tools/marks/spots";

const size = { width: 100, height: 100 };
const spot = { x: 50, y: 50, radius: 4, kind: "red", confidence: 1, post_acne: false } as const;
const analysis = {
  faces: [
    {
      key: "a",
      box: [0, 0, 100, 100],
      confidence: 1,
      skin: { lightness: 60, a: 10, b: 15 },
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

describe("a spot that somebody added", () => {
  const wide = { width: 400, height: 200 };
  const added = withAdded(EMPTY, wide, { x: 30, y: 60, radius: 8 });
  const marks = (recipe: Recipe) => spotMarks(analysis, undefined, recipe, wide);

  it("is kept in shares of the photo, and listed as healed on the face beside it", () => {
    expect(added.flips).toEqual([{ x: 0.075, y: 0.3, action: "heal", radius: 0.02 }]);
    const mark = marks(added).at(-1);
    expect(mark).toMatchObject({ spot: { x: 30, y: 60, radius: 8, kind: "added" }, healed: true });
    expect(mark?.spot.id).toBe("a/added 0");
    expect(marks(added)).toHaveLength(marks(EMPTY).length + 1);
  });

  it("goes again when it is turned over, and decides nothing about the mark that it lies on", () => {
    const onMark = withAdded(added, wide, { x: 50, y: 50, radius: 8 });
    expect(marks(onMark).find(({ spot: { id } }) => id === "plain")?.flipped).toBe(false);
    const mark = marks(onMark).find(({ spot }) => spot.kind === "added" && spot.x === 30);
    expect(mark && flipped(onMark, wide, mark).flips).toEqual([onMark.flips[1]]);
    expect(turnedAll(onMark, wide, marks(onMark), false).flips.some(({ radius }) => radius !== null)).toBe(false);
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
