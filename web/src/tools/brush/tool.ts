import { lazy } from "react";
import type { Tool } from "@/canvas/tool";

/** Strokes: brushes of their own, and where the sliders work. */
export const BRUSH: Tool = {
  name: "brush",
  canvasText: (t) => t("brush.canvas"),
  Panel: lazy(async () => ({ default: (await import("@/tools/brush/BrushPanel")).BrushPanel })),
  Layer: lazy(async () => ({ default: (await import("@/tools/brush/BrushLayer")).BrushLayer })),
};
