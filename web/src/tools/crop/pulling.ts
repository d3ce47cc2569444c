/** Pulling at a cut: its corners, its sides, or all of it. Pure functions only. */

import { type Point, type Size, moved } from "@/document/affine";
import { type Edges, rotation } from "@/document/crop";

export const PARTS = ["nw", "n", "ne", "e", "se", "s", "sw", "w"] as const;
export type Handle = (typeof PARTS)[number];
export type Part = Handle | "move";

export function isPart(name: string | undefined): name is Part {
  return name === "move" || PARTS.some((part) => part === name);
}

/** Pixels by which a corner may lie beside the picture: none that anybody sees. */
const SLACK = 0.01;
const HALVINGS = 24;

export type Room = {
  /** The turned picture. */
  around: Size;
  angle: number;
  /** Width over height that is kept, or null. */
  ratio: number | null;
  /** Smallest side, in pixels. */
  least: number;
};

/** The cut after a pull of `by`, in pixels of the picture; it stops where the picture ends. */
export function pulled(from: Edges, part: Part, by: Point, room: Room): Edges {
  if (part === "move") return slid(from, by, room);
  if (room.ratio !== null) return furthest(from, inRatio(from, part, by, room.ratio, room.least), room);
  const across = furthest(from, { ...from, ...sides(from, part, { x: by.x, y: 0 }, room.least) }, room);
  return furthest(across, { ...across, ...sides(across, part, { x: 0, y: by.y }, room.least) }, room);
}

/** Along a rim it goes on in the other direction. */
function slid(from: Edges, by: Point, room: Room): Edges {
  const across = furthest(from, shifted(from, by.x, 0), room);
  return furthest(across, shifted(across, 0, by.y), room);
}

function shifted({ left, top, right, bottom }: Edges, x: number, y: number): Edges {
  return { left: left + x, top: top + y, right: right + x, bottom: bottom + y };
}

function sides(from: Edges, part: Handle, by: Point, least: number): Edges {
  const { left, top, right, bottom } = from;
  return {
    left: part.includes("w") ? Math.min(left + by.x, right - least) : left,
    right: part.includes("e") ? Math.max(right + by.x, left + least) : right,
    top: part.includes("n") ? Math.min(top + by.y, bottom - least) : top,
    bottom: part.includes("s") ? Math.max(bottom + by.y, top + least) : bottom,
  };
}

/** A corner goes along the diagonal; a side takes the other two with it, around their middle. */
function inRatio(from: Edges, part: Handle, by: Point, ratio: number, least: number): Edges {
  const free = sides(from, part, by, 1);
  const wide = free.right - free.left;
  const tall = free.bottom - free.top;
  const wanted =
    part.length === 2
      ? (ratio * (wide * ratio + tall)) / (ratio * ratio + 1)
      : part === "n" || part === "s"
        ? tall * ratio
        : wide;
  const width = Math.max(wanted, least * Math.max(1, ratio));
  const [left, right] = span([from.left, from.right], width, part.includes("w"), part.includes("e"));
  const [top, bottom] = span([from.top, from.bottom], width / ratio, part.includes("n"), part.includes("s"));
  return { left, top, right, bottom };
}

function span([low, high]: [number, number], length: number, fromLow: boolean, fromHigh: boolean): [number, number] {
  if (fromLow) return [high - length, high];
  if (fromHigh) return [low, low + length];
  return [(low + high - length) / 2, (low + high + length) / 2];
}

/** As far on the way from one cut to another as nothing beside the picture is in it. */
function furthest(from: Edges, to: Edges, room: Room): Edges {
  if (fits(to, room)) return to;
  let [good, bad] = [0, 1];
  for (let k = 0; k < HALVINGS; k++) {
    const share = (good + bad) / 2;
    if (fits(between(from, to, share), room)) good = share;
    else bad = share;
  }
  return between(from, to, good);
}

function between(a: Edges, b: Edges, share: number): Edges {
  const mix = (x: number, y: number) => x + (y - x) * share;
  return {
    left: mix(a.left, b.left),
    top: mix(a.top, b.top),
    right: mix(a.right, b.right),
    bottom: mix(a.bottom, b.bottom),
  };
}

export function fits({ left, top, right, bottom }: Edges, { around, angle }: Pick<Room, "around" | "angle">): boolean {
  const turn = rotation(angle, around);
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: left, y: bottom },
    { x: right, y: bottom },
  ].every((corner) => {
    const { x, y } = moved(turn, corner);
    return x >= -SLACK && y >= -SLACK && x <= around.width + SLACK && y <= around.height + SLACK;
  });
}
