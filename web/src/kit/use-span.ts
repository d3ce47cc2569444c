/** A long list draws only what is near the eye: which of its rows (or columns) those are. */

import { type RefObject, useEffect, useState } from "react";

export type Span = { first: number; last: number };

type Line = {
  axis: "x" | "y";
  /** CSS pixels from one to the next. */
  pitch: number;
  count: number;
  /** How many are drawn beyond each edge, ready for the next scroll. */
  over: number;
};

/** The rows that a window over a line shows; `last` is one past the end. */
export function spanOf({ pitch, count, over }: Line, start: number, length: number): Span {
  if (pitch <= 0) return { first: 0, last: 0 };
  const first = Math.max(0, Math.floor(start / pitch) - over);
  return { first: Math.min(first, count), last: Math.min(count, Math.ceil((start + length) / pitch) + over) };
}

export function useSpan(box: RefObject<HTMLElement | null>, line: Line): Span {
  const { axis, pitch, count, over } = line;
  const [span, setSpan] = useState<Span>({ first: 0, last: 0 });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => {
      const start = axis === "x" ? element.scrollLeft : element.scrollTop;
      const length = axis === "x" ? element.clientWidth : element.clientHeight;
      const next = spanOf({ axis, pitch, count, over }, start, length);
      setSpan((now) => (now.first === next.first && now.last === next.last ? now : next));
    };
    look();
    const off = new AbortController();
    element.addEventListener("scroll", look, { signal: off.signal, passive: true });
    const watch = new ResizeObserver(look);
    watch.observe(element);
    return () => {
      off.abort();
      watch.disconnect();
    };
  }, [box, axis, pitch, count, over]);
  return span;
}
