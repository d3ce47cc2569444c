/** Paints the photo on the canvas: frames from the server, compare, and overlays. */

import type { Picture } from "@/api/live/live";
import type { Face } from "@/api/types";
import { type Layer, clipToCut, drawLayer } from "@/canvas/draw";
import { paintFaces } from "@/canvas/face-frames";
import type { Paint } from "@/canvas/tool";
import { type ViewState, paneOf } from "@/canvas/view-store";
import { type Rect, type Size, covers } from "@/canvas/viewport";
import { type Framing, sameFraming } from "@/document/framing";

/** Clipped places of a part of the finished picture. */
export type Clipped = Rect & { mask: ImageData };

/**
 * The last picture of the whole photo, the last sharp one of what is seen, and the last patch that
 * lies over that.
 */
type Layers = { whole: Layer | null; sharp: Layer | null; patch: Layer | null };

const NOTHING: Layers = { whole: null, sharp: null, patch: null };

type Side = "edited" | "original";

export class Stage {
  private readonly layers: Record<Side, Layers> = {
    edited: NOTHING,
    original: NOTHING,
  };
  private heat: Layer | null = null;
  private unsure: Layer | null = null;
  private clipped: (Rect & { canvas: HTMLCanvasElement }) | null = null;
  private overlay: Paint | null = null;
  private faces: Face[] = [];
  private scheduled = false;
  /** Whether everything is to be painted again, or only a new patch put over it. */
  private stale = true;
  private closed = false;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly look: () => ViewState,
  ) {}

  /** Takes a part of the picture that the server drew in a frame. */
  show(picture: Picture, frame: Framing): void {
    const { kind, x, y, w, h } = picture.header;
    const layer = { bitmap: picture.bitmap, frame, x, y, w, h };
    if (kind === "patch") {
      const { edited } = this.layers;
      edited.patch?.bitmap.close();
      this.layers.edited = { ...edited, patch: layer };
      this.schedule();
      return;
    }
    const own = this.layers[kind];
    const isWhole = covers(layer, { x: 0, y: 0, w: frame.size.width, h: frame.size.height });
    const old = isWhole ? [own.whole, own.sharp] : [own.sharp === own.whole ? null : own.sharp];
    old.push(own.patch);
    this.layers[kind] = { whole: isWhole ? layer : own.whole, sharp: layer, patch: null };
    for (const gone of new Set(old)) gone?.bitmap.close();
    this.invalidate();
  }

  /** Takes the heat map of the whole picture in a frame. */
  showHeat(bitmap: ImageBitmap, frame: Framing): void {
    this.heat?.bitmap.close();
    this.heat = { bitmap, frame, x: 0, y: 0, w: frame.size.width, h: frame.size.height };
    this.invalidate();
  }

  /** Takes the map of the cut-out's unsure edges, which covers the whole photo. */
  showUnsure(bitmap: ImageBitmap, photo: Framing): void {
    this.unsure?.bitmap.close();
    this.unsure = { bitmap, frame: photo, x: 0, y: 0, w: photo.size.width, h: photo.size.height };
    this.invalidate();
  }

  /** Marks clipped places, or (null) no longer. */
  markClipped(clipped: Clipped | null): void {
    if (clipped === null && this.clipped === null) return;
    this.clipped = clipped && { ...clipped, canvas: painted(clipped.mask) };
    this.invalidate();
  }

  /** The newest pictures of what is seen, edited as soon as that has come; later ones lie on top. */
  newest(): Layer[] {
    const { edited, original } = this.layers;
    const { sharp, patch } = edited.sharp ? edited : original;
    return [sharp, patch].filter((layer) => layer !== null);
  }

  setFaces(faces: Face[]): void {
    this.faces = faces;
    this.invalidate();
  }

  /** What the tool in the hand draws over the edited side. */
  setOverlay(overlay: Paint | null): void {
    this.overlay = overlay;
    this.invalidate();
  }

  /** Whether the original of the part that is seen can be shown at once. */
  hasOriginal(rect: Rect, scale: number, frame: Framing): boolean {
    const { sharp, whole } = this.layers.original;
    const fits = (layer: Layer) => sameFraming(layer.frame, frame) && covers(layer, rect);
    return [sharp, whole].some(
      (layer) => layer !== null && fits(layer) && layer.bitmap.width / layer.w >= scale * 0.95,
    );
  }

  get hasPicture(): boolean {
    return this.layers.edited.sharp !== null || this.layers.original.sharp !== null;
  }

  invalidate(): void {
    this.stale = true;
    this.schedule();
  }

  /** Paint without waiting for the next frame: holding compare must not be felt. */
  paintNow(): void {
    this.stale = true;
    if (!this.closed) this.paint();
  }

  private schedule(): void {
    if (this.scheduled || this.closed) return;
    this.scheduled = true;
    requestAnimationFrame(() => {
      this.scheduled = false;
      if (!this.closed) this.paint();
    });
  }

  close(): void {
    this.closed = true;
    for (const { whole, sharp, patch } of Object.values(this.layers)) {
      for (const layer of [whole, sharp, patch]) layer?.bitmap.close();
    }
    this.heat?.bitmap.close();
    this.unsure?.bitmap.close();
  }

  private paint(): void {
    const context = this.canvas.getContext("2d");
    if (!context) return;
    const state = this.look();
    const { width, height } = state.canvas;
    const pane = paneOf(state);
    if (!this.stale && this.isPlain(state)) {
      this.paintPatch(context, state, pane);
      return;
    }
    this.stale = false;
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    if (state.compare === "side") this.paintSides(context, state, pane);
    else this.paintWhole(context, state, pane);
  }

  /** Whether the edited photo is all there is to see: then a patch need not paint the rest again. */
  private isPlain(state: ViewState): boolean {
    const { compare, holding, heat, unsure, hoverFace } = state;
    const over = (heat && this.heat !== null) || (unsure && this.unsure !== null) || this.clipped !== null || this.overlay !== null || hoverFace !== null;
    return compare === "off" && !holding && !over;
  }

  private paintPatch(context: CanvasRenderingContext2D, state: ViewState, pane: Size): void {
    const { patch } = this.layers.edited;
    if (patch) drawLayer(context, state, pane, patch);
  }

  private paintSides(context: CanvasRenderingContext2D, state: ViewState, pane: Size): void {
    this.paintPane(context, state, { x: 0, y: 0, w: pane.width, h: pane.height }, 0, "original");
    const right = { x: pane.width, y: 0, w: pane.width, h: pane.height };
    this.paintPane(context, state, right, pane.width, state.holding ? "original" : "edited");
  }

  private paintWhole(context: CanvasRenderingContext2D, state: ViewState, pane: Size): void {
    const whole = { x: 0, y: 0, w: pane.width, h: pane.height };
    if (state.holding) {
      this.paintPane(context, state, whole, 0, "original");
      return;
    }
    this.paintPane(context, state, whole, 0, "edited");
    if (state.compare === "split") {
      const left = { ...whole, w: Math.round(pane.width * state.split) };
      context.clearRect(left.x, left.y, left.w, left.h);
      this.paintPane(context, state, left, 0, "original");
    }
  }

  /** Paints one side within `clip`; the photo's place is that of a pane that starts at `left`. */
  private paintPane(
    context: CanvasRenderingContext2D,
    state: ViewState,
    clip: Rect,
    left: number,
    side: Side,
  ): void {
    const pane = paneOf(state);
    context.save();
    context.beginPath();
    context.rect(clip.x, clip.y, clip.w, clip.h);
    context.clip();
    context.translate(left, 0);
    this.paintLayers(context, state, pane, side);
    if (side === "edited") this.paintOver(context, state, pane);
    else if (!state.holding) this.paintHand(context, state, pane);
    context.restore();
  }

  private paintLayers(
    context: CanvasRenderingContext2D,
    state: ViewState,
    pane: Size,
    side: Side,
  ): void {
    // Until a side has come, the other stands in: never an empty frame.
    const other = side === "edited" ? "original" : "edited";
    const { whole, sharp, patch } = this.layers[this.layers[side].sharp ? side : other];
    // Above 300 % a person looks at pixels, not at a picture.
    context.imageSmoothingEnabled = state.viewport.scale < 3;
    // A smaller frame of a drag is enlarged many times a second: bilinear is what there is time for.
    const small = sharp !== null && sharp.bitmap.width < 0.98 * sharp.w * state.viewport.scale;
    context.imageSmoothingQuality = small ? "low" : "high";
    for (const layer of new Set([whole, sharp, patch])) {
      if (layer) drawLayer(context, state, pane, layer);
    }
  }

  private paintOver(context: CanvasRenderingContext2D, state: ViewState, pane: Size): void {
    clipToCut(context, state, pane);
    if (state.heat && this.heat) drawLayer(context, state, pane, this.heat);
    if (state.unsure && this.unsure) drawLayer(context, state, pane, this.unsure);
    if (this.clipped) {
      context.imageSmoothingEnabled = false;
      const { canvas: bitmap, ...rect } = this.clipped;
      drawLayer(context, state, pane, { bitmap, frame: state.frame, ...rect });
    }
    this.overlay?.(context, state, pane);
    this.paintFaces(context, state, pane);
  }

  /** The hand works on the original's side of a comparison, too, and is seen there. */
  private paintHand(context: CanvasRenderingContext2D, state: ViewState, pane: Size): void {
    if (!this.overlay) return;
    clipToCut(context, state, pane);
    this.overlay(context, state, pane);
  }

  private paintFaces(context: CanvasRenderingContext2D, state: ViewState, pane: Size): void {
    const lit = this.faces.filter((face) => face.key === state.hoverFace);
    paintFaces(context, state, pane, lit);
  }
}

function painted(mask: ImageData): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = mask.width;
  canvas.height = mask.height;
  canvas.getContext("2d")?.putImageData(mask, 0, 0);
  return canvas;
}
