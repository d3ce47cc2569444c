/** What the server speaks: the shapes of its JSON. */

export type Value = number | string | boolean;
export type Area = "face" | "neck" | "body";

export type Edit = { op: string; version: number; [field: string]: Value };

export type Step = { edit: Edit; opacity: number; area: Area; person: string | null };

export type Flip = { x: number; y: number; action: "heal" | "keep" };

export type Locks = { natural: boolean; skin_tone: boolean };

export type Recipe = {
  format: 1;
  steps: Step[];
  amounts: Record<string, number>;
  locks: Locks;
  flips: Flip[];
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
  $ref?: string;
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  $defs?: Record<string, Schema>;
};

export type CatalogueOp = {
  op: string;
  kind: string;
  panel: string;
  group: string;
  label: string;
  summary: string;
  areas: Area[];
  needs: string[];
  version: number;
  schema: Schema;
};

export type CataloguePanel = { name: string; label: string; groups: string[] };

export type CatalogueReply = { ops: CatalogueOp[]; panels: CataloguePanel[] };

export type Preset = { name: string; label: string; summary: string; recipe: Recipe };

export type Photo = {
  id: string;
  width: number;
  height: number;
  format: string;
  bytes: number;
  name: string;
  warnings: string[];
};

export type Project = {
  id: string;
  name: string;
  photo: string;
  width: number;
  height: number;
  created: string;
  updated: string;
  revision: number;
  recipe: Recipe;
};

export type Revision = { revision: number; label: string; time: string; recipe: Recipe };

export type Spot = {
  id: string;
  x: number;
  y: number;
  radius: number;
  kind: string;
  confidence: number;
};

export type Face = {
  key: string;
  box: [number, number, number, number];
  confidence: number;
  spots: Spot[];
};

export type Analysis = { faces: Face[] };

export type Report = {
  texture_kept?: number | null;
  tone_shift?: number | null;
  healed?: number | null;
  kept?: number | null;
};

/** The part of the photo on the screen, and how many device pixels it fills. */
export type View = { x: number; y: number; w: number; h: number; width: number; height: number };

export type ExportSettings = {
  format: "jpeg" | "png" | "webp" | "tiff";
  quality?: number;
  strip_gps?: boolean;
  strip_metadata?: boolean;
  sidecar?: boolean;
  width?: number;
  height?: number;
};

export type Problem = { code: string; message: string; remedy: string };
