/** What happens to each skin mark: the person's own word first, else what the engine reported. */

import type { Analysis, Recipe, Report, Spot } from "@/api/types";
import type { Size } from "@/canvas/viewport";
import type { SpotMark } from "@/tools/marks/rings";

export const KINDS = ["red", "brown", "post_acne", "mole", "scar"] as const;
export type Kind = (typeof KINDS)[number] | "other";

function kindOfSpot(spot: Spot): Kind {
  if (spot.post_acne) return "post_acne";
  return KINDS.find((kind) => kind === spot.kind) ?? "other";
}

/** The kind as the editor has words for it. */
export function kindOf(mark: SpotMark): Kind {
  return kindOfSpot(mark.spot);
}

export function ofKind(marks: SpotMark[], kind: string | null): SpotMark[] {
  return kind === null ? marks : marks.filter((mark) => kindOf(mark) === kind);
}

/** Kinds that are blemishes, and so worth a suggestion where something speaks against healing them by itself. */
const BLEMISHES: ReadonlySet<string> = new Set(["red", "scar", "post_acne"]);

/** The report rounds places to a tenth of a pixel. */
const ROUNDING = 0.2;

type Healed = (spot: Spot) => boolean;

/** Which marks the sliders heal, as the engine said of the saved recipe. */
function healedBySliders(report: Report | undefined): Healed {
  const marks = (report?.faces ?? []).flatMap((face) => face.healed);
  return (spot) =>
    marks.some(
      (mark) =>
        mark.kind === spot.kind &&
        Math.abs(mark.x - spot.x) < ROUNDING &&
        Math.abs(mark.y - spot.y) < ROUNDING,
    );
}

/** A flip belongs to the mark it lies in. */
function flipOf(recipe: Recipe, photo: Size, spot: Spot) {
  return recipe.flips.find(
    (flip) =>
      Math.hypot(flip.x * photo.width - spot.x, flip.y * photo.height - spot.y) <= spot.radius,
  );
}

export function spotMarks(
  analysis: Analysis | undefined,
  report: Report | undefined,
  recipe: Recipe,
  photo: Size,
): SpotMark[] {
  const healed = healedBySliders(report);
  return (analysis?.faces ?? []).flatMap((face) =>
    face.spots.map((spot) => {
      const flip = flipOf(recipe, photo, spot);
      const goes = flip ? flip.action === "heal" : healed(spot);
      const suggested = Boolean(spot.doubt) && BLEMISHES.has(kindOfSpot(spot)) && !goes && flip === undefined;
      return { spot, healed: goes, flipped: flip !== undefined, suggested };
    }),
  );
}

/** The recipe in which every one of these marks is healed, or kept, by hand. */
export function turnedAll(recipe: Recipe, photo: Size, marks: readonly SpotMark[], heal: boolean): Recipe {
  return marks.filter((mark) => mark.healed !== heal).reduce((made, mark) => flipped(made, photo, mark), recipe);
}

/** The recipe in which the mark is treated the other way than now. */
export function flipped(recipe: Recipe, photo: Size, mark: SpotMark): Recipe {
  const old = flipOf(recipe, photo, mark.spot);
  const rest = recipe.flips.filter((flip) => flip !== old);
  const { x, y } = mark.spot;
  const action = mark.healed ? ("keep" as const) : ("heal" as const);
  return { ...recipe, flips: [...rest, { x: x / photo.width, y: y / photo.height, action }] };
}
