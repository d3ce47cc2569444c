/** The crop of a recipe and the frame it makes: the same numbers as the engine's `ops/crop.py`. */

import type { Affine, Edit } from "@/api/types";
import { type Region, type Size, after, moved, regionMoved } from "@/document/affine";
import { type Framing, SAME, framedAfter, framing } from "@/document/framing";

export const TURNS = ["0", "90", "180", "270"] as const;
export type Turn = (typeof TURNS)[number];

/** A cut in shares of the turned and mirrored picture; `angle` turns it clockwise around its middle. */
export type Crop = {
  left: number;
  top: number;
  width: number;
  height: number;
  angle: number;
  turn: Turn;
  mirror: boolean;
  flip: boolean;
  /** "free", "original" or width:height. */
  ratio: string;
  /** Height of the heads in percent of the cut's, where nobody drew a cut; 0: as large as it goes. */
  head: number;
};

export const WHOLE = { left: 0, top: 0, width: 1, height: 1 } as const;
export const UNCROPPED: Crop = { ...WHOLE, angle: 0, turn: "0", mirror: false, flip: false, ratio: "free", head: 0 };

/** Edges in pixels of the turned picture. */
export type Edges = { left: number; top: number; right: number; bottom: number };

/** Ratios that differ by less are the same: a cut has whole pixels. */
const CLOSE = 0.004;

/** Reads an edit of op "crop"; what it leaves out is at rest. */
export function readCrop(edit: Edit): Crop {
  const known = Object.keys(UNCROPPED).filter((field) => edit[field] !== undefined);
  return { ...UNCROPPED, ...(Object.fromEntries(known.map((field) => [field, edit[field]])) as Partial<Crop>) };
}

/** Whether somebody drew a cut. */
export function hasCut({ left, top, width, height }: Crop): boolean {
  return left !== 0 || top !== 0 || width !== 1 || height !== 1;
}

/** Whether the cut is placed by where the heads are. */
export function composes(crop: Crop): boolean {
  return !hasCut(crop) && (crop.head !== 0 || crop.ratio !== "free");
}

export function isUncropped(crop: Crop): boolean {
  const turned = crop.angle !== 0 || crop.turn !== "0" || crop.mirror || crop.flip;
  return !turned && !hasCut(crop) && crop.head === 0 && ["free", "original"].includes(crop.ratio);
}

/** The frame of the finished picture. `heads` are boxes in the photo's pixels, hair included. */
export function frameOf(crop: Crop, photo: Size, heads: readonly Region[]): Framing {
  const turned = turnedFrame(crop, photo);
  const { left, top, right, bottom } = edgesOf(crop, photo, heads);
  const ratio = ratioOf(crop.ratio, turned.size);
  const turn = rotation(crop.angle, turned.size);
  const [wide, tall] = [Math.max(1, right - left), Math.max(1, bottom - top)];
  let width = Math.max(1, rounded(wide));
  let height = Math.max(1, rounded(tall));
  // The nearest whole pixels that have the ratio best.
  if (ratio !== null) height = Math.max(1, Math.min(rounded(width / ratio), Math.ceil(tall)));
  let low = { x: left, y: top };
  if (crop.angle === 0) {
    width = Math.min(width, turned.size.width);
    height = Math.min(height, turned.size.height);
    low = {
      x: clamp(rounded(left), 0, turned.size.width - width),
      y: clamp(rounded(top), 0, turned.size.height - height),
    };
  }
  const { x, y } = moved(turn, low);
  const [[a, b], [d, e]] = turn;
  return framedAfter(framing({ width, height }, turned.size, [[a, b, x], [d, e, y]]), turned);
}

/** The frame of the straightened picture before anything is cut off: its corners reach out of it. */
export function planeOf(crop: Crop, photo: Size): Framing {
  const turned = turnedFrame(crop, photo);
  return framedAfter(framing(turned.size, turned.size, rotation(crop.angle, turned.size)), turned);
}

/** Where the cut lies in the straightened picture, shrunk until no corner lies beside it. */
export function edgesOf(crop: Crop, photo: Size, heads: readonly Region[]): Edges {
  const turned = turnedFrame(crop, photo);
  const around = turned.size;
  const ratio = ratioOf(crop.ratio, around);
  const rect = {
    left: Math.min(crop.left, 1) * around.width,
    top: Math.min(crop.top, 1) * around.height,
    right: Math.min(crop.left + crop.width, 1) * around.width,
    bottom: Math.min(crop.top + crop.height, 1) * around.height,
  };
  const boxes = heads.map((head) => regionMoved(turned.fromSource, head));
  const drawn = ratio === null ? rect : narrowed(rect, ratio);
  const wanted = composes(crop) ? composed(around, ratio, crop.head / 100, boxes) : drawn;
  return inside(wanted, rotation(crop.angle, around), around);
}

