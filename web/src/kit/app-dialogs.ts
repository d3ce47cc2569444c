/** Dialogs that every page has. */

import { create } from "zustand";

export const useAppDialog = create<{ open: "settings" | "keys" | null }>(() => ({ open: null }));

export function openAppDialog(open: "settings" | "keys" | null): void {
  useAppDialog.setState({ open });
}
