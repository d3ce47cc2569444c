/** Pointers that drag for a tool: the first one while a tool that drags is in the hand. */

import { type Touch, inHand } from "@/canvas/tool";
import type { Point } from "@/canvas/viewport";

type Dragging = { id: number; pen: boolean; at: Point };

export class DragGestures {
  private dragging: Dragging | null = null;

  constructor(private readonly at: (event: PointerEvent) => Point) {}

  /** While a pen writes, the hand that holds it lies on the glass. */
  ignores(event: PointerEvent): boolean {
    return this.dragging?.pen === true && event.pointerType === "touch";
  }

  /** Begins a drag, unless the pointer means something else. */
  begins(event: PointerEvent, panning: boolean): boolean {
    const hand = inHand();
    if (!hand?.drag || this.dragging || event.button !== 0 || panning) return false;
    const at = this.at(event);
    this.dragging = { id: event.pointerId, pen: event.pointerType === "pen", at };
    hand.hover(at);
    hand.drag.begin(touchOf(event, at));
    return true;
  }

  extends(event: PointerEvent): boolean {
    if (this.dragging?.id !== event.pointerId) return false;
    const between = event.getCoalescedEvents();
    const touches = (between.length > 0 ? between : [event]).map((each) => touchOf(each, this.at(each)));
    this.dragging.at = this.at(event);
    inHand()?.drag?.extend(touches);
    inHand()?.hover(this.dragging.at);
    return true;
  }

  ends(event: PointerEvent): boolean {
    if (this.dragging?.id !== event.pointerId) return false;
    this.dragging = null;
    if (event.type === "pointerup") inHand()?.drag?.end();
    else inHand()?.drag?.cancel();
    if (event.pointerType === "touch") inHand()?.hover(null);
    return true;
  }

  /** A second finger means to zoom: what the first one began was nothing. Returns the first. */
  drop(): Dragging | null {
    const first = this.dragging;
    this.dragging = null;
    if (first) {
      inHand()?.drag?.cancel();
      inHand()?.hover(null);
    }
    return first;
  }

  /** Alt and wheel change the tool. */
  resizes(event: WheelEvent): boolean {
    const resize = event.altKey ? inHand()?.resize : undefined;
    resize?.(event.deltaY < 0 ? 1 : -1);
    return resize !== undefined;
  }
}

function touchOf(event: PointerEvent, at: Point): Touch {
  const on = event.target instanceof Element ? event.target : null;
  return { at, on, shift: event.shiftKey, pressure: event.pointerType === "pen" ? event.pressure : 1 };
}
