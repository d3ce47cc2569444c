/** Photos that are chosen, of one set at a time: by click, Shift and Ctrl, by keys, by touch. */

import { create } from "zustand";

export type Selection = {
  set: string | null;
  chosen: ReadonlySet<string>;
  /** Where a range begins. */
  anchor: string | null;
  /** The photo that keys speak of. */
  cursor: string | null;
  /** Taps choose instead of opening. */
  choosing: boolean;
};

const NONE: Selection = { set: null, chosen: new Set(), anchor: null, cursor: null, choosing: false };

export const useSelection = create<Selection>(() => NONE);

/** Another set begins with nothing chosen. */
export function enterSet(set: string): void {
  if (useSelection.getState().set !== set) useSelection.setState({ ...NONE, set });
}

export function only(project: string): Partial<Selection> {
  return { chosen: new Set([project]), anchor: project, cursor: project };
}

export function toggled(state: Selection, project: string): Partial<Selection> {
  const chosen = new Set(state.chosen);
  if (!chosen.delete(project)) chosen.add(project);
  return { chosen, anchor: project, cursor: project };
}

/** All from the anchor to a photo, in the order in which they are seen. */
export function ranged(state: Selection, order: readonly string[], project: string): Partial<Selection> {
  const from = order.indexOf(state.anchor ?? state.cursor ?? project);
  const to = order.indexOf(project);
  if (from < 0 || to < 0) return only(project);
  const chosen = new Set(order.slice(Math.min(from, to), Math.max(from, to) + 1));
  return { chosen, anchor: order[from] ?? project, cursor: project };
}

export function chooseAll(order: readonly string[]): void {
  useSelection.setState({ chosen: new Set(order) });
}

export function chooseNone(): void {
  useSelection.setState({ chosen: new Set(), anchor: null, choosing: false });
}

/** What a click or a tap on a photo chooses, with the keys that are held. */
export function choose(
  order: readonly string[],
  project: string,
  held: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean },
): void {
  useSelection.setState((state) => {
    if (held.shiftKey) return ranged(state, order, project);
    return held.ctrlKey || held.metaKey || state.choosing ? toggled(state, project) : only(project);
  });
}

/** Goes to another photo; with Shift the range grows to it. */
export function goTo(order: readonly string[], project: string, extend: boolean): void {
  useSelection.setState((state) => (extend ? ranged(state, order, project) : only(project)));
}

/** The photos that a mark or a setting is for: the chosen ones when `project` is one of them, else it alone. */
export function meant(project: string | null): string[] {
  const { chosen } = useSelection.getState();
  if (project === null || chosen.has(project)) return [...chosen];
  return [project];
}
