import { describe, expect, it } from "vitest";
import { radiusOf } from "@/tools/marks/rings";

const spot = { id: "a", x: 0, y: 0, radius: 2, kind: "brown", confidence: 1, doubt: null, post_acne: false } as const;
const state = { dpr: 1, viewport: { scale: 0.2, cx: 0, cy: 0, fit: true } };

describe("the ring of a mark", () => {
  it("is large enough to see for a mark that is healed, decided by hand or pointed at", () => {
    const kept = { spot, healed: false, flipped: false, suggested: false };
    for (const [mark, pointed] of [
      [{ ...kept, healed: true }, false],
      [{ ...kept, flipped: true }, false],
      [kept, true],
    ] as const) {
      expect(radiusOf(state, mark, pointed)).toBe(5.5);
    }
  });

  it("is a dot for a kept mark of a small face, and grows with the zoom", () => {
    const kept = { spot, healed: false, flipped: false, suggested: false };
    expect(radiusOf(state, kept, false)).toBeLessThan(2);
    expect(radiusOf({ ...state, viewport: { ...state.viewport, scale: 4 } }, kept, false)).toBeCloseTo(11.2);
  });
});
