/** Which dialog about people is open. */

import { create } from "zustand";

export type PeopleDialog = "account" | "members" | "new-workspace";

export const usePeopleDialog = create<{ open: PeopleDialog | null }>(() => ({ open: null }));

export function openPeopleDialog(open: PeopleDialog | null): void {
  usePeopleDialog.setState({ open });
}
