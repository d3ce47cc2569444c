/** Pointer, wheel and touch on the canvas, turned into pans, zooms and clicks. */

import { DragGestures } from "@/canvas/drag-gestures";
import { inHand } from "@/canvas/tool";
import * as view from "@/canvas/view-store";
import type { Point } from "@/canvas/viewport";

export type GestureEvents = {
  /** A click or tap, at a place of the canvas in device pixels. */
  click: (at: Point) => void;
  hover: (at: Point | null) => void;
};

/** A pointer that moved less than this, in CSS pixels, has clicked. */
const CLICK_SLOP = 4;
/** A finger that rests so long looks at the original until it is lifted. */
const REST_MS = 420;
/** Zoom per unit of wheel travel; trackpad pinches send small numbers, mouse wheels about 100. */
const WHEEL_ZOOM = 0.01;
const WHEEL_MAX = 24;

type Held = { start: Point; last: Point };

/** The divider and the buttons over the canvas have their own pointers. */
function isForeign(event: MouseEvent): boolean {
  return event.target instanceof Element && event.target.closest("[data-own-pointer]") !== null;
}

/** Where on its pane a pointer is, in device pixels. */
export function placeOn(element: Element, event: { clientX: number; clientY: number }): Point {
  const box = element.getBoundingClientRect();
  const state = view.useView.getState();
  const x = (event.clientX - box.left) * state.dpr;
  // Side by side, both halves are the same place of the photo.
  const half = state.compare === "side" ? view.paneOf(state).width : 0;
  return { x: half > 0 && x >= half ? x - half : x, y: (event.clientY - box.top) * state.dpr };
}

/** Starts listening; returns a function that ends it. */
export function listen(
  element: HTMLElement,
  wheelZooms: () => boolean,
  events: GestureEvents,
): () => void {
  const held = new Map<number, Held>();
  let moved = false;

  const at = (event: MouseEvent): Point => placeOn(element, event);
  const drags = new DragGestures(at);
  const rest = new Rest();

  const down = (event: PointerEvent) => {
    if (isForeign(event) || event.button > 1 || drags.ignores(event)) return;
    if (event.button === 1) event.preventDefault();
    element.setPointerCapture(event.pointerId);
    const point = at(event);
    if (held.size === 0 && drags.begins(event, element.dataset["panning"] !== undefined)) return;
    const first = drags.drop();
    if (first) held.set(first.id, { start: first.at, last: first.at });
    held.set(event.pointerId, { start: point, last: point });
    if (held.size === 1) moved = false;
    rest.begin(event, held.size, () => {
      moved = true; // what was a look is no tap
    });
    element.dataset["dragging"] = "true";
  };

  const move = (event: PointerEvent) => {
    const own = held.get(event.pointerId);
    const point = at(event);
    if (drags.extends(event)) return;
    if (!own) {
      if (event.pointerType !== "touch") events.hover(point);
      return;
    }
    const slop = CLICK_SLOP * view.useView.getState().dpr;
    if (Math.hypot(point.x - own.start.x, point.y - own.start.y) > slop) moved = true;
    if (rest.goesOn(moved)) return;
    if (held.size >= 2) pinch(held, event.pointerId, point);
    else if (moved) view.panBy(point.x - own.last.x, point.y - own.last.y);
    if (moved || held.size >= 2) own.last = point;
  };

  const up = (event: PointerEvent) => {
    if (drags.ends(event)) return;
    if (!held.delete(event.pointerId)) return;
    rest.end();
    if (held.size === 0) delete element.dataset["dragging"];
    if (held.size > 0) moved = true;
    const left = event.button === 0 && event.type === "pointerup";
    if (!moved && left && !element.dataset["panning"]) events.click(at(event));
  };

  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    if (drags.resizes(event)) return;
    const zooms = event.ctrlKey || event.metaKey || (wheelZooms() && !event.shiftKey);
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (!zooms) {
      const { dpr } = view.useView.getState();
      const [dx, dy] = event.shiftKey ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
      view.panBy(-dx * unit * dpr, -dy * unit * dpr);
      return;
    }
    const travel = Math.max(-WHEEL_MAX, Math.min(WHEEL_MAX, event.deltaY * unit));
    view.zoomBy(Math.exp(-travel * WHEEL_ZOOM), at(event));
  };

  const double = (event: MouseEvent) => {
    if (!isForeign(event) && !inHand()?.drag) view.zoomToggle(at(event));
  };

  const leave = () => events.hover(null);
  const off = new AbortController();
  const options = { signal: off.signal };
  element.addEventListener("pointerdown", down, options);
  element.addEventListener("pointermove", move, options);
  element.addEventListener("pointerup", up, options);
  element.addEventListener("pointercancel", up, options);
  element.addEventListener("lostpointercapture", up, options);
  element.addEventListener("pointerleave", leave, options);
  element.addEventListener("dblclick", double, options);
  element.addEventListener("wheel", wheel, { ...options, passive: false });
  return () => off.abort();
}

/** A finger that rests on the photo looks at the original. */
class Rest {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private looking = false;

  begin(event: PointerEvent, fingers: number, looks: () => void): void {
    this.end();
    if (event.pointerType !== "touch" || fingers !== 1) return;
    this.timer = setTimeout(() => {
      this.looking = true;
      looks();
      view.hold(true);
    }, REST_MS);
  }

  /** Whether the original is looked at; a finger that `moved` before that means something else. */
  goesOn(moved: boolean): boolean {
    if (moved && !this.looking) clearTimeout(this.timer);
    return this.looking;
  }

  end(): void {
    clearTimeout(this.timer);
    if (this.looking) view.hold(false);
    this.looking = false;
  }
}

/** Two fingers: the photo's points under them stay under them, 1 : 1. */
function pinch(held: Map<number, Held>, id: number, point: Point): void {
  const own = held.get(id);
  const other = [...held.entries()].find(([key]) => key !== id)?.[1];
  if (!own || !other) return;
  const before = Math.hypot(own.last.x - other.last.x, own.last.y - other.last.y);
  const after = Math.hypot(point.x - other.last.x, point.y - other.last.y);
  view.panBy((point.x - own.last.x) / 2, (point.y - own.last.y) / 2);
  const middle = { x: (point.x + other.last.x) / 2, y: (point.y + other.last.y) / 2 };
  if (before > 0) view.zoomBy(after / before, middle);
}
