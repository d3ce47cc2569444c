/** What pointers and keys on the photo mean. */

import { type KeyboardEvent, type RefObject, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Face } from "@/api/types";
import { brushPort } from "@/brush/port";
import { commit, recipeNow, useDocument } from "@/document/store";
import { announce } from "@/ui/announce";
import { usePrefs } from "@/ui/prefs";
import { listen } from "@/viewer/gestures";
import { type SpotMark, faceAt, spotAt } from "@/viewer/overlays";
import { flipped } from "@/viewer/spots";
import * as view from "@/viewer/view-store";
import { type Point, toPhoto } from "@/viewer/viewport";

/** Way of one arrow key, in CSS pixels. */
const PAN_STEP = 64;
const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Listens on the canvas's box: clicks on marks and faces, hovering, and the brush. */
export function useGestures(box: RefObject<HTMLDivElement | null>, marks: SpotMark[], faces: Face[]): void {
  const { t } = useTranslation();
  // Gestures outlive what they speak of: a stroke changes the recipe while it goes on.
  const found = useRef({ marks, faces });
  useEffect(() => {
    found.current = { marks, faces };
  }, [marks, faces]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    return listen(element, () => usePrefs.getState().wheelZooms, {
      click: (at) => {
        const mark = markAt(found.current.marks, at);
        if (!mark) {
          chooseAt(found.current.faces, at);
          return;
        }
        commit(`spot ${mark.healed ? "keep" : "heal"}`, flipped(recipeNow(), view.useView.getState().photo, mark));
        announce(t(mark.healed ? "history.spotKeep" : "history.spotHeal"));
      },
      hover: (at) => {
        brushPort()?.hover(at);
        const mark = at === null || brushPort() ? undefined : markAt(found.current.marks, at);
        const hoverSpot = mark?.spot.id ?? null;
        if (view.useView.getState().hoverSpot !== hoverSpot) view.useView.setState({ hoverSpot });
        element.dataset["over"] = String(mark !== undefined);
      },
    });
  }, [box, t]);
}

function markAt(marks: SpotMark[], at: Point): SpotMark | undefined {
  const state = view.useView.getState();
  return state.spots ? spotAt(state, view.paneOf(state), marks, at) : undefined;
}

function chooseAt(faces: Face[], at: Point): void {
  if (faces.length < 2) return;
  const state = view.useView.getState();
  const face = faceAt(faces, toPhoto(state.viewport, view.paneOf(state), at));
  useDocument.setState({ person: face?.key ?? null });
}

/** Keys on the focused photo: the brush's own, arrows that move the photo, space to drag it. */
export function pressed(event: KeyboardEvent<HTMLElement>): void {
  if (event.target !== event.currentTarget) return;
  const arrow = ARROWS[event.key];
  if (brushPort()?.key(event.key, event.shiftKey)) event.preventDefault();
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
