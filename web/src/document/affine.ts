/** Points, and maps of the plane. */

import type { Affine } from "@/api/types";

export type Point = { x: number; y: number };
export type Size = { width: number; height: number };
/** Left, top, width and height. */
export type Region = readonly [number, number, number, number];

export function moved([[a, b, c], [d, e, f]]: Affine, { x, y }: Point): Point {
  return { x: a * x + b * y + c, y: d * x + e * y + f };
}

export function inverse([[a, b, c], [d, e, f]]: Affine): Affine {
  const area = a * e - b * d;
  return [
    [e / area, -b / area, (b * f - c * e) / area],
    [-d / area, a / area, (c * d - a * f) / area],
  ];
}

/** The map that does `first` and then `next`. */
export function after([[a, b, c], [d, e, f]]: Affine, [[g, h, i], [j, k, l]]: Affine): Affine {
  return [
    [a * g + b * j, a * h + b * k, a * i + b * l + c],
    [d * g + e * j, d * h + e * k, d * i + e * l + f],
  ];
}

/** How much longer lengths become; nothing here is stretched. */
export function scaleOf([[a, b], [d, e]]: Affine): number {
  return Math.sqrt(Math.abs(a * e - b * d));
}

/** The region around a region that was moved. */
export function regionMoved(map: Affine, [x, y, w, h]: Region): Region {
  const corners = [
    { x, y },
    { x: x + w, y },
    { x, y: y + h },
    { x: x + w, y: y + h },
  ].map((corner) => moved(map, corner));
  return around(corners);
}

export function around(points: readonly Point[]): Region {
  const [xs, ys] = [points.map((point) => point.x), points.map((point) => point.y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return [left, top, Math.max(...xs) - left, Math.max(...ys) - top];
}
