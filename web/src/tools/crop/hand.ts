/** What pointers and keys on the photo do to the crop. */

import type { Drag, Hand, Touch } from "@/canvas/tool";
import { paneOf, useView } from "@/canvas/view-store";
import { type Point, toScreen } from "@/canvas/viewport";
import { ratioOf } from "@/document/crop";
import { withEdges } from "@/document/cropping";
import { dropDraft, settle } from "@/document/store";
import { leveled, leveledAlong } from "@/tools/crop/changes";
import { type Cropping, kept, show, take, useCrop } from "@/tools/crop/crop-store";
import { type Part, type Room, isPart, pulled } from "@/tools/crop/pulling";

/** Smallest side of a cut, in pixels of the photo, where the photo is not smaller itself. */
const LEAST = 32;
/** Lines shorter than this, in CSS pixels, level nothing. */
const SHORT = 12;
/** Way of an arrow key, as a share of the picture. */
const STEP = { small: 0.01, large: 0.1 };
const ARROWS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export function handOfCrop(told: (at: Cropping) => void): Hand {
  return {
    name: "crop",
    open: true,
    cursor: () => null,
    paint: () => undefined,
    hover: () => undefined,
    drag: new CropDrag(),
    key: (key, shift) => pushed("move", key, shift, told),
  };
}

/** An arrow key at a part of the cut; returns whether it was one. */
export function pushed(part: Part, key: string, shift: boolean, told: (at: Cropping) => void): boolean {
  const arrow = ARROWS[key];
  if (!arrow) return false;
  settle();
  const at = kept();
  const step = shift ? STEP.large : STEP.small;
  const by = { x: arrow.x * step * at.around.width, y: arrow.y * step * at.around.height };
  take("cut", pulledCrop(at, part, by, false), "keys", `cut ${part}`);
  told(kept());
  return true;
}

function pulledCrop(at: Cropping, part: Part, by: Point, shift: boolean) {
  const { crop, around, edges } = at;
  return withEdges(crop, pulled(edges, part, by, roomOf(at, shift)), around);
}

/** With shift the cut keeps the ratio that it has. */
function roomOf({ crop, around, edges }: Cropping, shift: boolean): Room {
  const own = (edges.right - edges.left) / (edges.bottom - edges.top);
  const ratio = ratioOf(crop.ratio, around) === null && !shift ? null : own;
  return { around, angle: crop.angle, ratio, least: Math.min(LEAST, around.width, around.height) };
}

type Held = { start: Point; at: Cropping; doing: Part | "turn" | "line" };

/** Pulls at the cut, turns the picture from beside it, or draws the line that shall be level. */
class CropDrag implements Drag {
  private held: Held | null = null;

  begin({ at: start, on }: Touch): void {
    settle();
    const part = on?.closest<HTMLElement>("[data-part]")?.dataset["part"];
    const doing = useCrop.getState().line ? "line" : isPart(part) ? part : "turn";
    this.held = { start, at: kept(), doing };
    useCrop.setState({ doing });
  }

  extend(touches: Touch[]): void {
    const touch = touches.at(-1);
    // Escape ends what the finger still does.
    if (!this.held || !touch || useCrop.getState().doing === null) return;
    const { start, at, doing } = this.held;
    if (doing === "line") useCrop.setState({ drawn: { from: start, to: touch.at } });
    else if (doing === "turn") show("angle", leveled(at.crop, fine(at.crop.angle + turnedBy(at, start, touch.at))));
    else show("cut", pulledCrop(at, doing, onPicture(start, touch.at), touch.shift));
  }

  end(): void {
    const { drawn } = useCrop.getState();
    if (drawn && this.held) level(this.held.at, drawn.from, drawn.to);
    this.putDown();
    settle();
  }

  cancel(): void {
    if (!this.held) return;
    this.putDown();
    dropDraft();
  }

  private putDown(): void {
    this.held = null;
    useCrop.setState({ doing: null, drawn: null });
  }
}

function level({ crop }: Cropping, from: Point, to: Point): void {
  const { dpr } = useView.getState();
  if (Math.hypot(to.x - from.x, to.y - from.y) < SHORT * dpr) return;
  take("angle", leveledAlong(crop, to.x - from.x, to.y - from.y));
  useCrop.setState({ line: false });
}

function onPicture(from: Point, to: Point): Point {
  const { scale } = useView.getState().viewport;
  return { x: (to.x - from.x) / scale, y: (to.y - from.y) / scale };
}

/** A hand is no finer than the slider. */
function fine(angle: number): number {
  return Math.round(angle * 10) / 10;
}

/** Degrees between two places, seen from the picture's middle. */
function turnedBy({ around }: Cropping, from: Point, to: Point): number {
  const state = useView.getState();
  const middle = toScreen(state.viewport, paneOf(state), { x: around.width / 2, y: around.height / 2 });
  const way = (at: Point) => Math.atan2(at.y - middle.y, at.x - middle.x);
  const turn = ((way(to) - way(from)) * 180) / Math.PI;
  return turn - 360 * Math.round(turn / 360);
}
