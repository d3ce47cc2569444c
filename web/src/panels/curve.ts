/** A smooth curve through points that keeps their order, as the engine draws it (Fritsch & Carlson 1980). */

import type { Point } from "@/api/types";

/** The closest that two points may come along x. */
const CLOSEST = 0.01;
export const MOST_POINTS = 16;

function tangents(points: Point[]): number[] {
  const steps = points.slice(1).map(([x, y], k) => (y - at(points, k)[1]) / (x - at(points, k)[0]));
  const slopes = points.map((_, k) => ((steps[k - 1] ?? steps[k] ?? 0) + (steps[k] ?? steps[k - 1] ?? 0)) / 2);
  steps.forEach((step, k) => {
    const ahead = step === 0 ? 0 : Math.max((slopes[k] ?? 0) / step, 0);
    const behind = step === 0 ? 0 : Math.max((slopes[k + 1] ?? 0) / step, 0);
    const limit = Math.min(1, 3 / Math.max(Math.hypot(ahead, behind), 1e-9));
    slopes[k] = limit * ahead * step;
    slopes[k + 1] = limit * behind * step;
  });
  return slopes;
}

function at(points: Point[], k: number): Point {
  return points[k] ?? [0, 0];
}

/** The curve's value at x; before the first and after the last point it stays level. */
export function curveAt(points: Point[], x: number): number {
  const last = points.length - 1;
  const here = Math.min(Math.max(x, at(points, 0)[0]), at(points, last)[0]);
  const next = points.findIndex(([other]) => other > here);
  const k = next < 0 ? last - 1 : next - 1;
  const [[x0, y0], [x1, y1], slopes] = [at(points, k), at(points, k + 1), tangents(points)];
  const wide = x1 - x0;
  const t = (here - x0) / wide;
  const rest = 1 - t;
  const start = (1 + 2 * t) * rest * rest * y0 + t * rest * rest * wide * (slopes[k] ?? 0);
  return start + t * t * (3 - 2 * t) * y1 - t * t * rest * wide * (slopes[k + 1] ?? 0);
}

/** Points with one of them moved as far as its neighbors and the frame let it. */
export function withPoint(points: Point[], k: number, [x, y]: Point): Point[] {
  const low = k === 0 ? 0 : at(points, k - 1)[0] + CLOSEST;
  const high = k === points.length - 1 ? 1 : at(points, k + 1)[0] - CLOSEST;
  const near: Point = [rounded(Math.min(Math.max(x, low), high)), rounded(Math.min(Math.max(y, 0), 1))];
  return points.map((point, index) => (index === k ? near : point));
}

/** Points with a new one, and its number; null where there is no room. */
export function withNewPoint(points: Point[], [x, y]: Point): { points: Point[]; number: number } | null {
  const room = points.every(([other]) => Math.abs(other - x) >= 2 * CLOSEST);
  if (!room || points.length >= MOST_POINTS) return null;
  const all = [...points, [rounded(x), rounded(Math.min(Math.max(y, 0), 1))] as Point].sort((a, b) => a[0] - b[0]);
  return { points: all, number: all.findIndex(([other]) => other === rounded(x)) };
}

/** Points without one of them; the first and the last stay. */
export function withoutPoint(points: Point[], k: number): Point[] {
  return k === 0 || k === points.length - 1 ? points : points.filter((_, index) => index !== k);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
