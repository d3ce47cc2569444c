/** What is drawn over the photo: face frames and skin marks. */

import type { Face, Spot } from "@/api/types";
import type { ViewState } from "@/viewer/view-store";
import { type Point, type Size, toScreen } from "@/viewer/viewport";

/** A skin mark and what happens to it. */
export type SpotMark = { spot: Spot; healed: boolean; flipped: boolean; suggested: boolean };

/** Smallest radius of a drawn mark, in CSS pixels: half of a 24-pixel target is for the hand. */
const MIN_RADIUS = 5.5;
/** Kept marks are many: on a face that is small on the screen they are dots, not rings over rings. */
const MIN_KEPT = 1.5;
const REACH = 12;

export function radiusOf(state: Pick<ViewState, "dpr" | "viewport" | "hoverSpot">, mark: SpotMark): number {
  const { spot, healed, flipped, suggested } = mark;
  const least = healed || flipped || suggested || spot.id === state.hoverSpot ? MIN_RADIUS : MIN_KEPT;
  return Math.max(least * state.dpr, spot.radius * state.viewport.scale * 1.4);
}

/** Every stroke is drawn twice, dark under light, so that it shows on any skin. */
function outlined(
  context: CanvasRenderingContext2D,
  width: number,
  light: string,
  path: () => void,
): void {
  context.lineWidth = width * 2.2;
  context.strokeStyle = "rgb(0 0 0 / 0.55)";
  path();
  context.stroke();
  context.lineWidth = width;
  context.strokeStyle = light;
  path();
  context.stroke();
}

/** How a mark's ring is drawn. Kept ones stay in the background: often there are ten times as many. */
function lookOf(mark: SpotMark, pointed: boolean): { dash: number; alpha: number; width: number } {
  const strong = mark.healed || mark.suggested;
  return {
    dash: mark.suggested ? 5 : 3,
    alpha: strong || mark.flipped || pointed ? 1 : 0.55,
    width: pointed ? 2.6 : strong ? 1.75 : 1.1,
  };
}

/** Healed marks have a full ring, suggested ones a ring of dashes, kept ones one of short dashes in the background. */
export function paintSpots(
  context: CanvasRenderingContext2D,
  state: ViewState,
  pane: Size,
  marks: SpotMark[],
): void {
  const unit = state.dpr;
  for (const mark of marks) {
    const { spot, healed, flipped } = mark;
    const pointed = spot.id === state.hoverSpot;
    const look = lookOf(mark, pointed);
    const { x, y } = toScreen(state.viewport, pane, spot);
    const radius = radiusOf(state, mark);
    context.setLineDash(healed || radius < MIN_RADIUS * unit ? [] : [look.dash * unit, 3 * unit]);
    context.globalAlpha = look.alpha;
    outlined(context, look.width * unit, "#fff", () => {
      context.beginPath();
      context.arc(x, y, radius, 0, Math.PI * 2);
    });
    context.globalAlpha = 1;
    context.setLineDash([]);
    if (!flipped) continue;
    context.fillStyle = "#fff";
    context.beginPath();
    context.arc(x + radius * 0.72, y - radius * 0.72, 2.5 * unit, 0, Math.PI * 2);
    context.fill();
  }
}

export function paintFaces(
  context: CanvasRenderingContext2D,
  state: ViewState,
  pane: Size,
  faces: Face[],
): void {
  for (const face of faces) {
    const [x, y, w, h] = face.box;
    const a = toScreen(state.viewport, pane, { x, y });
    const width = w * state.viewport.scale;
    const height = h * state.viewport.scale;
    outlined(context, 1.5 * state.dpr, "#fff", () => {
      context.beginPath();
      context.roundRect(a.x, a.y, width, height, 8 * state.dpr);
    });
  }
}

/** The mark under a point of the pane, the nearest first. */
export function spotAt(
  state: ViewState,
  pane: Size,
  marks: SpotMark[],
  point: Point,
): SpotMark | undefined {
  let best: SpotMark | undefined;
  let reach = Infinity;
  for (const mark of marks) {
    const { x, y } = toScreen(state.viewport, pane, mark.spot);
    const distance = Math.hypot(point.x - x, point.y - y);
    const limit = Math.max(REACH * state.dpr, radiusOf(state, mark));
    if (distance <= limit && distance < reach) [best, reach] = [mark, distance];
  }
  return best;
}

/** The smallest face frame around a point of the photo. */
export function faceAt(faces: Face[], point: Point): Face | undefined {
  return faces
    .filter(({ box: [x, y, w, h] }) => point.x >= x && point.y >= y && point.x <= x + w && point.y <= y + h)
    .sort((a, b) => a.box[2] * a.box[3] - b.box[2] * b.box[3])[0];
}
