import { lazy } from "react";
import type { Tool } from "@/canvas/tool";

/** Skin marks, each healed or kept by a click. */
export const MARKS: Tool = {
  name: "spots",
  canvasText: (t) => t("viewer.group"),
  Panel: lazy(async () => ({ default: (await import("@/tools/marks/MarksPanel")).MarksPanel })),
  Layer: lazy(async () => ({ default: (await import("@/tools/marks/MarksLayer")).MarksLayer })),
};
