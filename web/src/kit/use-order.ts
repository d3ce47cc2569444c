/** A list that is put into order by hand: its handles are dragged, or moved with the arrow keys. */

import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";

/** The list with what is at one place put at another. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, at) => at !== from);
  const what = list.slice(from, from + 1);
  return [...rest.slice(0, to), ...what, ...rest.slice(to)];
}

type Order = {
  /** The ids as they stand while one is moved. */
  order: readonly string[];
  dragged: string | null;
  /** What a handle listens to; it must stand in the `li` of what it moves. */
  handle: (id: string) => {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    onPointerUp: () => void;
    onPointerCancel: () => void;
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  };
};

/** `settle` is told the order whenever something has been moved. */
export function useOrder(ids: readonly string[], settle: (order: string[], moved: string) => void): Order {
  const [drag, setDrag] = useState<{ id: string; order: string[] } | null>(null);
  // A row that moves in the page may lose the focus.
  const focus = useRef<HTMLElement | null>(null);
  useEffect(() => {
    focus.current?.focus();
    focus.current = null;
  });
  const order = drag?.order ?? ids;
  const end = (keep: boolean) => {
    if (keep && drag && drag.order.join() !== ids.join()) settle(drag.order, drag.id);
    setDrag(null);
  };
  const handle = (id: string) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ id, order: [...ids] });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (drag?.id !== id) return;
      const rows = [...(event.currentTarget.closest("ul")?.children ?? [])];
      const to = rows.findIndex((row) => event.clientY < row.getBoundingClientRect().bottom);
      const from = drag.order.indexOf(id);
      const place = to < 0 ? rows.length - 1 : to;
      if (place !== from) setDrag({ id, order: moved(drag.order, from, place) });
    },
    onPointerUp: () => end(true),
    onPointerCancel: () => end(false),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      const from = ids.indexOf(id);
      if (way === undefined) return;
      event.preventDefault();
      if (from + way < 0 || from + way >= ids.length) return;
      focus.current = event.currentTarget;
      settle(moved(ids, from, from + way), id);
    },
  });
  return { order, dragged: drag?.id ?? null, handle };
}
