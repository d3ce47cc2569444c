/** What happens to each skin mark: the person's own word first, else what the sliders say. */

import type { Analysis, Recipe, Spot } from "@/api/types";
import type { Size } from "@/viewer/viewport";
import type { SpotMark } from "@/viewer/overlays";

/** Tools that keep a kind of mark carry a switch named after it. */
const KEEPERS: Record<string, string[]> = {
  mole: ["keep_moles"],
  brown: ["keep_freckles", "keep_moles"],
  freckle: ["keep_freckles"],
  scar: ["keep_scars"],
};

function healStep(recipe: Recipe) {
  return recipe.steps.find((step) => step.edit.op === "blemishes");
}

/** Whether the sliders alone would heal the mark. */
function healedBySliders(recipe: Recipe, spot: Spot): boolean {
  const step = healStep(recipe);
  if (!step || step.opacity === 0) return false;
  const amount = Number(step.edit["amount"] ?? 0);
  const keeps = (KEEPERS[spot.kind] ?? []).some((field) => step.edit[field] !== false);
  return !keeps && amount > 0 && spot.confidence >= 1 - amount / 100;
}

/** A flip belongs to the mark it lies in. */
function flipOf(recipe: Recipe, photo: Size, spot: Spot) {
  return recipe.flips.find(
    (flip) => Math.hypot(flip.x * photo.width - spot.x, flip.y * photo.height - spot.y) <= spot.radius,
  );
}

export function spotMarks(analysis: Analysis | undefined, recipe: Recipe, photo: Size): SpotMark[] {
  return (analysis?.faces ?? []).flatMap((face) =>
    face.spots.map((spot) => {
      const flip = flipOf(recipe, photo, spot);
      const healed = flip ? flip.action === "heal" : healedBySliders(recipe, spot);
      return { spot, healed, flipped: flip !== undefined };
    }),
  );
}

/** The recipe in which the mark is treated the other way than now. */
export function flipped(recipe: Recipe, photo: Size, mark: SpotMark): Recipe {
  const old = flipOf(recipe, photo, mark.spot);
  const rest = recipe.flips.filter((flip) => flip !== old);
  const action = mark.healed ? "keep" : "heal";
  const back = old !== undefined && healedBySliders(recipe, mark.spot) === (action === "heal");
  if (back) return { ...recipe, flips: rest };
  const { x, y } = mark.spot;
  return { ...recipe, flips: [...rest, { x: x / photo.width, y: y / photo.height, action }] };
}
