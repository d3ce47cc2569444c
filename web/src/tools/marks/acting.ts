/** What a click on the photo, a key or the menu does: heal, keep, remove, add. */

import type { TFunction } from "i18next";
import { fetchSpot } from "@/api/queries";
import type { Face, Project } from "@/api/types";
import { onPhoto } from "@/canvas/placing";
import { type ViewState, paneOf } from "@/canvas/view-store";
import type { Point } from "@/canvas/viewport";
import { isKept } from "@/document/framing";
import { commit, recipeNow, useDocument } from "@/document/store";
import { announce } from "@/kit/announce";
import { notify } from "@/kit/notices";
import type { SpotMark } from "@/tools/marks/rings";
import { faceBeside, flipped, withAdded } from "@/tools/marks/spots";

const SAID = { heal: "history.spotHeal", keep: "history.spotKeep", remove: "history.spotRemove" } as const;

/** What turning a mark over does to it. */
export function deedOn({ spot, healed }: SpotMark): keyof typeof SAID {
  if (spot.kind === "added") return "remove";
  return healed ? "keep" : "heal";
}

export function turnOver(project: Project, mark: SpotMark, t: TFunction): void {
  const deed = deedOn(mark);
  commit(`spot ${deed}`, flipped(recipeNow(), project, mark));
  announce(t(SAID[deed]));
}

/** The place of the photo under one of the pane where a spot can be added: on a face or close to it. */
export function freeAt(state: ViewState, faces: readonly Face[], at: Point): Point | null {
  const place = onPhoto(state, paneOf(state), at);
  return isKept(state.frame, place) && faceBeside(faces, place) ? place : null;
}

/** Where a spot is being added: the engine is asked for its size. */
let adding: Point | null = null;

/** A second click on the way is a double click: it takes the first one back. */
const SAME = 8;

/** Heals the spot at a place of the photo: a listed one that lies there, else a new one of the size that the engine sees. */
export async function addAt(project: Project, place: Point, marks: readonly SpotMark[], t: TFunction): Promise<void> {
  if (adding && Math.hypot(adding.x - place.x, adding.y - place.y) < SAME) {
    adding = null;
    return;
  }
  adding = place;
  const found = await fetchSpot(project.id, place).catch(() => undefined);
  if (adding !== place || useDocument.getState().projectId !== project.id) return;
  adding = null;
  if (!found) {
    notify({ kind: "plain", text: t(found === null ? "spots.noSkin" : "spots.notAdded") });
    return;
  }
  const listed = marks.find(({ spot }) => Math.hypot(spot.x - found.x, spot.y - found.y) <= spot.radius);
  if (listed && !listed.healed) {
    turnOver(project, listed, t);
    return;
  }
  commit("spot add", withAdded(recipeNow(), project, found));
  announce(t("history.spotAdd"));
}
