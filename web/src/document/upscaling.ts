/** The size of a finished photo, worked out as `ops/upscale.py` does. */

import type { Edit, Recipe } from "@/api/types";
import type { Size } from "@/document/affine";

const UPSCALE = "upscale";
const VERSION = 1;
/** Centimeters. */
const INCH = 2.54;

function editOf(recipe: Recipe): Edit | undefined {
  return recipe.steps.find((step) => step.edit.op === UPSCALE && step.opacity > 0)?.edit;
}

function number(edit: Edit, field: string, fallback = 0): number {
  const value = (edit as Record<string, unknown>)[field];
  return typeof value === "number" ? value : fallback;
}

/** Width and height of the file that a recipe makes of a finished picture. */
export function deliveredSize(recipe: Recipe, now: Size): Size {
  const edit = editOf(recipe);
  if (!edit) return now;
  const paper = [number(edit, "print_width"), number(edit, "print_height")] as const;
  if (paper[0] || paper[1]) {
    const dpi = number(edit, "dpi", 300);
    return fitted(now, Math.round((paper[0] / INCH) * dpi), Math.round((paper[1] / INCH) * dpi));
  }
  const [width, height] = [number(edit, "width"), number(edit, "height")];
  if (width || height) return fitted(now, width, height);
  const factor = 1 + number(edit, "amount") / 100;
  return { width: Math.round(now.width * factor), height: Math.round(now.height * factor) };
}

export type Upscale = {
  amount: number;
  width: number;
  height: number;
  print_width: number;
  print_height: number;
  dpi: number;
  /** How much of the network's texture is kept, 0 to 100. */
  texture: number;
};

/** The texture that is nearest to the truth. */
export const TEXTURE = 65;

/** What a recipe says of the size; all zero where it says nothing. */
export function upscaleOf(recipe: Recipe): Upscale {
  const edit = editOf(recipe);
  const field = (name: keyof Upscale, fallback = 0) => (edit ? number(edit, name, fallback) : fallback);
  return {
    amount: field("amount"),
    width: field("width"),
    height: field("height"),
    print_width: field("print_width"),
    print_height: field("print_height"),
    dpi: field("dpi", 300),
    texture: field("texture", TEXTURE),
  };
}

/** Puts a size in the place of what there was; the photo's own is no step. */
export function withUpscale(recipe: Recipe, upscale: Upscale): Recipe {
  const others = recipe.steps.filter((step) => step.edit.op !== UPSCALE);
  const { amount, width, height, print_width, print_height } = upscale;
  if (!(amount || width || height || print_width || print_height)) return { ...recipe, steps: others };
  const edit: Edit = { op: UPSCALE, version: VERSION, ...upscale };
  return { ...recipe, steps: [...others, { edit, opacity: 1, area: "face", person: null, mask: null }] };
}

/** Whether a recipe makes a photo larger, which takes a while. */
export function isUpscaled(recipe: Recipe): boolean {
  return editOf(recipe) !== undefined;
}

function fitted(now: Size, width: number, height: number): Size {
  const scale = Math.min(width ? width / now.width : 1e9, height ? height / now.height : 1e9);
  return {
    width: Math.max(1, Math.round(now.width * scale)),
    height: Math.max(1, Math.round(now.height * scale)),
  };
}
