/** Strokes as numbers: thinning, and the way between the photo and a face. Pure functions only. */

import type { Face, Stroke } from "@/api/types";
import { type Point, type Size, inverse, moved, scaleOf } from "@/document/affine";

/** The most points that a stroke may have. */
export const MOST_POINTS = 4000;
/** Where a face lies. */
type Placed = Pick<Face, "to_face">;

/** Half axes of the oval around a face's center in which a stroke begins on it, in face widths. */
const REACH = { x: 0.7, y: 0.95 };
/** Digits kept: a hundredth of a pixel of a large face, and of a large photo. */
const DIGITS = { face: 5, photo: 6 };

/** Leaves out points that lie within `tolerance` of the line without them (Douglas and Peucker, 1973). */
export function simplified(points: readonly Point[], tolerance: number): Point[] {
  const last = points.length - 1;
  if (last < 2) return [...points];
  const kept = new Set([0, last]);
  const open: [number, number][] = [[0, last]];
  for (let span = open.pop(); span; span = open.pop()) {
    const far = farthest(points, span);
    if (far === null || far.distance <= tolerance) continue;
    kept.add(far.index);
    open.push([span[0], far.index], [far.index, span[1]]);
  }
  return points.filter((_point, index) => kept.has(index));
}

function farthest(points: readonly Point[], [from, to]: [number, number]) {
  const [a, b] = [points[from], points[to]];
  if (!a || !b || to - from < 2) return null;
  let found = { index: from, distance: -1 };
  for (let index = from + 1; index < to; index++) {
    const point = points[index];
    const distance = point ? toSegment(point, a, b) : 0;
    if (distance > found.distance) found = { index, distance };
  }
  return found;
}

/** Distance from a point to the segment from `a` to `b`. */
export function toSegment(point: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : ((point.x - a.x) * dx + (point.y - a.y) * dy) / length;
  const t = Math.min(1, Math.max(0, share));
  return Math.hypot(point.x - a.x - t * dx, point.y - a.y - t * dy);
}

/** Whether a point of the photo lies on the face. */
export function isOn(face: Placed, point: Point): boolean {
  const { x, y } = moved(face.to_face, point);
  return Math.hypot(x / REACH.x, y / REACH.y) <= 1;
}

/** Leaves out points that follow too closely on another, until there are at most `most`. */
function atMost(most: number, points: readonly Point[], step: number): readonly Point[] {
  let kept = points;
  for (let apart = 2 * step; kept.length > most; apart *= 2) {
    let last = kept[0];
    const end = kept.length - 1;
    kept = kept.filter((point, index) => {
      const far = !last || Math.hypot(point.x - last.x, point.y - last.y) >= apart;
      if (far) last = point;
      return far || index === 0 || index === end;
    });
  }
  return kept;
}

/** What the brush is set to. */
export type Settings = Pick<Stroke, "mode" | "feather" | "strength" | "edge">;

type Drawn = { points: readonly Point[]; size: number; tolerance: number };

/**
 * A stroke of photo pixels, thinned within `tolerance`, as the recipe keeps it: in the units of
 * `face`, or else of the photo.
 */
export function toStroke(drawn: Drawn, settings: Settings, photo: Size, face: Placed | null): Stroke {
  const { size, tolerance } = drawn;
  const points = atMost(MOST_POINTS, drawn.points, tolerance);
  const common = { mode: settings.mode, feather: settings.feather, strength: settings.strength, edge: settings.edge };
  if (face) {
    const matrix = face.to_face;
    const places = points.map((point) => rounded(moved(matrix, point), DIGITS.face));
    return { ...common, points: places, size: round(size * scaleOf(matrix), DIGITS.face), space: "face" };
  }
  const places = points.map(({ x, y }) => rounded({ x: x / photo.width, y: y / photo.height }, DIGITS.photo));
  const longer = Math.max(photo.width, photo.height);
  return { ...common, points: places, size: round(size / longer, DIGITS.photo), space: "photo" };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function rounded({ x, y }: Point, digits: number): [number, number] {
  return [round(x, digits), round(y, digits)];
}

/** A stroke where it lies: points and diameter in photo pixels. */
export type Line = { points: Point[]; size: number };

/** Where a stroke lies on the photo: once, or once on each face whose units it is in. */
export function linesOf(stroke: Stroke, photo: Size, faces: readonly Placed[]): Line[] {
  const points = stroke.points.map(([x, y]) => ({ x, y }));
  if (stroke.space === "photo") {
    const size = stroke.size * Math.max(photo.width, photo.height);
    return [{ points: points.map(({ x, y }) => ({ x: x * photo.width, y: y * photo.height })), size }];
  }
  return faces.flatMap((face) => {
    const back = inverse(face.to_face);
    return [{ points: points.map((point) => moved(back, point)), size: stroke.size * scaleOf(back) }];
  });
}
