/** How the photo is looked at: zoom, compare, overlays. Not part of the recipe. */

import { create } from "zustand";
import type { Link } from "@/api/live/live";
import * as port from "@/canvas/viewport";

export type Compare = "off" | "split" | "side";

export type ViewState = {
  photo: port.Size;
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
  /** Whether clipped shadows and highlights are marked. */
  clipping: boolean;
  /** Whether somebody looks at the histogram. */
  measured: boolean;
  /** Key of the face under the pointer, in the picture or in the strip. */
  hoverFace: string | null;
  link: Link;
  /** Whether the newest change is still on its way. */
  busy: boolean;
};

const start: port.Size = { width: 1, height: 1 };

export const useView = create<ViewState>(() => ({
  photo: start,
  canvas: start,
  dpr: 1,
  viewport: { scale: 1, cx: 0, cy: 0, fit: true },
  compare: "off",
  holding: false,
  split: 0.5,
  heat: false,
  clipping: false,
  measured: false,
  hoverFace: null,
  link: "connecting",
  busy: false,
}));

/** Empty rim around a fitted photo, in CSS pixels. */
function padding(state: ViewState): number {
  return (state.canvas.width / state.dpr < 560 ? 12 : 32) * state.dpr;
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
  place((state, pane) => port.fitted(state.photo, pane, padding(state)));
}

/** Zooms to `scale` around `at`, or around the middle. */
export function zoomTo(scale: number, at?: port.Point): void {
  place((state, pane) => {
    const anchor = at ?? { x: pane.width / 2, y: pane.height / 2 };
    return port.zoomedAt(state.viewport, state.photo, pane, scale, anchor);
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
  place((state, pane) => port.panned(state.viewport, state.photo, pane, dx, dy));
}

/** Shows a part of the photo, with room around it. */
export function zoomToRect(rect: port.Rect): void {
  place((state, pane) => {
    const scale = Math.min(pane.width / rect.w, pane.height / rect.h, 4) * 0.6;
    const whole = port.fitScale(state.photo, pane, padding(state));
    if (scale <= whole) return port.fitted(state.photo, pane, padding(state));
    const view = { scale, cx: rect.x + rect.w / 2, cy: rect.y + rect.h / 2, fit: false };
    return port.panned(view, state.photo, pane, 0, 0);
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
  useView.setState({ photo, heat: false, clipping: false, compare: "off", holding: false });
  fit();
}

export function compareAs(compare: Compare): void {
  const now = useView.getState().compare;
  useView.setState({ compare: now === compare ? "off" : compare, split: 0.5 });
  refit();
}

export function hold(holding: boolean): void {
  if (useView.getState().holding !== holding) useView.setState({ holding });
}

export function toggleClipping(): void {
  useView.setState((state) => ({ clipping: !state.clipping }));
}
