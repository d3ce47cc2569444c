/** Which dialog about several photos is open. */

import { create } from "zustand";
import type { Source } from "@/sets/clipboard";

/** Photos of a set that something is done to. */
export type Target = "all" | "chosen" | "picked" | "seen";

export type SetDialog =
  | { kind: "settings"; source: Source; target: Target }
  | { kind: "export"; target: Target }
  | { kind: "share"; target: Target }
  | { kind: "style" }
  | { kind: "delete" }
  | null;

export const useSetDialog = create<{ dialog: SetDialog }>(() => ({ dialog: null }));

export function openSetDialog(dialog: SetDialog): void {
  useSetDialog.setState({ dialog });
}
