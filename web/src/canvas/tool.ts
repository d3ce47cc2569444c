/** How a tool plugs into the canvas. The canvas knows this and no tool. */

import type { TFunction } from "i18next";
import type { ComponentType } from "react";
import { create } from "zustand";
import type { Catalogue } from "@/api/catalogue";
import type { Project } from "@/api/types";
import type { ViewState } from "@/canvas/view-store";
import type { Point, Size } from "@/canvas/viewport";

export type Tool = {
  name: string;
  /** What the canvas is called while the tool is in the hand. */
  canvasText: (t: TFunction) => string;
  /** Stands beside the canvas. */
  Panel: ComponentType<{ project: Project; catalogue: Catalogue }>;
  /** Lies over the canvas: takes the hand while it is there, and shows what no canvas can draw. */
  Layer: ComponentType<LayerProps>;
};

export type LayerProps = {
  project: Project;
  /** Has the canvas drawn again, and what the hand paints over it. */
  repaint: () => void;
};

/** What a tool does on the photo while it is in the hand. Places are on the pane, in device pixels. */
export type Hand = {
  name: string;
  /** The pointer's look at a place; null where the photo's own fits. */
  cursor: (at: Point) => "none" | "pointer" | "crosshair" | null;
  /** Draws over the edited photo. */
  paint: Paint;
  hover: (at: Point | null) => void;
  /** Returns whether the click was the tool's; else it chooses a person. */
  click?: (at: Point) => boolean;
  /** Without it, drags move the photo. */
  drag?: Drag;
  /** Wants all of the photo laid open, what is cut off too. */
  open?: boolean;
  /** Alt and wheel. */
  resize?: (direction: 1 | -1) => void;
  /** Returns whether the key was the tool's. */
  key?: (key: string, shift: boolean) => boolean;
};

export type Paint = (context: CanvasRenderingContext2D, state: ViewState, pane: Size) => void;

export type Drag = {
  begin: (touch: Touch) => void;
  extend: (touches: Touch[]) => void;
  end: () => void;
  cancel: () => void;
};

export type Touch = {
  at: Point;
  /** What lay under it when it went down. */
  on: Element | null;
  shift: boolean;
  /** 0 to 1 of a pen, 1 of anything else. */
  pressure: number;
};

export const useHand = create<{ hand: Hand | null }>(() => ({ hand: null }));

export function inHand(): Hand | null {
  return useHand.getState().hand;
}

/** Takes a tool in the hand; returns a function that puts it back. */
export function takeHand(hand: Hand): () => void {
  useHand.setState({ hand });
  return () => {
    if (inHand() === hand) useHand.setState({ hand: null });
  };
}
