/** The server's catalogue, read as tools and controls: a new op appears without a change here. */

import type { Area, CatalogueOp, CatalogueReply, ExportPreset, FileFormat, Point, Schema, Value } from "@/api/types";

type Common = { field: string; label: string; help: string };

export type SliderControl = Common & {
  kind: "slider";
  min: number;
  max: number;
  step: number;
  default: number;
  natural: number;
  /** Where the natural lock stops the slider, upward and downward. */
  cap: number;
  floor: number;
};
export type SwitchControl = Common & { kind: "switch"; default: boolean };
export type ChoiceControl = Common & { kind: "choice"; options: string[]; default: string };
export type ColorControl = Common & { kind: "color"; default: string; swatches: string[] };
export type CurveControl = Common & { kind: "curve"; default: Point[] };
export type Control = SliderControl | SwitchControl | ChoiceControl | ColorControl | CurveControl;

export type Tool = {
  op: string;
  version: number;
  panel: string;
  group: string;
  label: string;
  summary: string;
  areas: Area[];
  /** Works on the whole picture: for no person alone, in no painted place, faces or not. */
  whole: boolean;
  /** Does nothing until it was learnt from another picture. */
  learnt: boolean;
  controls: Control[];
};

export type Panel = { name: string; label: string; groups: string[]; areas: Area[]; whole: boolean };

export type Catalogue = { tools: Tool[]; panels: Panel[]; formats: FileFormat[]; exports: ExportPreset[] };

/** Kinds of tools that work on the whole picture. */
const WHOLE: readonly string[] = ["grade", "finish", "canvas", "delivery"];
const AREAS: Area[] = ["face", "neck", "body"];

/** Reads the server's reply; panels without a tool are left out. */
export function readCatalogue(reply: CatalogueReply): Catalogue {
  const tools = reply.ops.map(readTool);
  const panels = reply.panels
    .map((panel) => {
      const own = tools.filter((tool) => tool.panel === panel.name);
      const present = new Set(own.map((tool) => tool.group));
      const listed = panel.groups.filter((group) => present.has(group));
      const unlisted = [...present].filter((group) => !listed.includes(group));
      const areas = AREAS.filter((area) => own.some((tool) => tool.areas.includes(area)));
      const whole = own.every((tool) => tool.whole);
      return { name: panel.name, label: panel.label, groups: [...listed, ...unlisted], areas, whole };
    })
    .filter((panel) => panel.groups.length > 0);
  return { tools, panels, formats: reply.formats, exports: reply.exports };
}

function readTool(op: CatalogueOp): Tool {
  const controls = Object.entries(op.schema.properties)
    .filter(([field]) => field !== "op" && field !== "version")
    .map(([field, schema]) => readControl(field, schema))
    .filter((control) => control !== null);
  const { version, panel, group, label, summary, areas } = op;
  const learnt = Object.values(op.schema.properties).some((schema) => schema.format === "table");
  return { op: op.op, version, panel, group, label, summary, areas, whole: WHOLE.includes(op.kind), learnt, controls };
}

function readControl(field: string, schema: Schema): Control | null {
  const label = schema.title ?? field;
  const common = { field, label, help: schema.description ?? "" };
  if (schema.type === "number" || schema.type === "integer") return readSlider(common, schema);
  if (schema.type === "boolean") {
    return { ...common, kind: "switch", default: schema.default === true };
  }
  if (schema.format === "color") return readColor(common, schema);
  if (schema.format === "curve") return { ...common, kind: "curve", default: schema.default as Point[] };
  if (schema.enum) {
    const options = schema.enum;
    return { ...common, kind: "choice", options, default: text(schema.default, options[0] ?? "") };
  }
  return null;
}

function readColor(common: Common, schema: Schema): ColorControl {
  const swatches = schema.swatches ?? [];
  return { ...common, kind: "color", default: text(schema.default, "#000000"), swatches };
}

function readSlider(common: Common, schema: Schema): SliderControl {
  const min = schema.minimum ?? 0;
  const max = schema.maximum ?? 100;
  const fallback = Math.min(max, Math.max(min, 0));
  const start = typeof schema.default === "number" ? schema.default : fallback;
  return {
    ...common,
    kind: "slider",
    min,
    max,
    step: schema.multipleOf ?? (max - min <= 2 ? 0.01 : 1),
    default: start,
    natural: schema.natural ?? start,
    cap: Math.min(max, schema.cap ?? max),
    floor: Math.max(min, schema.floor ?? min),
  };
}

function text(value: unknown, fallback: string): string {
  return typeof value === "string" ? value : fallback;
}

/** The slider that stands for the whole tool: its amount. A tool without one has equal sliders. */
export function mainControl(tool: Tool): SliderControl | undefined {
  return tool.controls.find((control) => control.kind === "slider" && control.field === "amount") as
    | SliderControl
    | undefined;
}

/** The nearest value the slider can hold. */
export function snapped(control: SliderControl, value: number): number {
  const steps = Math.round((value - control.min) / control.step);
  const near = control.min + steps * control.step;
  return Number(Math.min(control.max, Math.max(control.min, near)).toFixed(4));
}

export type { Value };
