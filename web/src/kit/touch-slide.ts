/** Fingers on a slider: direction first. A swipe down the panel scrolls it and moves nothing. */

export type Slide = {
  value: number;
  min: number;
  max: number;
  step: number;
  disabled: boolean;
  preview: (value: number) => void;
  commit: (value: number) => void;
};

/** Way before a touch has a direction, in CSS pixels. */
const SLOP = 7;

type Held = { id: number; x: number; y: number; from: number; value: number; slides: boolean };

/**
 * Takes the touches of a slider from it: only one that goes sideways moves the value, from where it stands,
 * as far as the finger goes. `track` is what the finger's way is measured by. Returns a function that ends it.
 */
export function slideByTouch(root: HTMLElement, track: () => HTMLElement | null, now: () => Slide): () => void {
  let held: Held | null = null;

  const drop = () => {
    held = null;
    delete root.dataset["sliding"];
  };

  const down = (event: PointerEvent) => {
    if (event.pointerType !== "touch") return;
    event.stopPropagation();
    const { disabled, value } = now();
    if (held || disabled) return;
    held = { id: event.pointerId, x: event.clientX, y: event.clientY, from: value, value, slides: false };
  };

  const move = (event: PointerEvent) => {
    if (held?.id !== event.pointerId) return;
    if (!held.slides && !begins(held, event)) return;
    if (!held.slides) {
      held.slides = true;
      held.x = event.clientX;
      root.dataset["sliding"] = "";
      root.setPointerCapture(event.pointerId);
      return;
    }
    const slide = now();
    const value = reached(slide, held, event, track()?.clientWidth ?? 0);
    if (value === held.value) return;
    held.value = value;
    slide.preview(value);
  };

  /** Whether the touch now goes sideways; one that goes up or down is let go for good. */
  const begins = (touch: Held, event: PointerEvent): boolean => {
    const [across, along] = [Math.abs(event.clientX - touch.x), Math.abs(event.clientY - touch.y)];
    if (along >= SLOP && along >= across) drop();
    return across >= SLOP && across > along;
  };

  const end = (event: PointerEvent) => {
    if (held?.id !== event.pointerId) return;
    const { slides, value } = held;
    drop();
    if (slides) now().commit(value);
  };

  // The slider's own listener, too, must not take the first touch for a press.
  const quiet = (event: TouchEvent) => event.stopPropagation();

  const off = new AbortController();
  const options = { signal: off.signal, capture: true };
  root.addEventListener("pointerdown", down, options);
  root.addEventListener("pointermove", move, options);
  for (const name of ["pointerup", "pointercancel"] as const) root.addEventListener(name, end, options);
  root.addEventListener("touchstart", quiet, { ...options, passive: true });
  return () => off.abort();
}

function reached({ min, max, step }: Slide, { x, from }: Held, event: PointerEvent, width: number): number {
  if (width <= 0) return from;
  const wanted = from + ((event.clientX - x) / width) * (max - min);
  const stepped = min + Math.round((wanted - min) / step) * step;
  return Number(Math.min(max, Math.max(min, stepped)).toFixed(6));
}
