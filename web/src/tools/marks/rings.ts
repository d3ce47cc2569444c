/** Rings around skin marks, drawn over the photo. */

import type { Spot } from "@/api/types";
import { outlined } from "@/canvas/outline";
import { onPane } from "@/canvas/placing";
import type { ViewState } from "@/canvas/view-store";
import type { Point, Size } from "@/canvas/viewport";
import { isKept } from "@/document/framing";

/** A skin mark and what happens to it. */
export type SpotMark = { spot: Spot; healed: boolean; flipped: boolean; suggested: boolean };

/** Smallest radius of a drawn mark, in CSS pixels: half of a 24-pixel target is for the hand. */
const MIN_RADIUS = 5.5;
/** Kept marks are many: on a face that is small on the screen they are dots, not rings over rings. */
const MIN_KEPT = 1.5;
const REACH = 12;

export function radiusOf(state: Pick<ViewState, "dpr" | "viewport">, mark: SpotMark, pointed: boolean): number {
  const { spot, healed, flipped, suggested } = mark;
  const least = healed || flipped || suggested || pointed ? MIN_RADIUS : MIN_KEPT;
  return Math.max(least * state.dpr, spot.radius * state.viewport.scale * 1.4);
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
  hovered: string | null,
): void {
  const unit = state.dpr;
  for (const mark of marks) {
    const { spot, healed, flipped } = mark;
    if (!isKept(state.frame, spot)) continue;
    const pointed = spot.id === hovered;
    const look = lookOf(mark, pointed);
    const { x, y } = onPane(state, pane, spot);
    const radius = radiusOf(state, mark, pointed);
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
    if (!isKept(state.frame, mark.spot)) continue;
    const { x, y } = onPane(state, pane, mark.spot);
    const distance = Math.hypot(point.x - x, point.y - y);
    const limit = Math.max(REACH * state.dpr, radiusOf(state, mark, false));
    if (distance <= limit && distance < reach) [best, reach] = [mark, distance];
  }
  return best;
}
