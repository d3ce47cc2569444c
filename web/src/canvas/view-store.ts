/** How the photo is looked at: zoom, compare, overlays. Not part of the recipe. */

import { create } from "zustand";
import type { Link } from "@/api/live/live";
import * as port from "@/canvas/viewport";
import { moved, regionMoved } from "@/document/affine";
import { type Framing, whole } from "@/document/framing";

export type Compare = "off" | "split" | "side";

export type ViewState = {
  photo: port.Size;
  /** Where the picture that is shown lies on the photo; the viewport speaks of that picture. */
  frame: Framing;
  /** Whether all of the photo is laid open to be cut, beside the frame too. */
  open: boolean;
  /** How it was looked at before it was laid open. */
  before: Pick<ViewState, "viewport" | "frame"> | null;
  /** The canvas in device pixels. */
  canvas: port.Size;
  dpr: number;
  viewport: port.Viewport;
  compare: Compare;
  /** The original is shown while this is true. */
  holding: boolean;
  /** Place of the divider, 0 to 1 from the left. */
  split: number;
  heat: boolean;
  /** Whether the unsure edges of the cut-out are marked. */
  unsure: boolean;
  /** Whether clipped shadows and highlights are marked. */
  clipping: boolean;
  /** Whether somebody looks at the histogram. */
  measured: boolean;
  /** Key of the face under the pointer, in the picture or in the strip. */
  hoverFace: string | null;
  link: Link;
  /** Whether the newest change is still on its way. */
  busy: boolean;
  /** How many pictures have come. */
  drawn: number;
};

const start: port.Size = { width: 1, height: 1 };

export const useView = create<ViewState>(() => ({
  photo: start,
  frame: whole(start),
  open: false,
  before: null,
  canvas: start,
  dpr: 1,
  viewport: { scale: 1, cx: 0, cy: 0, fit: true },
  compare: "off",
  holding: false,
  split: 0.5,
  heat: false,
  unsure: false,
  clipping: false,
  measured: false,
  hoverFace: null,
  link: "connecting",
  busy: false,
  drawn: 0,
}));

/** Empty rim around a fitted picture, in CSS pixels: on a phone thin, unless fingers pull at its edges. */
function padding(state: ViewState): number {
  const narrow = state.canvas.width / state.dpr < 560;
  return (narrow ? (state.open ? 28 : 12) : state.open ? 48 : 32) * state.dpr;
}

/** One picture's place: the whole canvas, or its half when two stand side by side. */
export function paneOf(state: Pick<ViewState, "compare" | "canvas">): port.Size {
  const { width, height } = state.canvas;
  return state.compare === "side" ? { width: Math.floor(width / 2), height } : { width, height };
}

function place(change: (state: ViewState, pane: port.Size) => port.Viewport): void {
  useView.setState((state) => ({ viewport: change(state, paneOf(state)) }));
}

export function fit(): void {
  place((state, pane) => port.fitted(state.frame.size, pane, padding(state)));
}

/** Zooms to `scale` around `at`, or around the middle. */
export function zoomTo(scale: number, at?: port.Point): void {
  place((state, pane) => {
    const anchor = at ?? { x: pane.width / 2, y: pane.height / 2 };
    return port.zoomedAt(state.viewport, state.frame.size, pane, scale, anchor);
  });
}

export function zoomBy(factor: number, at?: port.Point): void {
  zoomTo(useView.getState().viewport.scale * factor, at);
}

export function zoomStep(direction: 1 | -1): void {
  zoomTo(port.nextStop(useView.getState().viewport.scale, direction));
}

/** From anywhere to 100 %, from 100 % and closer to the fitted view. */
export function zoomToggle(at?: port.Point): void {
  if (useView.getState().viewport.scale >= 0.99 && !useView.getState().viewport.fit) fit();
  else zoomTo(1, at);
}

export function panBy(dx: number, dy: number): void {
  place((state, pane) => port.panned(state.viewport, state.frame.size, pane, dx, dy));
}

/** Shows a part of the photo, with room around it. */
export function zoomToRect(part: port.Rect): void {
  place((state, pane) => {
    const [x, y, w, h] = regionMoved(state.frame.fromSource, [part.x, part.y, part.w, part.h]);
    const rect = { x, y, w, h };
    const scale = Math.min(pane.width / rect.w, pane.height / rect.h, 4) * 0.6;
    const whole = port.fitScale(state.frame.size, pane, padding(state));
    if (scale <= whole) return port.fitted(state.frame.size, pane, padding(state));
    const view = { scale, cx: rect.x + rect.w / 2, cy: rect.y + rect.h / 2, fit: false };
    return port.panned(view, state.frame.size, pane, 0, 0);
  });
}

/** A fitted photo stays fitted when its place changes. */
function refit(): void {
  if (useView.getState().viewport.fit) fit();
  else panBy(0, 0);
}

export function resize(canvas: port.Size, dpr: number): void {
  useView.setState({ canvas, dpr });
  refit();
}

export function showPhoto(photo: port.Size): void {
  const frame = whole(photo);
  const rest = { heat: false, unsure: false, clipping: false, compare: "off", holding: false } as const;
  useView.setState({ photo, frame, open: false, before: null, ...rest });
  fit();
}

/** Shows another frame of the photo, or all of it: what was in the middle of the screen stays there. */
export function reframe(frame: Framing, open: boolean): void {
  useView.setState((state) => {
    const next = { ...state, frame, open };
    if (open === state.open) return { frame, viewport: open ? state.viewport : carried(next, state) };
    if (!open) return { frame, open, before: null, viewport: carried(next, state.before ?? state) };
    const { viewport } = state;
    const fit = { ...viewport, fit: true };
    const quiet = { compare: "off", heat: false, unsure: false, clipping: false } as const;
    return { frame, open, before: { viewport, frame: state.frame }, ...quiet, viewport: fit };
  });
  refit();
}

/** The viewport that has the same place of the photo in its middle. */
function carried(next: ViewState, { viewport, frame }: Pick<ViewState, "viewport" | "frame">): port.Viewport {
  const { x, y } = moved(next.frame.fromSource, moved(frame.toSource, { x: viewport.cx, y: viewport.cy }));
  return { ...viewport, cx: x, cy: y };
}

export function compareAs(compare: Compare): void {
  const { compare: now, open } = useView.getState();
  if (open) return;
  useView.setState({ compare: now === compare ? "off" : compare, split: 0.5 });
  refit();
}

export function hold(holding: boolean): void {
  if (useView.getState().holding !== holding) useView.setState({ holding });
}

export function toggleClipping(): void {
  useView.setState((state) => ({ clipping: !state.clipping }));
}
