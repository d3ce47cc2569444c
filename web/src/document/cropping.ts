/** The crop in a recipe, each change a pure function. */

import type { Edit, Face, Recipe, Step } from "@/api/types";
import type { Region, Size } from "@/document/affine";
import {
  type Crop,
  type Edges,
  UNCROPPED,
  clamp,
  composes,
  edgesOf,
  frameOf,
  isUncropped,
  planeOf,
  readCrop,
  turnedFrame,
} from "@/document/crop";
import type { Framing } from "@/document/framing";

const CROP = "crop";
const VERSION = 1;
/** Smallest share of the picture's width and height. */
export const LEAST = 0.005;

function isCrop(step: Step): boolean {
  return step.edit.op === CROP;
}

export function cropOf(recipe: Recipe): Crop {
  const step = recipe.steps.find((each) => isCrop(each) && each.opacity > 0);
  return step ? readCrop(step.edit) : UNCROPPED;
}

/** Tells one crop from another; none has no name. */
export function cropName(recipe: Recipe): string {
  const crop = cropOf(recipe);
  return isUncropped(crop) ? "" : JSON.stringify(crop);
}

/** Puts a crop in the place of what there was; one that changes nothing is no step. */
export function withCrop(recipe: Recipe, crop: Crop): Recipe {
  if (isUncropped(crop)) return { ...recipe, steps: recipe.steps.filter((step) => !isCrop(step)) };
  const edit: Edit = { op: CROP, version: VERSION, ...crop };
  const step: Step = { edit, opacity: 1, area: "face", person: null, mask: null };
  const steps = recipe.steps.some(isCrop)
    ? recipe.steps.map((each) => (isCrop(each) ? step : each))
    : [...recipe.steps, step];
  return { ...recipe, steps };
}

/** Heads that a cut is built around: of the people to retouch, or else of everybody. */
export function headsOf(faces: readonly Face[]): Region[] {
  const meant = faces.filter((face) => face.editable);
  return (meant.length > 0 ? meant : faces).map((face) => face.head);
}

/** What the canvas shows, and what it asks the server for, as a recipe and the frame it makes. */
export type Showing = { shown: Framing; recipe: Recipe; asked: Framing };

/** The finished picture. Until the heads are known, the cut that is built around them is said in numbers. */
export function finished(recipe: Recipe, photo: Size, faces: readonly Face[]): Showing {
  const crop = cropOf(recipe);
  const heads = headsOf(faces);
  const frame = frameOf(crop, photo, heads);
  const plain = heads.length === 0 && composes(crop) ? withCrop(recipe, drawn(crop, photo, heads)) : recipe;
  return { shown: frame, recipe: plain, asked: frame };
}

/** Of the file that is downloaded. */
export function finishedSize(recipe: Recipe, photo: Size, faces: readonly Face[]): Size {
  return finished(recipe, photo, faces).shown.size;
}

/** The crop with its cut in numbers, whoever placed it. */
export function drawn(crop: Crop, photo: Size, heads: readonly Region[]): Crop {
  const around = turnedFrame(crop, photo).size;
  return withEdges(crop, edgesOf(crop, photo, heads), around);
}

export function withEdges(crop: Crop, edges: Edges, around: Size): Crop {
  const left = clamp(edges.left / around.width, 0, 1);
  const top = clamp(edges.top / around.height, 0, 1);
  const width = clamp((edges.right - edges.left) / around.width, LEAST, 1 - left);
  const height = clamp((edges.bottom - edges.top) / around.height, LEAST, 1 - top);
  return { ...crop, left, top, width, height, head: 0 };
}

/** All of the picture, so that it can be cut: the canvas straightens it by itself. */
export function laidOpen(recipe: Recipe, photo: Size): Showing {
  const crop = cropOf(recipe);
  const level: Crop = { ...UNCROPPED, turn: crop.turn, mirror: crop.mirror, flip: crop.flip };
  return { shown: planeOf(crop, photo), recipe: withCrop(recipe, level), asked: planeOf(level, photo) };
}

/** Whether the server would draw the same for both; what is kept from one to the other is the same object. */
export function drawsTheSame(a: Recipe, b: Recipe): boolean {
  if (a === b) return true;
  const [others, rest] = [a, b].map((recipe) => recipe.steps.filter((step) => !isCrop(step)));
  if (!others || !rest || others.length !== rest.length || others.some((step, k) => step !== rest[k])) return false;
  const same = (["amounts", "locks", "flips", "excluded", "included"] as const).every((key) => a[key] === b[key]);
  return same && cropName(a) === cropName(b);
}
