/** How the marks are looked at while they are in the hand. Whether they are healed is in the recipe. */

import { create } from "zustand";

export type MarksState = {
  /** Whether they are drawn on the photo. */
  visible: boolean;
  /** Id of the mark under the pointer, or whose row in the list is pointed at. */
  pointed: string | null;
  /** The only kind that is shown, or null for all. */
  kind: string | null;
};

const START: MarksState = { visible: true, pointed: null, kind: null };

export const useMarks = create<MarksState>(() => START);

/** As it is when the marks are taken up. */
export function putDown(): void {
  useMarks.setState(START);
}

export function point(pointed: string | null): void {
  if (useMarks.getState().pointed !== pointed) useMarks.setState({ pointed });
}
