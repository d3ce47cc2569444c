/** What the brush is set to, and where it stands. The strokes themselves are in the recipe. */

import { create } from "zustand";
import type { Point } from "@/canvas/viewport";

export type BrushState = {
  /** The op that is painted with, or whose mask is painted. */
  target: string;
  mode: "add" | "remove";
  /** Diameter on the screen, in CSS pixels. */
  size: number;
  /** Share of the radius over which the brush fades. */
  feather: number;
  strength: number;
  edge: boolean;
  /** Whether the painted places are tinted; null leaves it to the brush (`isTinted`). */
  overlay: boolean | null;
  /** Where the brush stands over the photo's pane, in CSS pixels. */
  cursor: Point | null;
  /** The stroke that its row in the list points at. */
  pointed: number | null;
};

export const SIZES = { min: 2, max: 500 };

export const useBrush = create<BrushState>(() => ({
  target: "heal_brush",
  mode: "add",
  size: 48,
  feather: 0.5,
  strength: 1,
  edge: false,
  overlay: null,
  cursor: null,
  pointed: null,
}));

/** Makes the brush larger or smaller by one step, which is a share of its size. */
export function resize(direction: 1 | -1): void {
  useBrush.setState(({ size }) => ({ size: within(size + direction * Math.max(1, size * 0.12)) }));
}

function within(size: number): number {
  return Math.round(Math.min(SIZES.max, Math.max(SIZES.min, size)));
}

export function soften(direction: 1 | -1): void {
  useBrush.setState(({ feather }) => ({
    feather: Math.round(Math.min(1, Math.max(0, feather + direction * 0.1)) * 100) / 100,
  }));
}

export function turnOver(): void {
  useBrush.setState(({ mode }) => ({ mode: mode === "add" ? "remove" : "add" }));
}

/** A brush that changes pixels shows what it did: its tint is in the way once the hand is off. A mask is the tint. */
export function isTinted({ overlay }: BrushState, brushes: boolean, painting: boolean): boolean {
  return overlay ?? (painting || !brushes);
}

export function toggleOverlay(): void {
  useBrush.setState((state) => ({ overlay: !isTinted(state, PIXELS.includes(state.target), false) }));
}

/** Tools that work where they are painted, and nowhere else. */
export const PIXELS = ["heal_brush", "restore", "dodge", "burn"];
