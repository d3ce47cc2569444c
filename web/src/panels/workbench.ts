/** Which panel stands at the right, and which dialog is open. */

import { create } from "zustand";

export type PanelName = "retouch" | "design" | "crop" | "upscale" | "poster" | "brush" | "spots" | "history" | "report";
export type DialogName = "download" | "copy" | "savePreset" | "presets" | "share";

/** Heights of the sheet on phones, in hundredths of the window. */
export const SHEET = { open: 42, most: 72, step: 6 };
/** Below this the sheet is shut. */
const SHUT = 18;

type Workbench = {
  panel: PanelName;
  dialog: DialogName | null;
  /** The tool that the brush is to take up, once. */
  aim: string | null;
  /** How high the sheet stands on phones; 0 is shut. */
  sheet: number;
  /** The photo stands alone, without rail and panels. */
  alone: boolean;
};

export const useWorkbench = create<Workbench>(() => ({ panel: "retouch", dialog: null, aim: null, sheet: SHEET.open, alone: false }));

/** Opens a panel; on a phone its sheet, too. */
export function openPanel(panel: PanelName): void {
  useWorkbench.setState(({ sheet }) => ({ panel, sheet: sheet || SHEET.open, alone: false }));
}

/** Opens the brush with a tool in it. */
export function openBrush(op: string): void {
  useWorkbench.setState({ aim: op });
  openPanel("brush");
}

/** Pulls the sheet to a height; a low one lets it fall shut. */
export function pullSheet(height: number): void {
  const sheet = Math.round(Math.min(SHEET.most, height));
  useWorkbench.setState({ sheet: sheet < SHUT ? 0 : sheet });
}

export function toggleSheet(): void {
  pullSheet(useWorkbench.getState().sheet > 0 ? 0 : SHEET.open);
}

export function togglePanel(panel: PanelName): void {
  openPanel(useWorkbench.getState().panel === panel ? "retouch" : panel);
}

export function openDialog(dialog: DialogName | null): void {
  useWorkbench.setState({ dialog });
}

export function toggleAlone(): void {
  useWorkbench.setState(({ alone }) => ({ alone: !alone }));
}

/** The photo alone on the whole screen, and back; a browser that refuses that shows it alone in its window. */
export async function toggleFullScreen(): Promise<void> {
  if (document.fullscreenElement) {
    await document.exitFullscreen();
    return;
  }
  if (useWorkbench.getState().alone) {
    useWorkbench.setState({ alone: false });
    return;
  }
  useWorkbench.setState({ alone: true });
  await document.documentElement.requestFullscreen().catch(() => undefined);
}

/** The browser's own way out of the full screen brings the panels back, too. */
export function watchFullScreen(): () => void {
  const changed = () => {
    if (!document.fullscreenElement) useWorkbench.setState({ alone: false });
  };
  document.addEventListener("fullscreenchange", changed);
  return () => {
    document.removeEventListener("fullscreenchange", changed);
    useWorkbench.setState({ alone: false });
  };
}
