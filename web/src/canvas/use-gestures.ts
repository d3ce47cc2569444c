/** What pointers and keys on the photo mean. */

import { type KeyboardEvent, type RefObject, useEffect } from "react";
import { faceAt } from "@/canvas/face-frames";
import { listen } from "@/canvas/gestures";
import { onPhoto } from "@/canvas/placing";
import { inHand, useHand } from "@/canvas/tool";
import * as view from "@/canvas/view-store";
import type { Point } from "@/canvas/viewport";
import { useDocument } from "@/document/store";
import { usePrefs } from "@/kit/prefs";

/** Way of one arrow key, in CSS pixels. */
const PAN_STEP = 64;
const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Listens on the canvas's box: what is in the hand goes first, then faces are chosen. */
export function useGestures(box: RefObject<HTMLDivElement | null>): void {
  const hand = useHand((state) => state.hand);
  useEffect(() => {
    if (box.current) delete box.current.dataset["cursor"];
  }, [box, hand]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    return listen(element, () => usePrefs.getState().wheelZooms, {
      click: (at) => {
        if (!inHand()?.click?.(at)) chooseAt(at);
      },
      hover: (at) => {
        inHand()?.hover(at);
        element.dataset["cursor"] = (at && inHand()?.cursor(at)) ?? "";
      },
    });
  }, [box]);
}

function chooseAt(at: Point): void {
  const { faces } = useDocument.getState();
  if (faces.length < 2) return;
  const state = view.useView.getState();
  const face = faceAt(faces, onPhoto(state, view.paneOf(state), at));
  useDocument.setState({ person: face?.key ?? null });
}

/** Keys on the focused photo: the tool's own, arrows that move the photo, space to drag it. */
export function pressed(event: KeyboardEvent<HTMLElement>): void {
  if (event.target !== event.currentTarget) return;
  const arrow = ARROWS[event.key];
  if (inHand()?.key?.(event.key, event.shiftKey)) event.preventDefault();
  else if (arrow) {
    event.preventDefault();
    const step = PAN_STEP * view.useView.getState().dpr;
    view.panBy(arrow[0] * step, arrow[1] * step);
  } else if (event.key === " ") {
    event.preventDefault();
    event.currentTarget.dataset["panning"] = "true";
  }
}

export function released(event: KeyboardEvent<HTMLElement>): void {
  if (event.key === " ") delete event.currentTarget.dataset["panning"];
}
