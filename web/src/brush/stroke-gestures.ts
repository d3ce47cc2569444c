/** Pointers that paint: the first one while the brush is in the hand. */

import { type Touch, brushPort } from "@/brush/port";
import type { Point } from "@/viewer/viewport";

type Painting = { id: number; pen: boolean; at: Point };

export class StrokeGestures {
  private painting: Painting | null = null;

  constructor(private readonly at: (event: PointerEvent) => Point) {}

  /** While a pen writes, the hand that holds it lies on the glass. */
  ignores(event: PointerEvent): boolean {
    return this.painting?.pen === true && event.pointerType === "touch";
  }

  /** Begins a stroke, unless the pointer means something else. */
  begins(event: PointerEvent, panning: boolean): boolean {
    const port = brushPort();
    if (!port || this.painting || event.button !== 0 || panning) return false;
    const at = this.at(event);
    this.painting = { id: event.pointerId, pen: event.pointerType === "pen", at };
    port.hover(at);
    port.begin(touchOf(event, at));
    return true;
  }

  extends(event: PointerEvent): boolean {
    if (this.painting?.id !== event.pointerId) return false;
    const between = event.getCoalescedEvents();
    const touches = (between.length > 0 ? between : [event]).map((each) => touchOf(each, this.at(each)));
    this.painting.at = this.at(event);
    brushPort()?.extend(touches);
    brushPort()?.hover(this.painting.at);
    return true;
  }

  ends(event: PointerEvent): boolean {
    if (this.painting?.id !== event.pointerId) return false;
    this.painting = null;
    if (event.type === "pointerup") brushPort()?.end();
    else brushPort()?.cancel();
    if (event.pointerType === "touch") brushPort()?.hover(null);
    return true;
  }

  /** A second finger means to zoom: what the first one began was no stroke. Returns the first. */
  drop(): Painting | null {
    const first = this.painting;
    this.painting = null;
    if (first) {
      brushPort()?.cancel();
      brushPort()?.hover(null);
    }
    return first;
  }

  /** Alt and wheel change the brush. */
  resizes(event: WheelEvent): boolean {
    const port = event.altKey ? brushPort() : null;
    port?.resize(event.deltaY < 0 ? 1 : -1);
    return port !== null;
  }
}

function touchOf(event: PointerEvent, at: Point): Touch {
  return { at, shift: event.shiftKey, pressure: event.pointerType === "pen" ? event.pressure : 1 };
}
