/** The crop in the hand: what is being drawn, and the way out. The crop itself is in the recipe. */

import { create } from "zustand";
import type { Point } from "@/canvas/viewport";
import { useView } from "@/canvas/view-store";
import type { Region, Size } from "@/document/affine";
import { type Crop, type Edges, edgesOf, frameOf, turnedFrame } from "@/document/crop";
import { cropOf, headsOf, withCrop } from "@/document/cropping";
import { type Entry, current, leftBehind } from "@/document/history";
import { commit, jumpTo, keptRecipe, preview, recipeNow, settle, shownRecipe, useDocument } from "@/document/store";
import type { Way } from "@/kit/Slider";
import { openPanel } from "@/panels/workbench";
import type { Part } from "@/tools/crop/pulling";

export type Doing = Part | "turn" | "line";

export type CropState = {
  /** Whether the next drag draws a line to level the picture along. */
  line: boolean;
  /** The line that is drawn, on the pane, in device pixels. */
  drawn: { from: Point; to: Point } | null;
  doing: Doing | null;
  /** The history's entry at which the crop was opened. */
  opened: Entry | null;
};

const START: CropState = { line: false, drawn: null, doing: null, opened: null };

export const useCrop = create<CropState>(() => START);

/** As it is when the crop is taken up. */
export function takeUp(): void {
  useCrop.setState({ ...START, opened: current(useDocument.getState().history) });
}

export function done(): void {
  settle();
  openPanel("retouch");
}

/** Goes back to how the picture was cut before. */
export function cancel(): void {
  const { opened } = useCrop.getState();
  settle();
  const { history } = useDocument.getState();
  if (opened && leftBehind(history, opened.id)?.length === 0) jumpTo(opened.id);
  else if (opened) commit("crop cut", withCrop(recipeNow(), cropOf(opened.recipe)));
  openPanel("retouch");
}

/** The crop as it stands, on this photo. */
export type Cropping = { crop: Crop; photo: Size; heads: Region[]; around: Size; edges: Edges; size: Size };

export function croppingOf(crop: Crop): Cropping {
  const { photo } = useView.getState();
  const heads = headsOf(useDocument.getState().faces);
  return {
    crop,
    photo,
    heads,
    around: turnedFrame(crop, photo).size,
    edges: edgesOf(crop, photo, heads),
    size: frameOf(crop, photo, heads).size,
  };
}

/** The crop that is kept: what a change starts from. */
export function kept(): Cropping {
  return croppingOf(cropOf(keptRecipe(useDocument.getState())));
}

/** What the picture shows now, with the change under the finger. */
export function useCropping(): Cropping {
  const recipe = useDocument(shownRecipe);
  useDocument((s) => s.faces);
  useView((s) => s.photo);
  return croppingOf(cropOf(recipe));
}

/** Shows a change of the kept crop. */
export function show(what: string, crop: Crop): void {
  preview(`crop ${what}`, withCrop(keptRecipe(useDocument.getState()), crop));
}

/** Makes a change of the kept crop a step. */
export function take(what: string, crop: Crop, way: Way = "press", key = what): void {
  const recipe = withCrop(keptRecipe(useDocument.getState()), crop);
  commit(`crop ${what}`, recipe, way === "keys" ? `keys crop ${key}` : null);
}
