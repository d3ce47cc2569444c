/** Layers that somebody adds: in the middle of the sheet, ready to be moved. */

import type { OwnLayer, PosterLayout } from "@/api/types";
import { placeOf } from "@/tools/poster/rooms";

export type Added = "text" | "rect" | "ellipse" | "code" | "image";

/** Shares of the sheet's shorter side: width and height. */
const SIDES: Record<Added, [number, number]> = { text: [0.6, 0.12], rect: [0.36, 0.22], ellipse: [0.3, 0.3], code: [0.2, 0.2], image: [0.36, 0.24] };
/** Added type grows until its place is full: its corners make it larger, in every size. */
const GROWS = 40;

/** `text` is what added type says, or the name of a picture's file. */
export function added(what: Added, id: string, layout: PosterLayout, text: string): OwnLayer {
  const short = Math.min(layout.width, layout.height);
  const [w, h] = [SIDES[what][0] * short, SIDES[what][1] * short];
  const room = { x: (layout.width - w) / 2, y: (layout.height - h) / 2, w, h };
  const base = { id, place: placeOf(room, layout), opacity: 1 };
  switch (what) {
    case "text":
      return { ...base, kind: "column", items: [line(text, short / 40)], side: "center", stand: "middle", least: 0.05, most: GROWS, factor: 1 };
    case "code":
      return { ...base, kind: "code", text: "https://", ink: "#000000", ground: "#ffffff" };
    case "image":
      return { ...base, kind: "image", file: text, side: "center" };
    default:
      return { ...base, kind: "shape", form: what, points: [], fill: "accent", stroke: null, thick: 1, radius: 0, arch: false };
  }
}

function line(text: string, size: number) {
  return {
    ...{ kind: "text" as const, text, beside: "", font: "text" as const, family: "", size, give: 1, weight: 600, italic: false },
    ...{ tracking: 0, leading: 0.3, caps: false, color: "auto", fixed: false, ground: "accent", radius: 9, gap: 0 },
    ...{ balance: false, length: 40, thick: 2 },
  };
}
