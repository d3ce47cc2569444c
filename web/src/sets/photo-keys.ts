/** Keys of a list of photos: going, choosing, marking, settings. */

import type { KeyboardEvent } from "react";
import { chooseAll, chooseNone, meant, toggled, useSelection } from "@/sets/selection";
import { ignoreHints } from "@/sets/hints";
import { mark, markOf } from "@/sets/marks";

export type Listed = {
  set: string;
  /** Projects as they are seen. */
  order: readonly string[];
  columns: number;
  /** Rows of a page. */
  page: number;
  /** The photo that has the focus. */
  cursor: string | null;
  /** Another one has it; `extend` with Shift. */
  onGo: (project: string, extend: boolean) => void;
  onOpen: (project: string) => void;
  /** Moves the chosen photos by so many places; null where their order is not the set's. */
  onMove: ((by: number) => void) | null;
};

const STEPS: Record<string, (listed: Listed, at: number) => number> = {
  ArrowRight: (_listed, at) => at + 1,
  ArrowLeft: (_listed, at) => at - 1,
  ArrowDown: ({ columns }, at) => at + columns,
  ArrowUp: ({ columns }, at) => at - columns,
  PageDown: ({ columns, page }, at) => at + columns * page,
  PageUp: ({ columns, page }, at) => at - columns * page,
  Home: () => 0,
  End: ({ order }) => order.length - 1,
};

/** Where a key leads, or null; past the last row and before the first it stays. */
export function stepped(listed: Listed, key: string): string | null {
  const step = STEPS[key];
  if (!step || listed.order.length === 0) return null;
  const at = Math.max(0, listed.order.indexOf(listed.cursor ?? ""));
  const to = Math.min(listed.order.length - 1, Math.max(0, step(listed, at)));
  return listed.order[to] ?? null;
}

/** Whether the key was one of these. */
export function takeKey(event: KeyboardEvent, listed: Listed): boolean {
  if (event.altKey) return moved(event, listed);
  if (event.ctrlKey || event.metaKey) return choseAll(event, listed);
  const given = markOf(event.nativeEvent);
  if (given) {
    mark(listed.set, meant(listed.cursor), given);
    return true;
  }
  const next = stepped(listed, event.key);
  if (next !== null) listed.onGo(next, event.shiftKey);
  return next !== null || pressed(event.key, listed);
}

function moved({ key }: KeyboardEvent, listed: Listed): boolean {
  const { order, cursor, onMove } = listed;
  const to = stepped(listed, key);
  if (to === null || cursor === null || !onMove) return false;
  onMove(order.indexOf(to) - order.indexOf(cursor));
  return true;
}

function choseAll({ key, shiftKey }: KeyboardEvent, { order }: Listed): boolean {
  if (key.toLowerCase() !== "a" || shiftKey) return false;
  chooseAll(order);
  return true;
}

function pressed(key: string, { set, cursor, onOpen }: Listed): boolean {
  if (key.toLowerCase() === "i") return ignoreHints(set, meant(cursor));
  if (key === " " && cursor !== null) useSelection.setState((state) => toggled(state, cursor));
  else if (key === "Enter" && cursor !== null) onOpen(cursor);
  else if (key === "Escape" && useSelection.getState().chosen.size > 0) chooseNone();
  else return false;
  return true;
}
