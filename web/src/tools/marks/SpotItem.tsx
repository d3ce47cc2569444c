import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Project } from "@/api/types";
import { paneOf, useView } from "@/canvas/view-store";
import type { Point } from "@/canvas/viewport";
import { addAt, deedOn, freeAt, turnOver } from "@/tools/marks/acting";
import { spotAt } from "@/tools/marks/rings";
import { kindOf } from "@/tools/marks/spots";
import { useSpotMarks } from "@/tools/marks/use-spot-marks";

/** What may be done with the spot at a place of the pane: the menu of the photo shows it as one of its items. */
type SpotItemProps = { project: Project; at: Point; item: (text: string, run: () => void) => ReactNode };

/** Heal or keep the spot there, heal one that is not listed; nothing beside faces. */
export function SpotItem({ project, at, item }: SpotItemProps): ReactNode {
  const { t } = useTranslation();
  const { analysis, marks } = useSpotMarks(project);
  // The menu speaks of where it was opened, wherever the photo goes meanwhile.
  const state = useRef(useView.getState()).current;
  const mark = spotAt(state, paneOf(state), marks, at);
  if (mark) {
    const kind = t(`spots.kind.${kindOf(mark)}`);
    return item(t(`spots.${deedOn(mark)}This`, { kind }), () => turnOver(project, mark, t));
  }
  const place = freeAt(state, analysis?.faces ?? [], at);
  return place && item(t("spots.here"), () => void addAt(project, place, marks, t));
}
