import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Affine, Face } from "@/api/types";
import type { Point } from "@/canvas/viewport";
import { inverse, moved, scaleOf } from "@/document/affine";
import { isOn, linesOf, simplified, toSegment, toStroke } from "@/tools/brush/strokes";

const photo = { width: 4000, height: 3000 };

/** A face of this width around a center, turned by an angle. */
function face(width: number, center: Point, angle: number): Pick<Face, "to_face"> {
  const [cos, sin] = [Math.cos(angle) / width, Math.sin(angle) / width];
  const to_face: Affine = [
    [cos, sin, -cos * center.x - sin * center.y],
    [-sin, cos, sin * center.x - cos * center.y],
  ];
  return { to_face };
}

const anna = face(900, { x: 1500, y: 1200 }, 0.3);
const ben = face(400, { x: 3000, y: 900 }, -0.1);
const settings = { mode: "add", feather: 0.5, strength: 1, edge: false } as const;

const places = fc.record({ x: fc.double({ min: 0, max: 4000, noNaN: true }), y: fc.double({ min: 0, max: 3000, noNaN: true }) });
const hands = fc.array(places, { minLength: 1, maxLength: 60 });

describe("thinning", () => {
  it("keeps both ends, and every point close to the new line", () => {
    fc.assert(
      fc.property(hands, fc.double({ min: 0.1, max: 50, noNaN: true }), (points, tolerance) => {
        const thin = simplified(points, tolerance);
        expect(thin[0]).toBe(points[0]);
        expect(thin.at(-1)).toBe(points.at(-1));
        for (const point of points) {
          const near = thin.slice(1).map((b, k) => toSegment(point, thin[k] ?? b, b));
          expect(Math.min(...near, thin.length === 1 ? 0 : Infinity)).toBeLessThanOrEqual(tolerance + 1e-9);
        }
      }),
    );
  });

  it("makes two points of a straight line and keeps corners", () => {
    const line = Array.from({ length: 100 }, (_, x) => ({ x, y: 2 * x }));
    expect(simplified(line, 0.3)).toHaveLength(2);
    const corner = [...line, ...line.map(({ x, y }) => ({ x: 99 + x, y: 198 - y }))];
    expect(simplified(corner, 0.3)).toHaveLength(3);
  });

  it("holds the server's limit of points", () => {
    const zigzag = Array.from({ length: 9000 }, (_, x) => ({ x: x / 3, y: x % 2 === 0 ? 0 : 3 }));
    const stroke = toStroke({ points: zigzag, size: 20, tolerance: 0.3 }, settings, photo, null);
    expect(stroke.points.length).toBeLessThanOrEqual(4000);
  });
});

describe("units", () => {
  it("of the photo are shares of width, height and the longer side", () => {
    const stroke = toStroke({ points: [{ x: 1000, y: 1500 }], size: 40, tolerance: 1 }, settings, photo, null);
    expect(stroke).toMatchObject({ space: "photo", points: [[0.25, 0.5]], size: 0.01 });
  });

  it("of a face have their origin in its center and 1 is its width", () => {
    const stroke = toStroke({ points: [{ x: 1500, y: 1200 }], size: 90, tolerance: 1 }, settings, photo, anna);
    expect(stroke.space).toBe("face");
    expect(stroke.points[0]?.[0]).toBeCloseTo(0);
    expect(stroke.points[0]?.[1]).toBeCloseTo(0);
    expect(stroke.size).toBeCloseTo(0.1);
  });

  it("lead back to the same place, on the photo and on every face", () => {
    fc.assert(
      fc.property(places, fc.constantFrom(null, anna, ben), (point, on) => {
        const stroke = toStroke({ points: [point], size: 50, tolerance: 1 }, settings, photo, on);
        const [line] = linesOf(stroke, photo, on ? [on] : [anna, ben]);
        expect(line?.points[0]?.x).toBeCloseTo(point.x, 1);
        expect(line?.points[0]?.y).toBeCloseTo(point.y, 1);
        expect(line?.size).toBeCloseTo(50, 1);
      }),
    );
  });

  it("of a face mean the same place on each face", () => {
    const stroke = toStroke({ points: [{ x: 1500, y: 1200 }], size: 90, tolerance: 1 }, settings, photo, anna);
    const lines = linesOf(stroke, photo, [anna, ben]);
    expect(lines.map((line) => Math.round(line.size))).toEqual([90, 40]);
    expect(lines[1]?.points[0]?.x).toBeCloseTo(3000);
  });

  it("turn round without loss", () => {
    fc.assert(
      fc.property(places, (point) => {
        const matrix = anna.to_face;
        const back = moved(inverse(matrix), moved(matrix, point));
        expect(back.x).toBeCloseTo(point.x, 6);
        expect(back.y).toBeCloseTo(point.y, 6);
        expect(scaleOf(matrix)).toBeCloseTo(1 / 900);
      }),
    );
  });
});

describe("where a stroke begins", () => {
  it("is on a face within its oval only", () => {
    expect(isOn(anna, { x: 1500, y: 1200 })).toBe(true);
    expect(isOn(anna, { x: 1500 + 900, y: 1200 })).toBe(false);
  });
});
