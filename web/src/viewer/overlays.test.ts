import { describe, expect, it } from "vitest";
import { radiusOf } from "@/viewer/overlays";

const spot = { id: "a", x: 0, y: 0, radius: 2, kind: "brown", confidence: 1 };
const state = { dpr: 1, viewport: { scale: 0.2, cx: 0, cy: 0, fit: true }, hoverSpot: null };

describe("the ring of a mark", () => {
  it("is large enough to see for a mark that is healed, decided by hand or pointed at", () => {
    const kept = { spot, healed: false, flipped: false, suggested: false };
    for (const [mark, hoverSpot] of [
      [{ ...kept, healed: true }, null],
      [{ ...kept, flipped: true }, null],
      [kept, "a"],
    ] as const) {
      expect(radiusOf({ ...state, hoverSpot }, mark)).toBe(5.5);
    }
  });

  it("is a dot for a kept mark of a small face, and grows with the zoom", () => {
    const kept = { spot, healed: false, flipped: false, suggested: false };
    expect(radiusOf(state, kept)).toBeLessThan(2);
    expect(radiusOf({ ...state, viewport: { ...state.viewport, scale: 4 } }, kept)).toBeCloseTo(11.2);
  });
});
