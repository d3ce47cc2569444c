/** Measures the newest picture for as long as somebody looks at the figures, at most ten times a second. */

import { create } from "zustand";
import { type Light, lightOf } from "@/canvas/light";
import type { Stage } from "@/canvas/stage";
import type { ViewState } from "@/canvas/view-store";

/** The figures of the newest picture that was measured. */
export const useLight = create<{ light: Light | null }>(() => ({ light: null }));

const REST_MS = 100;
/** Pixels that are counted, and that are also marked: at most 3 ms of the page's time. */
const COUNTED = 50_000;
const MARKED = 180_000;

export class LightMeter {
  private readonly sample = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  private timer: ReturnType<typeof setTimeout> | null = null;
  private measured = -REST_MS;

  constructor(
    private readonly stage: Stage,
    private readonly look: () => ViewState,
  ) {}

  /** There is another picture, or somebody looks: measures soon, after what is painted now. */
  due(): void {
    const { measured, clipping } = this.look();
    if (!clipping) this.stage.markClipped(null);
    if (!measured && !clipping) return;
    const wait = Math.max(0, this.measured + REST_MS - performance.now());
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.measured = performance.now();
      this.measure();
    }, wait);
  }

  close(): void {
    if (this.timer) clearTimeout(this.timer);
    useLight.setState({ light: null });
  }

  private measure(): void {
    const { sample } = this;
    const layers = this.stage.newest();
    const [base] = layers;
    if (!sample || !base) return;
    const { clipping } = this.look();
    const all = base.bitmap.width * base.bitmap.height;
    const scale = Math.min(1, Math.sqrt((clipping ? MARKED : COUNTED) / all));
    const width = Math.max(1, Math.round(base.bitmap.width * scale));
    const height = Math.max(1, Math.round(base.bitmap.height * scale));
    sample.canvas.width = width;
    sample.canvas.height = height;
    // Means of neighbors would hide what is clipped.
    sample.imageSmoothingEnabled = false;
    for (const { bitmap, x, y, w, h } of layers) {
      const [right, down] = [width / base.w, height / base.h];
      sample.drawImage(bitmap, (x - base.x) * right, (y - base.y) * down, w * right, h * down);
    }
    const pixels = sample.getImageData(0, 0, width, height);
    const mask = clipping ? new ImageData(width, height) : null;
    useLight.setState({ light: lightOf(pixels.data, mask ? new Uint32Array(mask.data.buffer) : undefined) });
    if (mask) this.stage.markClipped({ mask, x: base.x, y: base.y, w: base.w, h: base.h });
  }
}
