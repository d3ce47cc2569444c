import { lazy } from "react";
import type { Tool } from "@/canvas/tool";

/** What part of the photo is kept, and how it is turned. */
export const CROP: Tool = {
  name: "crop",
  canvasText: (t) => t("crop.canvas"),
  Panel: lazy(async () => ({ default: (await import("@/tools/crop/CropPanel")).CropPanel })),
  Layer: lazy(async () => ({ default: (await import("@/tools/crop/CropLayer")).CropLayer })),
};
