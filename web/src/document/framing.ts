/** What part of the photo a finished picture keeps, and how it is turned: a map both ways. */

import type { Affine } from "@/api/types";
import { type Point, type Size, after, inverse, moved } from "@/document/affine";

export type Framing = {
  /** Of the finished picture. */
  size: Size;
  /** Of the photo. */
  source: Size;
  /** Points of the finished picture to points of the photo; lengths stay. */
  toSource: Affine;
  fromSource: Affine;
};

export const SAME: Affine = [
  [1, 0, 0],
  [0, 1, 0],
];

export function framing(size: Size, source: Size, toSource: Affine): Framing {
  return { size, source, toSource, fromSource: inverse(toSource) };
}

/** The frame that keeps everything as it is. */
export function whole(size: Size): Framing {
  return framing(size, size, SAME);
}

/** The frame of what `next` cuts out of the finished picture of `first`. */
export function framedAfter(next: Framing, first: Framing): Framing {
  return framing(next.size, first.source, after(first.toSource, next.toSource));
}

export function sameFraming(a: Framing, b: Framing): boolean {
  return a === b || (sameSize(a.size, b.size) && sameSize(a.source, b.source) && sameMap(a.toSource, b.toSource));
}

export function keepsAll(frame: Framing): boolean {
  return sameFraming(frame, whole(frame.source));
}

function sameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}

function sameMap(a: Affine, b: Affine): boolean {
  return a.every((row, k) => row.every((value, l) => value === b[k]?.[l]));
}

/** Whether a point of the photo is seen in the finished picture. */
export function isKept(frame: Framing, point: Point): boolean {
  const { x, y } = moved(frame.fromSource, point);
  return x >= 0 && y >= 0 && x <= frame.size.width && y <= frame.size.height;
}
