import { describe, expect, it } from "vitest";
import type { Point } from "@/api/types";
import { curveAt, withNewPoint, withPoint, withoutPoint } from "@/panels/curve";

const POINTS: Point[] = [[0, 0], [0.25, 0.15], [0.3, 0.6], [1, 1]];

describe("a curve", () => {
  it("goes through its points and keeps order", () => {
    for (const [x, y] of POINTS) expect(curveAt(POINTS, x)).toBeCloseTo(y, 9);
    const values = Array.from({ length: 1001 }, (_, k) => curveAt(POINTS, k / 1000));
    values.slice(1).forEach((value, k) => expect(value).toBeGreaterThanOrEqual((values[k] ?? 0) - 1e-9));
  });

  it("is the straight line between two corners", () => {
    expect(curveAt([[0, 0], [1, 1]], 0.37)).toBeCloseTo(0.37, 9);
  });

  it("keeps points in order, in the frame, and its ends", () => {
    expect(withPoint(POINTS, 1, [0.9, 2])[1]).toEqual([0.29, 1]);
    expect(withNewPoint(POINTS, [0.5, 0.7])).toMatchObject({ number: 3 });
    expect(withNewPoint(POINTS, [0.26, 0.7])).toBeNull();
    expect(withoutPoint(POINTS, 0)).toBe(POINTS);
    expect(withoutPoint(POINTS, 2)).toHaveLength(3);
  });
});
