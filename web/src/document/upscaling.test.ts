import { describe, expect, it } from "vitest";
import type { Recipe } from "@/api/types";
import { deliveredSize, isUpscaled, upscaleOf, withUpscale } from "@/document/upscaling";

const NOTHING = { amount: 0, width: 0, height: 0, print_width: 0, print_height: 0, dpi: 300, texture: 65 };
const recipe = { steps: [] as Recipe["steps"] } as Recipe;
const now = { width: 3000, height: 4000 };

describe("a size", () => {
  it("is worked out as the engine does", () => {
    const size = (part: object) => deliveredSize(withUpscale(recipe, { ...NOTHING, ...part }), now);
    expect(size({ amount: 100 })).toEqual({ width: 6000, height: 8000 });
    expect(size({ width: 4500 })).toEqual({ width: 4500, height: 6000 });
    expect(size({ width: 9000, height: 6000 })).toEqual({ width: 4500, height: 6000 });
    expect(size({ print_width: 30, print_height: 40 })).toEqual({ width: 3543, height: 4724 });
  });

  it("of the photo itself is no step", () => {
    const twice = withUpscale(recipe, { ...NOTHING, amount: 100 });
    expect([isUpscaled(recipe), isUpscaled(twice)]).toEqual([false, true]);
    expect(upscaleOf(twice).amount).toBe(100);
    expect(withUpscale(twice, NOTHING).steps).toEqual([]);
  });
});
