/** How many photos are written: like the download of one, without what one photo alone can say. */

import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { ExportSettings, FileFormat } from "@/api/types";

export type SetChoices = {
  /** Name of a format, or "" for each photo's own. */
  format: string;
  quality: number | null;
  /** Pixels of the longer side, or null as it is. */
  edge: number | null;
  metadata: "keep" | "gps" | "all";
};

export const useSetExport = create<SetChoices>()(
  persist((): SetChoices => ({ format: "", quality: null, edge: null, metadata: "keep" }), { name: "freckle.set-export" }),
);

export function chooseSetExport(part: Partial<SetChoices>): void {
  useSetExport.setState(part);
}

export function formatChosen(choices: SetChoices, formats: readonly FileFormat[]): FileFormat | undefined {
  return formats.find(({ name }) => name === choices.format);
}

export function setSettings(choices: SetChoices, formats: readonly FileFormat[]): ExportSettings {
  const format = formatChosen(choices, formats);
  return {
    ...(format ? { format: format.name } : {}),
    ...(format && format.quality !== null ? { quality: choices.quality ?? format.quality } : {}),
    ...(choices.edge === null ? {} : { width: choices.edge, height: choices.edge }),
    strip_gps: choices.metadata === "gps",
    strip_metadata: choices.metadata === "all",
  };
}
