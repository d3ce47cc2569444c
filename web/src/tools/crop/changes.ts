/** Changes to a crop, as the hand means them: on the picture as it is seen. */

import type { Region, Size } from "@/document/affine";
import {
  type Crop,
  type Edges,
  TURNS,
  WHOLE,
  clamp,
  composes,
  edgesOf,
  hasCut,
  ratioOf,
  turnedFrame,
  turnedHeads,
} from "@/document/crop";
import { drawn, withEdges } from "@/document/cropping";

/** A quarter turn, 1 is clockwise. The cut turns with the picture. */
export function turned(crop: Crop, way: 1 | -1): Crop {
  // In a picture that is mirrored once, turns go the other way round before the mirror.
  const step = crop.mirror === crop.flip ? way : -way;
  const turn = TURNS[(TURNS.indexOf(crop.turn) + step + TURNS.length) % TURNS.length] ?? "0";
  if (!hasCut(crop)) return { ...crop, turn };
  const { left, top, width, height } = crop;
  const cut = way > 0 ? { left: 1 - top - height, top: left } : { left: top, top: 1 - left - width };
  return { ...crop, ...tidy(cut), turn, width: height, height: width, ratio: swappedText(crop.ratio) };
}

export function mirrored(crop: Crop): Crop {
  const left = hasCut(crop) ? 1 - crop.left - crop.width : crop.left;
  return { ...crop, ...tidy({ left }), mirror: !crop.mirror, angle: 0 - crop.angle };
}

export function flippedOver(crop: Crop): Crop {
  const top = hasCut(crop) ? 1 - crop.top - crop.height : crop.top;
  return { ...crop, ...tidy({ top }), flip: !crop.flip, angle: 0 - crop.angle };
}

/** Shares that arithmetic left a hair outside of 0 to 1. */
function tidy<T extends Record<string, number>>(shares: T): T {
  return Object.fromEntries(Object.entries(shares).map(([key, value]) => [key, clamp(value, 0, 1)])) as T;
}

export const STEEPEST = 45;

export function leveled(crop: Crop, angle: number): Crop {
  return { ...crop, angle: clamp(Number(angle.toFixed(2)), -STEEPEST, STEEPEST) };
}

/** Turns so that a line of the screen becomes level, or upright if it is nearer to that. */
export function leveledAlong(crop: Crop, dx: number, dy: number): Crop {
  const lean = (Math.atan2(dy, dx) * 180) / Math.PI;
  return leveled(crop, crop.angle - (lean - 90 * Math.round(lean / 90)));
}

/** Another format. A cut of one's own keeps its middle and its area, and the heads that were in it. */
export function withRatio(crop: Crop, ratio: string, photo: Size, heads: readonly Region[]): Crop {
  const next = { ...crop, ratio };
  if (ratio === "free") return composes(crop) ? { ...drawn(crop, photo, heads), ratio } : next;
  const shape = ratioOf(ratio, turnedFrame(crop, photo).size);
  return hasCut(crop) && shape !== null ? reshaped(next, edgesOf(crop, photo, heads), shape, photo, heads) : next;
}

function reshaped(crop: Crop, old: Edges, shape: number, photo: Size, heads: readonly Region[]): Crop {
  const around = turnedFrame(crop, photo).size;
  const wide = Math.sqrt((old.right - old.left) * (old.bottom - old.top) * shape);
  const width = Math.min(wide, around.width, around.height * shape);
  const kept = turnedHeads(crop, photo, heads).filter((head) => holds(old, head));
  const [left, right] = placed([old.left, old.right], width, around.width, kept.map(([x, , w]) => [x, x + w]));
  const span: [number, number] = [old.top, old.bottom];
  const [top, bottom] = placed(span, width / shape, around.height, kept.map(([, y, , h]) => [y, y + h]));
  return withEdges(crop, { left, top, right, bottom }, around);
}

function holds(edges: Edges, [x, y, w, h]: Region): boolean {
  return x >= edges.left && y >= edges.top && x + w <= edges.right && y + h <= edges.bottom;
}

/** A span of some length with the old one's middle, moved as little as it takes to hold the others. */
function placed(
  [from, to]: [number, number],
  length: number,
  whole: number,
  held: [number, number][],
): [number, number] {
  let start = (from + to - length) / 2;
  const low = Math.min(...held.map(([a]) => a));
  const high = Math.max(...held.map(([, b]) => b));
  if (high - low <= length) start = clamp(start, high - length, low);
  start = clamp(start, 0, whole - length);
  return [start, start + length];
}

export function swappedText(ratio: string): string {
  return ratio.split(":").reverse().join(":");
}

/** Width and height change places. */
export function swapped(crop: Crop, photo: Size, heads: readonly Region[]): Crop {
  const { width, height } = turnedFrame(crop, photo).size;
  if (crop.ratio === "free") {
    const old = edgesOf(crop, photo, heads);
    return reshaped(crop, old, (old.bottom - old.top) / (old.right - old.left), photo, heads);
  }
  const own = `${width}:${height}`;
  const text = swappedText(crop.ratio === "original" ? own : crop.ratio);
  return withRatio(crop, text === own ? "original" : text, photo, heads);
}

/** Has the engine place the cut around the heads, or around nothing. */
export function withHead(crop: Crop, head: number): Crop {
  return { ...crop, ...WHOLE, head };
}
