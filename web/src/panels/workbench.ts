/** Which panel stands at the right, and which dialog is open. */

import { create } from "zustand";

export type PanelName = "retouch" | "crop" | "upscale" | "brush" | "spots" | "history" | "report";
export type DialogName = "download" | "copy" | "savePreset";

export const useWorkbench = create<{ panel: PanelName; dialog: DialogName | null }>(() => ({
  panel: "retouch",
  dialog: null,
}));

export function openPanel(panel: PanelName): void {
  useWorkbench.setState({ panel });
}

export function togglePanel(panel: PanelName): void {
  openPanel(useWorkbench.getState().panel === panel ? "retouch" : panel);
}

export function openDialog(dialog: DialogName | null): void {
  useWorkbench.setState({ dialog });
}
