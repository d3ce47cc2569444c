/** Draws parts of the picture where the viewport has them. */

import type { ViewState } from "@/canvas/view-store";
import { type Rect, type Size, toScreen } from "@/canvas/viewport";
import { after } from "@/document/affine";
import { type Framing, keepsAll, sameFraming } from "@/document/framing";

/** A part of a picture: `frame` says which picture, x, y, w and h are in its pixels. */
export type Part = Rect & { bitmap: CanvasImageSource; frame: Framing };
export type Layer = Part & { bitmap: ImageBitmap };

/** Draws a layer; one of another frame is turned and shifted to where it lies in the one that is shown. */
export function drawLayer(context: CanvasRenderingContext2D, state: ViewState, pane: Size, layer: Part): void {
  if (sameFraming(layer.frame, state.frame)) drawHere(context, state, pane, layer);
  else drawThrough(context, state, pane, layer);
}

/** Whole device pixels, so that 100 % stays sharp. */
function drawHere(context: CanvasRenderingContext2D, state: ViewState, pane: Size, layer: Part): void {
  const { scale, cx, cy } = state.viewport;
  const originX = Math.round(pane.width / 2 - cx * scale);
  const originY = Math.round(pane.height / 2 - cy * scale);
  const x = Math.round(layer.x * scale);
  const y = Math.round(layer.y * scale);
  const w = Math.round((layer.x + layer.w) * scale) - x;
  const h = Math.round((layer.y + layer.h) * scale) - y;
  context.drawImage(layer.bitmap, originX + x, originY + y, w, h);
}

function drawThrough(context: CanvasRenderingContext2D, state: ViewState, pane: Size, layer: Part): void {
  const { viewport, frame } = state;
  const { scale } = viewport;
  const [[a, b, c], [d, e, f]] = after(frame.fromSource, layer.frame.toSource);
  const origin = toScreen(viewport, pane, { x: c, y: f });
  context.save();
  if (!state.open) clipToPicture(context, state, pane);
  context.transform(a * scale, d * scale, b * scale, e * scale, origin.x, origin.y);
  context.drawImage(layer.bitmap, layer.x, layer.y, layer.w, layer.h);
  context.restore();
}

/** Keeps what is drawn over a picture that is cut within it. */
export function clipToCut(context: CanvasRenderingContext2D, state: ViewState, pane: Size): void {
  if (!state.open && !keepsAll(state.frame)) clipToPicture(context, state, pane);
}

function clipToPicture(context: CanvasRenderingContext2D, { viewport, frame }: ViewState, pane: Size): void {
  const { x, y } = toScreen(viewport, pane, { x: 0, y: 0 });
  context.beginPath();
  context.rect(x, y, frame.size.width * viewport.scale, frame.size.height * viewport.scale);
  context.clip();
}
