/** What the canvas asks while the brush is in the hand; the brush itself is loaded when it is taken. */

import type { Point } from "@/viewer/viewport";

export type Touch = {
  /** Place on the pane in device pixels. */
  at: Point;
  shift: boolean;
  /** 0 to 1 of a pen, 1 of anything else. */
  pressure: number;
};

export type BrushPort = {
  begin: (touch: Touch) => void;
  extend: (touches: Touch[]) => void;
  end: () => void;
  cancel: () => void;
  hover: (at: Point | null) => void;
  resize: (direction: 1 | -1) => void;
  /** Returns whether the key was the brush's. */
  key: (key: string, shift: boolean) => boolean;
};

let taken: BrushPort | null = null;

export function brushPort(): BrushPort | null {
  return taken;
}

/** Takes the brush in the hand; returns a function that puts it back. */
export function takeBrush(port: BrushPort): () => void {
  taken = port;
  return () => {
    if (taken === port) taken = null;
  };
}
