/** Which panel stands at the right, and which dialog is open. */

import { create } from "zustand";
import { useView } from "@/viewer/view-store";

export type PanelName = "retouch" | "brush" | "spots" | "history" | "report";
export type DialogName = "download" | "copy" | "savePreset";

export const useWorkbench = create<{ panel: PanelName; dialog: DialogName | null }>(() => ({
  panel: "retouch",
  dialog: null,
}));

/** Opens a panel; the marks on the photo come and go with theirs. */
export function openPanel(panel: PanelName): void {
  const before = useWorkbench.getState().panel;
  useWorkbench.setState({ panel });
  if (panel === "spots") useView.setState({ spots: true });
  else if (before === "spots") useView.setState({ spots: false });
}

export function togglePanel(panel: PanelName): void {
  openPanel(useWorkbench.getState().panel === panel ? "retouch" : panel);
}

export function openDialog(dialog: DialogName | null): void {
  useWorkbench.setState({ dialog });
}
