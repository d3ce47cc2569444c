/**
 * What the server speaks. Its own models come from `api.gen.ts`, which `npm run types` writes from the
 * server's description; what that leaves open (recipes, schemas, analysis, report) is said here.
 */

import type { components } from "@/api/api.gen";

type Models = components["schemas"];

/** A point of a curve: tone before and after, 0 to 1. */
export type Point = [number, number];
export type Value = number | string | boolean | Point[];
export type Area = "face" | "neck" | "body";

export type Edit = { op: string; version: number; [field: string]: Value };

/** One pass of the brush. In space "face" lengths are face widths, in "photo" shares of the photo. */
export type Stroke = {
  mode: "add" | "remove";
  points: [number, number][];
  /** Diameter. */
  size: number;
  feather: number;
  strength: number;
  /** Stays inside the edge where the stroke began. */
  edge: boolean;
  space: "face" | "photo";
};

/** Where a step works: the tool's own region ("auto") or nothing, changed by strokes. */
export type Mask = { base: "auto" | "empty"; strokes: Stroke[]; bitmap?: string | null };

export type Step = {
  edit: Edit;
  opacity: number;
  area: Area;
  person: string | null;
  mask?: Mask | null;
};

export type Flip = { x: number; y: number; action: "heal" | "keep" };

/** Guards; one that is not named holds. */
export type Locks = {
  natural: boolean;
  skin_tone: boolean;
  identity?: boolean;
  straight_lines?: boolean;
};
export type Lock = keyof Locks;

/** All that is done to a photo, steps in the order of work; `recipes.ts` says how it is stored. */
export type Recipe = {
  steps: Step[];
  amounts: Record<string, number>;
  locks: Locks;
  flips: Flip[];
  /** Keys of people who are left alone. */
  excluded?: string[];
  /** Keys of faces in doubt that are retouched all the same. */
  included?: string[];
  /** What people are called, by key. */
  names?: Record<string, string>;
};

/** The part of JSON Schema that the catalogue uses. */
export type Schema = {
  type?: string;
  title?: string;
  description?: string;
  format?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  multipleOf?: number;
  natural?: number;
  cap?: number;
  floor?: number;
  swatches?: string[];
  $ref?: string;
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  $defs?: Record<string, Schema>;
};

export type CatalogueOp = Omit<Models["CatalogueOp"], "areas" | "schema"> & {
  areas: Area[];
  schema: Schema;
};

export type CataloguePanel = Models["CataloguePanel"];

export type CatalogueReply = { ops: CatalogueOp[]; panels: CataloguePanel[] };

export type Preset = Omit<Models["PresetAnswer"], "recipe"> & { recipe: Recipe };

export type Photo = Models["PhotoAnswer"];

export type Project = Omit<Models["Project"], "recipe"> & { recipe: Recipe };

export type Revision = Omit<Models["HistoryEntry"], "recipe"> & { recipe: Recipe };

export type Stored = Models["HistoryAnswer"];

export type Spot = {
  id: string;
  x: number;
  y: number;
  radius: number;
  kind: string;
  confidence: number;
  /** Why it is only suggested, where it looks like a blemish and is not healed by itself. */
  doubt?: string | null;
  /** A brown mark that healed acne left. */
  post_acne?: boolean;
};

/** "face", or why it is left alone unless somebody asks for it. */
export type Verdict = "face" | "not_human" | "unclear" | "too_small" | "turned";

export type Face = {
  key: string;
  /** Left, top, width and height in pixels of the upright photo. */
  box: [number, number, number, number];
  confidence: number;
  spots: Spot[];
  verdict?: Verdict;
  /** Whether it is large and clear enough to be retouched. */
  editable?: boolean;
  /** The head with its hair, as `box`. */
  head?: [number, number, number, number];
  /** Photo pixels to face units: two rows of three. */
  to_face?: Affine;
};

export type Affine = [[number, number, number], [number, number, number]];

export type Analysis = { faces: Face[] };

export type WorkKind = "skin" | "light" | "makeup" | "shape" | "hand" | "picture";

/** A tool that changed a face or the whole picture: its mean ΔE, or its largest movement in percent of the face's width. */
export type Changed = { op: string; label: string; kind: WorkKind; delta_e: number | null; moved: number | null };

/** Makeup that is not on features which something covers; not `whole`: it is on the other eye. */
export type Unpainted = { op: string; label: string; covered: string[]; whole: boolean };

export type ReportedFace = {
  key?: string;
  healed: ReportedMark[];
  changed?: Changed[];
  verdict?: Verdict;
  unpainted?: Unpainted[];
};

/** A mark as the report names it; its place is rounded. */
export type ReportedMark = { kind: string; x: number; y: number };

export type Report = {
  /** Share 0 to 1; null where nothing was retouched. */
  texture_kept: number | null;
  /** In L*, of the face that moved most. */
  tone_shift: number | null;
  healed: number;
  kept: number;
  faces: ReportedFace[];
  /** What changed the whole picture, after the faces. */
  changed?: Changed[];
};

/** The part of the photo on the screen, and how many device pixels it fills. */
export type View = Models["View"];

export type ExportSettings = Partial<Models["ExportRequest"]>;

export type ExportFormat = "jpeg" | "png" | "webp" | "tiff";

/** A refusal. Codes beyond the server's own tell of the way to it: `unreachable`. */
export type Problem = Omit<Models["Problem"], "code" | "revision"> & { code: string };
