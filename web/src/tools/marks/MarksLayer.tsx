import { type ReactNode, useEffect, useMemo, useRef } from "react";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { type Hand, type LayerProps, takeHand } from "@/canvas/tool";
import { paneOf, useView } from "@/canvas/view-store";
import type { Point } from "@/canvas/viewport";
import { commit, recipeNow } from "@/document/store";
import { announce } from "@/kit/announce";
import { MarkLabel } from "@/tools/marks/MarkLabel";
import { point, putDown, useMarks } from "@/tools/marks/marks-store";
import { type SpotMark, paintSpots, spotAt } from "@/tools/marks/rings";
import { flipped, ofKind } from "@/tools/marks/spots";
import { useSpotMarks } from "@/tools/marks/use-spot-marks";

/** The marks on the photo: rings, a label at the one that is pointed at, a click turns it over. */
export function MarksLayer({ project, repaint }: LayerProps): ReactNode {
  const { t } = useTranslation();
  const { marks } = useSpotMarks(project);
  const kind = useMarks((s) => s.kind);
  const shown = useMemo(() => ofKind(marks, kind), [marks, kind]);
  // The hand outlives what it speaks of: every click changes the recipe.
  const now = useRef(shown);
  useEffect(() => {
    now.current = shown;
    repaint();
  }, [shown, repaint]);
  useEffect(() => {
    const putBack = takeHand(handOf(() => now.current, t));
    return () => {
      putBack();
      putDown();
    };
  }, [t]);
  useEffect(() => useMarks.subscribe(repaint), [repaint]);
  return <MarkLabel marks={shown} />;
}

function handOf(marks: () => SpotMark[], t: TFunction): Hand {
  const under = (at: Point): SpotMark | undefined => {
    const state = useView.getState();
    return useMarks.getState().visible ? spotAt(state, paneOf(state), marks(), at) : undefined;
  };
  return {
    name: "marks",
    cursor: (at) => (under(at) ? "pointer" : null),
    paint: (context, state, pane) => {
      const { visible, pointed } = useMarks.getState();
      if (visible) paintSpots(context, state, pane, marks(), pointed);
    },
    hover: (at) => point((at && under(at)?.spot.id) ?? null),
    click: (at) => {
      const mark = under(at);
      if (mark) turnOver(mark, t);
      return mark !== undefined;
    },
  };
}

function turnOver(mark: SpotMark, t: TFunction): void {
  commit(`spot ${mark.healed ? "keep" : "heal"}`, flipped(recipeNow(), useView.getState().photo, mark));
  announce(t(mark.healed ? "history.spotKeep" : "history.spotHeal"));
}
