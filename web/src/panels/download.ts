/** What a download is to be: choices that are remembered, and what the server is asked for. */

import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { ExportOffer, ExportPreset, ExportSettings, FileFormat } from "@/api/types";
import type { Size } from "@/document/affine";

export type Metadata = "keep" | "gps" | "all";
export type SizeWay = "original" | "pixels" | "print";
export type Unit = "cm" | "in";

export type Choices = {
  /** One file as asked for, one for each of several places, or a post. */
  what: "file" | "presets" | "post";
  /** Chosen formats by the original's; where none was chosen a file is as the original. */
  formats: Record<string, string>;
  /** Chosen qualities by format. */
  quality: Record<string, number>;
  size: SizeWay;
  /** Pixels of the longer side. */
  edge: number;
  /** Centimeters of the longer side. */
  paper: number;
  unit: Unit;
  dpi: number;
  space: NonNullable<ExportSettings["space"]>;
  sharpen: NonNullable<ExportSettings["sharpen"]>;
  metadata: Metadata;
  /** Whether a line of the metadata says what was done. */
  disclose: boolean;
  /** Whether signed Content Credentials do. */
  sign: boolean;
  sidecar: boolean;
  presets: string[];
};

export const START: Choices = {
  what: "file",
  formats: {},
  quality: {},
  size: "original",
  edge: 2048,
  paper: 30,
  unit: "cm",
  dpi: 300,
  space: "keep",
  sharpen: "none",
  metadata: "keep",
  disclose: false,
  sign: false,
  sidecar: false,
  presets: ["web", "linkedin"],
};

export const useDownload = create<Choices>()(persist(() => START, { name: "freckle.download" }));

export function choose(part: Partial<Choices>): void {
  useDownload.setState(part);
}

/** Centimeters. */
export const UNITS: Record<Unit, number> = { cm: 1, in: 2.54 };
/** How many times its size a picture gets at most. */
export const MOST = 4;
const PIXELS = 200e6;
/** Where the slider stands for a format that has none. */
const WHOLE = 100;

/** What is known of the picture: the original's form, the finished size, whether it is cut out. */
export type Known = { offer: ExportOffer; formats: FileFormat[]; own: Size; clear: boolean };

/** A picture with holes is never laid on white unasked. */
export function formatOf(choices: Choices, { offer, formats, clear }: Known): FileFormat | undefined {
  const named = (name: string) => formats.find((each) => each.name === name);
  const wanted = named(choices.formats[offer.format] ?? offer.format) ?? named("jpeg") ?? formats[0];
  return wanted?.opaque && (clear || offer.transparent) ? named("png") : wanted;
}

/** As the original where the format is, else where the format starts. */
export function qualityOf(choices: Choices, format: FileFormat, offer: ExportOffer): number {
  const own = format.name === offer.format ? offer.quality : null;
  return choices.quality[format.name] ?? own ?? format.quality ?? WHOLE;
}

/** Pixels of the longer side that are asked for. */
export function edgeOf(choices: Choices, own: Size): number {
  const longest = Math.max(own.width, own.height);
  if (choices.size === "original") return longest;
  const asked = choices.size === "pixels" ? choices.edge : (choices.paper / UNITS.in) * choices.dpi;
  const area = Math.sqrt(PIXELS / (own.width * own.height));
  return Math.max(1, Math.round(Math.min(asked, longest * Math.min(MOST, area))));
}

export function sizeOf(choices: Choices, own: Size): Size {
  const scale = edgeOf(choices, own) / Math.max(own.width, own.height);
  return {
    width: Math.max(1, Math.round(own.width * scale)),
    height: Math.max(1, Math.round(own.height * scale)),
  };
}

/** Whether pixels have to be made up, which takes a while. */
export function enlarges(choices: Choices, own: Size): boolean {
  return choices.what !== "presets" && edgeOf(choices, own) > Math.max(own.width, own.height);
}

/** Pixels an inch that a print really gets: paper keeps its size where pixels end. */
export function densityOf(choices: Choices, own: Size): number {
  const dpi = (edgeOf(choices, own) * UNITS.in) / choices.paper;
  return Math.abs(dpi - choices.dpi) < 1 ? choices.dpi : Math.max(1, Math.floor(dpi));
}

export function settingsOf(choices: Choices, known: Known, name: string): ExportSettings {
  const { disclose, sidecar } = choices;
  const sign = choices.sign && known.offer.signer !== null && holdsCredentials(choices, known);
  if (choices.what === "presets") return { presets: choices.presets, name, disclose, sign, sidecar };
  const format = formatOf(choices, known);
  if (!format) return { name };
  return {
    name,
    format: format.name,
    ...(format.quality === null ? {} : { quality: qualityOf(choices, format, known.offer) }),
    ...(choices.size === "original" ? {} : { ...sizeOf(choices, known.own), enlarge: true }),
    ...(choices.size === "print" ? { dpi: densityOf(choices, known.own) } : {}),
    space: choices.space,
    sharpen: choices.sharpen,
    strip_gps: choices.metadata === "gps",
    strip_metadata: choices.metadata === "all",
    disclose,
    sign,
    sidecar,
  };
}

/** Whether the files can hold Content Credentials; presets make nothing else. */
export function holdsCredentials(choices: Choices, known: Known): boolean {
  return choices.what === "presets" || formatOf(choices, known)?.signs === true;
}

/** A name that every system takes. */
export function cleanName(name: string): string {
  return name.replace(/[\u0000-\u001f\u007f/\\:*?"<>|]/g, "").replace(/^\.+/, "").slice(0, 200);
}

export type PresetGroup = { name: "web" | "networks" | "documents" | "print"; presets: ExportPreset[] };

/** The places that pictures go to, sorted; those that say nothing of the picture are no places. */
export function grouped(presets: readonly ExportPreset[]): PresetGroup[] {
  const of = (preset: ExportPreset): PresetGroup["name"] | null => {
    if (preset.name.startsWith("id")) return "documents";
    if (preset.dpi !== null) return "print";
    if (preset.longest > 0) return "web";
    return preset.width > 0 ? "networks" : null;
  };
  return (["web", "networks", "documents", "print"] as const)
    .map((name) => ({ name, presets: presets.filter((each) => of(each) === name) }))
    .filter((group) => group.presets.length > 0);
}
