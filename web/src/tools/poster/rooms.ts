/** Where layers lie and how they are moved: snapping, corners, lining up. All in points of the sheet. */

import type { PosterPlace, PosterRoom } from "@/api/types";

export type Room = PosterRoom;
export type Corner = "nw" | "ne" | "se" | "sw";
/** A line that something snapped to: where it stands, across (x) or down (y). */
export type Guide = { axis: "x" | "y"; at: number };
export type Lines = { x: number[]; y: number[] };
export type Edge = "left" | "center" | "right" | "top" | "middle" | "bottom";

const LEAST = 4;

export const right = (room: Room): number => room.x + room.w;
export const bottom = (room: Room): number => room.y + room.h;

export function joined(rooms: readonly Room[]): Room {
  const x = Math.min(...rooms.map((each) => each.x));
  const y = Math.min(...rooms.map((each) => each.y));
  return { x, y, w: Math.max(...rooms.map(right)) - x, h: Math.max(...rooms.map(bottom)) - y };
}

export function movedBy(room: Room, dx: number, dy: number): Room {
  return { ...room, x: room.x + dx, y: room.y + dy };
}

/** A place as a poster keeps it: shares of the page. */
export function placeOf(room: Room, page: { width: number; height: number }): PosterPlace {
  return {
    frame: "page",
    left: room.x / page.width,
    top: room.y / page.height,
    right: right(room) / page.width,
    bottom: bottom(room) / page.height,
  };
}

export function roomOf(place: PosterPlace, frame: Room): Room {
  return {
    x: frame.x + place.left * frame.w,
    y: frame.y + place.top * frame.h,
    w: (place.right - place.left) * frame.w,
    h: (place.bottom - place.top) * frame.h,
  };
}

/** What there is to snap to: the page, its middle, the safe area, edges and middles of other layers. */
export function linesOf(page: { width: number; height: number }, safe: Room, others: readonly Room[]): Lines {
  const x = [page.width / 2, 0, page.width, safe.x, right(safe)];
  const y = [page.height / 2, 0, page.height, safe.y, bottom(safe)];
  for (const room of others) {
    x.push(room.x, room.x + room.w / 2, right(room));
    y.push(room.y, room.y + room.h / 2, bottom(room));
  }
  return { x, y };
}

/** The smallest step from one of `own` to a line, within `reach`; null where none is near. */
function pull(own: readonly number[], lines: readonly number[], reach: number): { by: number; at: number } | null {
  let best: { by: number; at: number } | null = null;
  for (const at of lines) {
    for (const mine of own) {
      const by = at - mine;
      if (Math.abs(by) <= reach && (best === null || Math.abs(by) < Math.abs(best.by) - 1e-6)) best = { by, at };
    }
  }
  return best;
}

export type Snapped = { room: Room; guides: Guide[] };

/** A room that is moved, drawn to lines that one of its edges or its middle is near to. */
export function snapped(room: Room, lines: Lines, reach: number): Snapped {
  const across = pull([room.x, room.x + room.w / 2, right(room)], lines.x, reach);
  const down = pull([room.y, room.y + room.h / 2, bottom(room)], lines.y, reach);
  const guides: Guide[] = [];
  if (across) guides.push({ axis: "x", at: across.at });
  if (down) guides.push({ axis: "y", at: down.at });
  return { room: movedBy(room, across?.by ?? 0, down?.by ?? 0), guides };
}

/** One side of a room pulled, its lower or its upper end, and the line that it met. */
function pulled(start: number, length: number, low: boolean, by: number, lines: readonly number[], reach: number) {
  const edge = (low ? start : start + length) + by;
  const met = pull([edge], lines, reach);
  const end = edge + (met?.by ?? 0);
  const fixed = low ? start + length : start;
  const now = Math.max(LEAST, low ? fixed - end : end - fixed);
  return { start: low ? fixed - now : fixed, length: now, met: met ? [met.at] : [] };
}

/** A room whose corner is pulled; `ratio` keeps its shape, `lines` draw the corner to them. */
export function resized(from: Room, corner: Corner, dx: number, dy: number, ratio: boolean, lines: Lines, reach: number): Snapped {
  const [west, north] = [corner.endsWith("w"), corner.startsWith("n")];
  const across = pulled(from.x, from.w, west, dx, lines.x, reach);
  const kept = ((across.length * from.h) / from.w - from.h) * (north ? -1 : 1);
  const down = pulled(from.y, from.h, north, ratio ? kept : dy, ratio ? [] : lines.y, reach);
  const guides = [...across.met.map((at) => ({ axis: "x" as const, at })), ...down.met.map((at) => ({ axis: "y" as const, at }))];
  return { room: { x: across.start, y: down.start, w: across.length, h: down.length }, guides };
}

/** Rooms lined up with one edge or middle of `frame`. */
export function aligned(rooms: readonly Room[], edge: Edge, frame: Room): Room[] {
  return rooms.map((room) => {
    switch (edge) {
      case "left":
        return { ...room, x: frame.x };
      case "center":
        return { ...room, x: frame.x + (frame.w - room.w) / 2 };
      case "right":
        return { ...room, x: right(frame) - room.w };
      case "top":
        return { ...room, y: frame.y };
      case "middle":
        return { ...room, y: frame.y + (frame.h - room.h) / 2 };
      case "bottom":
        return { ...room, y: bottom(frame) - room.h };
    }
  });
}

/** Rooms with equal space between them, the outer two where they are. */
export function distributed(rooms: readonly Room[], axis: "x" | "y"): Room[] {
  const side = axis === "x" ? "w" : "h";
  const order = rooms.map((_, k) => k).sort((a, b) => (rooms[a]?.[axis] ?? 0) - (rooms[b]?.[axis] ?? 0));
  const all = joined(rooms);
  const gap = (all[side] - rooms.reduce((sum, room) => sum + room[side], 0)) / Math.max(1, rooms.length - 1);
  const out = [...rooms];
  let at = all[axis];
  for (const k of order) {
    const room = rooms[k];
    if (!room) continue;
    out[k] = { ...room, [axis]: at };
    at += room[side] + gap;
  }
  return out;
}
