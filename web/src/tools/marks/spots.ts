/** What happens to each skin mark: the person's own word first, else what the engine reported. */

import type { Analysis, Face, Pointed, Recipe, Report, Spot } from "@/api/types";
import type { Point, Size } from "@/canvas/viewport";
import type { SpotMark } from "@/tools/marks/rings";

export const KINDS = ["red", "brown", "post_acne", "mole", "scar", "added"] as const;
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

/** How far around a face's middle its skin may lie, in its box's sides. */
const BESIDE = 1;

type Flip = Recipe["flips"][number];

function isAdded(flip: Flip): boolean {
  return typeof flip.radius === "number";
}

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

/** A flip belongs to the mark it lies in; a spot that somebody added is its own flip. */
function flipOf(recipe: Recipe, photo: Size, spot: Spot) {
  return recipe.flips.find(
    (flip) =>
      isAdded(flip) === (spot.kind === "added") &&
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
  const listed = (analysis?.faces ?? []).flatMap((face) =>
    face.spots.map((spot) => {
      const flip = flipOf(recipe, photo, spot);
      const goes = flip ? flip.action === "heal" : healed(spot);
      const suggested = Boolean(spot.doubt) && BLEMISHES.has(kindOfSpot(spot)) && !goes && flip === undefined;
      return { spot, healed: goes, flipped: flip !== undefined, suggested };
    }),
  );
  const added = recipe.flips.filter(isAdded).map((flip, at) => addedMark(analysis, flip, photo, at));
  return [...listed, ...added];
}

/** A spot that somebody added: it is healed as long as it is there. */
function addedMark(analysis: Analysis | undefined, flip: Flip, photo: Size, at: number): SpotMark {
  const [x, y] = [flip.x * photo.width, flip.y * photo.height];
  const radius = (flip.radius ?? 0) * Math.max(photo.width, photo.height);
  const id = `${faceBeside(analysis?.faces ?? [], { x, y })?.key ?? ""}/added ${at}`;
  const spot: Spot = { id, x, y, radius, kind: "added", confidence: 1, doubt: null, post_acne: false };
  return { spot, healed: true, flipped: true, suggested: false };
}

/** The face at a place or beside it, as far as its ears, its neck and its hair. */
export function faceBeside(faces: readonly Face[], { x, y }: Point): Face | undefined {
  const away = ({ box: [left, top, w, h] }: Face) =>
    Math.hypot((x - left - w / 2) / w, (y - top - h / 2) / h);
  const near = faces.filter((face) => face.skin !== null && away(face) < BESIDE);
  return near.reduce<Face | undefined>((best, face) => (best && away(best) <= away(face) ? best : face), undefined);
}

/** The recipe in which a spot is healed where nothing is listed. */
export function withAdded(recipe: Recipe, photo: Size, { x, y, radius }: Pointed): Recipe {
  const share = radius / Math.max(photo.width, photo.height);
  const flip: Flip = { x: x / photo.width, y: y / photo.height, action: "heal", radius: share };
  return { ...recipe, flips: [...recipe.flips, flip] };
}

/** The recipe in which every one of these marks is healed, or kept, by hand. */
export function turnedAll(recipe: Recipe, photo: Size, marks: readonly SpotMark[], heal: boolean): Recipe {
  return marks.filter((mark) => mark.healed !== heal).reduce((made, mark) => flipped(made, photo, mark), recipe);
}

/** The recipe in which the mark is treated the other way than now; one that was added is taken away. */
export function flipped(recipe: Recipe, photo: Size, mark: SpotMark): Recipe {
  const old = flipOf(recipe, photo, mark.spot);
  const rest = recipe.flips.filter((flip) => flip !== old);
  if (mark.spot.kind === "added") return { ...recipe, flips: rest };
  const { x, y } = mark.spot;
  const action = mark.healed ? ("keep" as const) : ("heal" as const);
  return { ...recipe, flips: [...rest, { x: x / photo.width, y: y / photo.height, action, radius: null }] };
}