/** Heads where they lie in the turned and mirrored picture. */
export function turnedHeads(crop: Crop, photo: Size, heads: readonly Region[]): Region[] {
  const { fromSource } = turnedFrame(crop, photo);
  return heads.map((head) => regionMoved(fromSource, head));
}

/** The whole picture after quarter turns and mirrors. */
export function turnedFrame(crop: Pick<Crop, "turn" | "mirror" | "flip">, photo: Size): Framing {
  let toSource = SAME;
  let { width, height } = photo;
  for (let turns = TURNS.indexOf(crop.turn); turns > 0; turns--) {
    // What is at x, y after a turn clockwise was at y, height − x before.
    toSource = after(toSource, [[0, 1, 0], [-1, 0, height]]);
    [width, height] = [height, width];
  }
  if (crop.mirror) toSource = after(toSource, [[-1, 0, width], [0, 1, 0]]);
  if (crop.flip) toSource = after(toSource, [[1, 0, 0], [0, -1, height]]);
  return framing({ width, height }, photo, toSource);
}

/** Where points of the straightened picture lay before, around its middle. */
export function rotation(angle: number, { width, height }: Size): Affine {
  if (angle === 0) return SAME;
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const [x, y] = [width / 2, height / 2];
  return [
    [cos, sin, x - cos * x - sin * y],
    [-sin, cos, y + sin * x - cos * y],
  ];
}

/** Width over height; null where any will do. */
export function ratioOf(text: string, around: Size): number | null {
  if (text === "free") return null;
  if (text === "original") return around.width / around.height;
  const [width = 1, height = 1] = text.split(":").map(Number);
  return width / height;
}

/** The largest part of a cut that has a ratio, around its middle. */
function narrowed(rect: Edges, ratio: number): Edges {
  const [wide, tall] = [rect.right - rect.left, rect.bottom - rect.top];
  if (Math.abs(wide / Math.max(tall, 1e-9) / ratio - 1) < CLOSE) return rect;
  const width = Math.min(wide, tall * ratio);
  const height = Math.min(tall, wide / ratio);
  return centered((rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2, width, height);
}

/** A cut with the heads in its middle and a little above it; several heads count as one. */
function composed(around: Size, ratio: number | null, head: number, heads: readonly Region[]): Edges {
  const shape = ratio ?? around.width / around.height;
  let width = Math.min(around.width, around.height * shape);
  let height = Math.min(around.height, around.width / shape);
  if (heads.length === 0) return clamped(around.width / 2, around.height / 2, width, height, around);
  const left = Math.min(...heads.map(([x]) => x));
  const top = Math.min(...heads.map(([, y]) => y));
  const right = Math.max(...heads.map(([x, , w]) => x + w));
  const bottom = Math.max(...heads.map(([, y, , h]) => y + h));
  if (head > 0) {
    const scale = Math.min(1, (bottom - top) / head / height);
    width *= scale;
    height *= scale;
  }
  const share = Math.min(1, (bottom - top) / height);
  const middle = (top + bottom) / 2 + height * 0.12 * (1 - share);
  return clamped((left + right) / 2, middle, width, height, around);
}

function clamped(x: number, y: number, width: number, height: number, around: Size): Edges {
  const left = clamp(x - width / 2, 0, around.width - width);
  const top = clamp(y - height / 2, 0, around.height - height);
  return { left, top, right: left + width, bottom: top + height };
}

function centered(x: number, y: number, width: number, height: number): Edges {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

function inside(rect: Edges, turn: Affine, around: Size): Edges {
  const [[a, b, c], [d, e, f]] = turn;
  const [halfX, halfY] = [(rect.right - rect.left) / 2, (rect.bottom - rect.top) / 2];
  const found = moved(turn, { x: (rect.left + rect.right) / 2, y: (rect.top + rect.bottom) / 2 });
  const x = clamp(found.x, around.width * 0.02, around.width * 0.98);
  const y = clamp(found.y, around.height * 0.02, around.height * 0.98);
  // A turn's inverse is its transpose.
  const middle = { x: a * (x - c) + d * (y - f), y: b * (x - c) + e * (y - f) };
  const reachX = Math.abs(a) * halfX + Math.abs(b) * halfY;
  const reachY = Math.abs(d) * halfX + Math.abs(e) * halfY;
  const roomX = Math.min(x, around.width - x) / Math.max(reachX, 1e-9);
  const roomY = Math.min(y, around.height - y) / Math.max(reachY, 1e-9);
  const scale = Math.min(1, roomX, roomY);
  return centered(middle.x, middle.y, 2 * halfX * scale, 2 * halfY * scale);
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** To the nearest whole number, halves to the even one: as Python rounds. */
function rounded(value: number): number {
  const up = Math.round(value);
  return Math.abs(value % 1) === 0.5 && up % 2 !== 0 ? up - 1 : up;
}
