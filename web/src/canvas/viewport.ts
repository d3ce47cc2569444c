/** Where the picture lies on the screen. Lengths on the screen are device pixels. */

import type { View } from "@/api/types";
import { type Point, type Size, around } from "@/document/affine";

export type { Point, Size };

export type Rect = { x: number; y: number; w: number; h: number };

/** `scale` is device pixels per picture pixel; `cx`, `cy` is the picture's point in the middle. */
export type Viewport = { scale: number; cx: number; cy: number; fit: boolean };

export const STOPS = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8];
const MIN_SCALE = 0.02;
const MAX_SCALE = 16;
/** A fitted picture is not enlarged: that would show softness that it does not have. */
const MAX_FIT = 1;
/** Rim of a requested region beyond what is seen, as a share of it, and its grid. */
const MARGIN = 0.1;
const GRID = 16;

export function fitScale(picture: Size, pane: Size, padding: number): number {
  const width = Math.max(1, pane.width - 2 * padding);
  const height = Math.max(1, pane.height - 2 * padding);
  return Math.min(width / picture.width, height / picture.height, MAX_FIT);
}

export function fitted(picture: Size, pane: Size, padding: number): Viewport {
  const scale = fitScale(picture, pane, padding);
  return { scale, cx: picture.width / 2, cy: picture.height / 2, fit: true };
}

export function toScreen(view: Viewport, pane: Size, point: Point): Point {
  return {
    x: (point.x - view.cx) * view.scale + pane.width / 2,
    y: (point.y - view.cy) * view.scale + pane.height / 2,
  };
}

export function toPicture(view: Viewport, pane: Size, point: Point): Point {
  return {
    x: (point.x - pane.width / 2) / view.scale + view.cx,
    y: (point.y - pane.height / 2) / view.scale + view.cy,
  };
}

/** Changes the scale so that the picture's point under `at` stays under it. */
export function zoomedAt(
  view: Viewport,
  picture: Size,
  pane: Size,
  scale: number,
  at: Point,
): Viewport {
  const next = Math.min(MAX_SCALE, Math.max(MIN_SCALE, scale));
  const held = toPicture(view, pane, at);
  const cx = held.x - (at.x - pane.width / 2) / next;
  const cy = held.y - (at.y - pane.height / 2) / next;
  return bounded({ scale: next, cx, cy, fit: false }, picture, pane);
}

export function panned(view: Viewport, picture: Size, pane: Size, dx: number, dy: number): Viewport {
  const cx = view.cx - dx / view.scale;
  const cy = view.cy - dy / view.scale;
  const next = bounded({ ...view, cx, cy }, picture, pane);
  const moved = next.cx !== view.cx || next.cy !== view.cy;
  return { ...next, fit: view.fit && !moved };
}

/** Keeps the picture on the screen: centred where it is smaller, else without a gap of over a half. */
function bounded(view: Viewport, picture: Size, pane: Size): Viewport {
  return {
    ...view,
    cx: boundedAxis(view.cx, picture.width, pane.width / view.scale),
    cy: boundedAxis(view.cy, picture.height, pane.height / view.scale),
  };
}

function boundedAxis(center: number, length: number, seen: number): number {
  if (length <= seen) return length / 2;
  const slack = seen * 0.15;
  return Math.min(length - seen / 2 + slack, Math.max(seen / 2 - slack, center));
}

/** The next stop above or below the present scale. */
export function nextStop(scale: number, direction: 1 | -1): number {
  const near = 1.02;
  if (direction > 0) return STOPS.find((stop) => stop > scale * near) ?? MAX_SCALE;
  return [...STOPS].reverse().find((stop) => stop < scale / near) ?? MIN_SCALE;
}

/**
 * The part of a picture that is seen, in its pixels; empty where it is off the screen. `through` leads
 * to it from the picture that lies on the screen, where those are two.
 */
export function seen(view: Viewport, picture: Size, pane: Size, through = same): Rect {
  const { width, height } = pane;
  const corners = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: 0, y: height },
    { x: width, y: height },
  ].map((corner) => through(toPicture(view, pane, corner)));
  const [left, top, across, down] = around(corners);
  const x = Math.max(0, left);
  const y = Math.max(0, top);
  const w = Math.max(0, Math.min(picture.width, left + across) - x);
  const h = Math.max(0, Math.min(picture.height, top + down) - y);
  return { x, y, w, h };
}

function same(point: Point): Point {
  return point;
}

/**
 * What to ask the server for: what is seen with a rim, on a grid of 16 pixels, at the screen's
 * resolution but never finer than the picture.
 */
export function request(view: Viewport, picture: Size, pane: Size, through = same): View {
  const rect = seen(view, picture, pane, through);
  const [x, w] = ranged(rect.x, rect.w, picture.width);
  const [y, h] = ranged(rect.y, rect.h, picture.height);
  const scale = Math.min(1, view.scale);
  return {
    x,
    y,
    w,
    h,
    width: Math.max(1, Math.round(w * scale)),
    height: Math.max(1, Math.round(h * scale)),
  };
}

function ranged(start: number, length: number, whole: number): [number, number] {
  const rim = length * MARGIN;
  const from = Math.max(0, Math.floor((start - rim) / GRID) * GRID);
  const to = Math.min(whole, Math.ceil((start + length + rim) / GRID) * GRID);
  return [from, Math.max(1, to - from)];
}

export function covers(outer: Rect, inner: Rect): boolean {
  const slack = 0.5;
  return (
    outer.x <= inner.x + slack &&
    outer.y <= inner.y + slack &&
    outer.x + outer.w >= inner.x + inner.w - slack &&
    outer.y + outer.h >= inner.y + inner.h - slack
  );
}
