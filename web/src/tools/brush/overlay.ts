/** The painted places as a tint over the photo, drawn from the strokes at once. */

import type { Face, Mask, Stroke } from "@/api/types";
import { onPane } from "@/canvas/placing";
import type { ViewState } from "@/canvas/view-store";
import type { Size } from "@/canvas/viewport";
import { type Line, linesOf } from "@/tools/brush/strokes";

/** Neither color occurs in skin; they also differ in lightness. */
const TINT = { add: "#17d9a3", remove: "#5a6dff" };
const COVER = 0.5;
/** Device pixels for each pixel of the tint: it has no detail. */
const COARSE = 2;
/** Rings of a soft edge, at most, and how many device pixels each is wide. */
const RINGS = 14;
const RING = 3;

type Layers = { add: HTMLCanvasElement; remove: HTMLCanvasElement };
type Done = { strokes: readonly Stroke[]; viewport: object; frame: object; pane: Size };

/** Draws masks; all strokes but the last are kept as drawn, so that painting draws one stroke. */
export class Tint {
  private readonly kept: Layers = { add: sheet(), remove: sheet() };
  private readonly shown: Layers = { add: sheet(), remove: sheet() };
  private readonly brush = sheet();
  private done: Done | null = null;

  paint(
    context: CanvasRenderingContext2D,
    state: ViewState,
    pane: Size,
    mask: Mask,
    faces: readonly Face[],
  ): void {
    const last = mask.strokes.at(-1);
    if (!last) return;
    this.keep(state, pane, mask.strokes.slice(0, -1), faces);
    for (const name of ["add", "remove"] as const) {
      const layer = this.shown[name].getContext("2d");
      layer?.clearRect(0, 0, this.brush.width, this.brush.height);
      layer?.drawImage(this.kept[name], 0, 0);
    }
    this.stroke(this.shown, state, pane, last, faces);
    context.save();
    context.globalAlpha = COVER;
    context.imageSmoothingEnabled = true;
    context.drawImage(this.shown.add, 0, 0, pane.width, pane.height);
    // What is taken out of nothing is nothing to see.
    if (mask.base === "auto") context.drawImage(this.shown.remove, 0, 0, pane.width, pane.height);
    context.restore();
  }

  /** Brings the kept sheets up to `strokes`; only what is new is drawn where the rest still holds. */
  private keep(state: ViewState, pane: Size, strokes: readonly Stroke[], faces: readonly Face[]): void {
    const { done } = this;
    const goesOn =
      isSame(done, state, pane) && done.strokes.length <= strokes.length && done.strokes.every((stroke, k) => stroke === strokes[k]);
    if (!goesOn) {
      for (const layer of [...Object.values(this.kept), ...Object.values(this.shown), this.brush]) {
        layer.width = Math.ceil(pane.width / COARSE);
        layer.height = Math.ceil(pane.height / COARSE);
      }
    }
    const from = goesOn ? done.strokes.length : 0;
    for (const stroke of strokes.slice(from)) this.stroke(this.kept, state, pane, stroke, faces);
    this.done = { strokes, viewport: state.viewport, frame: state.frame, pane };
  }

  private stroke(
    layers: Layers,
    state: ViewState,
    pane: Size,
    stroke: Stroke,
    faces: readonly Face[],
  ): void {
    const brush = this.brush.getContext("2d");
    if (!brush) return;
    brush.clearRect(0, 0, this.brush.width, this.brush.height);
    for (const line of linesOf(stroke, state.photo, faces)) {
      const size = (line.size * state.viewport.scale) / COARSE;
      rings(brush, pathOf(line, state, pane, COARSE), size, stroke);
    }
    stamp(layers[stroke.mode], this.brush, "source-over", stroke.strength);
    const other = stroke.mode === "add" ? layers.remove : layers.add;
    stamp(other, this.brush, "destination-out", stroke.strength);
  }
}

function isSame(done: Done | null, state: ViewState, pane: Size): done is Done {
  const samePlace = done?.viewport === state.viewport && done.frame === state.frame;
  return samePlace && done.pane.width === pane.width && done.pane.height === pane.height;
}

/** Draws the line of one stroke, dark under light: its row in the list is pointed at. */
export function paintLine(
  context: CanvasRenderingContext2D,
  state: ViewState,
  pane: Size,
  stroke: Stroke,
  faces: readonly Face[],
): void {
  context.save();
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const line of linesOf(stroke, state.photo, faces)) {
    const path = pathOf(line, state, pane, 1);
    for (const [width, color] of [[4, "rgb(0 0 0 / 0.6)"], [2, "#fff"]] as const) {
      context.lineWidth = width * state.dpr;
      context.strokeStyle = color;
      context.stroke(path);
    }
  }
  context.restore();
}

function pathOf(line: Line, state: ViewState, pane: Size, coarse: number): Path2D {
  const path = new Path2D();
  line.points.forEach((point, index) => {
    const { x, y } = onPane(state, pane, point);
    if (index === 0) path.moveTo(x / coarse, y / coarse);
    // A path of one point has no round ends unless it goes somewhere.
    path.lineTo(x / coarse + (index === 0 ? 0.01 : 0), y / coarse);
  });
  return path;
}

function stamp(
  layer: HTMLCanvasElement,
  brush: HTMLCanvasElement,
  how: GlobalCompositeOperation,
  strength: number,
): void {
  const context = layer.getContext("2d");
  if (!context) return;
  context.globalCompositeOperation = how;
  context.globalAlpha = strength;
  context.drawImage(brush, 0, 0);
  context.globalCompositeOperation = "source-over";
  context.globalAlpha = 1;
}

function sheet(): HTMLCanvasElement {
  return document.createElement("canvas");
}

/** A soft line as lines within each other: together they cover as much as the fade has at each place. */
function rings(context: CanvasRenderingContext2D, path: Path2D, size: number, stroke: Stroke): void {
  const soft = (size / 2) * stroke.feather;
  const count = Math.max(1, Math.min(RINGS, Math.round((soft * COARSE) / RING)));
  context.lineCap = "round";
  context.lineJoin = "round";
  context.strokeStyle = TINT[stroke.mode];
  let covered = 0;
  for (let ring = 1; ring <= count; ring++) {
    const share = ring / count;
    const wanted = count === 1 ? 1 : share * share * (3 - 2 * share);
    context.globalAlpha = Math.min(1, (wanted - covered) / (1 - covered || 1));
    context.lineWidth = Math.max(0.5, size - 2 * soft * share + soft / count);
    context.stroke(path);
    covered = wanted;
  }
  context.globalAlpha = 1;
}
