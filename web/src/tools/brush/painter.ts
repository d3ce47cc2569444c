/** Turns the movement of a hand into a stroke: shown while it is drawn, one step when it ends. */

import type { Catalogue, Tool } from "@/api/catalogue";
import type { Face, Recipe } from "@/api/types";
import { onPhoto } from "@/canvas/placing";
import type { Drag, Touch } from "@/canvas/tool";
import * as view from "@/canvas/view-store";
import type { Point } from "@/canvas/viewport";
import { current } from "@/document/history";
import { withStroke } from "@/document/masks";
import { type Where, placed } from "@/document/recipe";
import { commit, dropDraft, preview, useDocument } from "@/document/store";
import { type BrushState, useBrush } from "@/tools/brush/brush-store";
import { isOn, simplified, toStroke } from "@/tools/brush/strokes";

/** How far a thinned line may lie from the hand's, in CSS pixels on the screen. */
const TOLERANCE = 0.3;
/** Points of the hand that are thinned together. */
const CHUNK = 256;
/** Steps of the brush by arrow keys, in CSS pixels. */
const STEP = { small: 6, large: 36 };
const ARROWS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

type Held = {
  /** The beginning of a long stroke, already thinned. */
  thinned: Point[];
  /** The rest as the hand made it, in photo pixels; in a straight line only its end changes. */
  points: Point[];
  pressures: number[];
  straight: boolean;
  face: Face | null;
  where: Where;
  tool: Tool;
  base: Recipe;
};

export class Painter implements Drag {
  private held: Held | null = null;
  /** Where the last stroke ended, in photo pixels: shift goes on from there. */
  private last: Point | null = null;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly painted: () => void,
  ) {}

  begin(touch: Touch): void {
    const tool = this.catalogue.tools.find((each) => each.op === useBrush.getState().target);
    if (!tool) return;
    const document = useDocument.getState();
    const where = placed(tool, document);
    const at = placeOf(touch.at);
    const points = touch.shift && this.last ? [this.last, at] : [at];
    const [start = at] = points;
    const face = faceFor(where, document.faces, start);
    const base = current(document.history).recipe;
    this.held = { thinned: [], points, pressures: [touch.pressure], straight: false, face, where, tool, base };
    this.show();
  }

  extend(touches: Touch[]): void {
    const { held } = this;
    if (!held) return;
    for (const touch of touches) {
      const at = placeOf(touch.at);
      if (touch.shift && held.straight) held.points[held.points.length - 1] = at;
      else held.points.push(at);
      held.straight = touch.shift;
      held.pressures.push(touch.pressure);
    }
    if (held.points.length > CHUNK) settleBeginning(held);
    this.show();
  }

  end(): void {
    const { held } = this;
    if (!held) return;
    this.held = null;
    this.last = held.points.at(-1) ?? null;
    commit(`stroke ${held.tool.op}`, this.made(held));
    this.painted();
  }

  cancel(): void {
    if (!this.held) return;
    this.held = null;
    dropDraft();
  }

  hover(at: Point | null): void {
    const { dpr } = view.useView.getState();
    useBrush.setState({ cursor: at && { x: at.x / dpr, y: at.y / dpr } });
  }

  key(key: string, shift: boolean): boolean {
    const arrow = ARROWS[key];
    if (arrow) this.step(arrow, shift ? STEP.large : STEP.small);
    else if (key === "Enter") this.stamp(shift);
    else return false;
    return true;
  }

  /** Moves the brush; at the rim the photo moves instead. */
  private step({ x, y }: Point, length: number): void {
    const state = view.useView.getState();
    const pane = view.paneOf(state);
    const size = { x: pane.width / state.dpr, y: pane.height / state.dpr };
    const from = useBrush.getState().cursor ?? { x: size.x / 2, y: size.y / 2 };
    const wanted = { x: from.x + x * length, y: from.y + y * length };
    const cursor = {
      x: Math.min(size.x - 1, Math.max(1, wanted.x)),
      y: Math.min(size.y - 1, Math.max(1, wanted.y)),
    };
    const [overX, overY] = [wanted.x - cursor.x, wanted.y - cursor.y];
    if (overX !== 0 || overY !== 0) view.panBy(-overX * state.dpr, -overY * state.dpr);
    useBrush.setState({ cursor });
  }

  /** One touch of the brush where it stands; with shift a line from the last one. */
  private stamp(shift: boolean): void {
    const { dpr } = view.useView.getState();
    if (useBrush.getState().cursor === null) this.step({ x: 0, y: 0 }, 0);
    const { cursor } = useBrush.getState();
    if (!cursor) return;
    this.begin({ at: { x: cursor.x * dpr, y: cursor.y * dpr }, on: null, shift, pressure: 1 });
    this.end();
  }

  private show(): void {
    if (this.held) preview(`stroke ${this.held.tool.op}`, this.made(this.held));
  }

  private made(held: Held): Recipe {
    const { photo } = view.useView.getState();
    const brush = useBrush.getState();
    const perPixel = screenPixel();
    const drawn = {
      points: [...held.thinned, ...simplified(held.points, TOLERANCE * perPixel)],
      size: brush.size * perPixel,
      tolerance: TOLERANCE * perPixel,
    };
    const settings = { ...settingsOf(brush), strength: brush.strength * mean(held.pressures) };
    const stroke = toStroke(drawn, settings, photo, held.face);
    return withStroke(held.base, this.catalogue.tools, held.tool, held.where, stroke);
  }
}

function screenPixel(): number {
  const { viewport, dpr } = view.useView.getState();
  return dpr / viewport.scale;
}

/** Thins what is drawn for good, so that every frame of a long stroke costs the same. */
function settleBeginning(held: Held): void {
  const thin = simplified(held.points, TOLERANCE * screenPixel());
  held.points = thin.slice(-1);
  held.thinned.push(...thin.slice(0, -1));
}

function settingsOf({ mode, feather, strength, edge }: BrushState) {
  return { mode, feather, strength, edge };
}

/** A pen's mean pressure; half of its range is already a full stroke. */
function mean(pressures: number[]): number {
  const sum = pressures.reduce((a, b) => a + b, 0);
  return Number(Math.min(1, Math.max(0.05, (2 * sum) / pressures.length)).toFixed(3));
}

function placeOf(at: Point): Point {
  const state = view.useView.getState();
  return onPhoto(state, view.paneOf(state), at);
}

/** The face whose units a stroke is kept in: the only one it can mean, if it begins there. */
function faceFor(where: Where, faces: readonly Face[], start: Point): Face | null {
  const meant = where.person === null ? (faces.length === 1 ? faces[0] : undefined) : faces.find((f) => f.key === where.person);
  return meant && isOn(meant, start) ? meant : null;
}
