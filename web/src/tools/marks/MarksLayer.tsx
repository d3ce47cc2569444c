import { type ReactNode, useEffect, useMemo, useRef } from "react";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Face, Project } from "@/api/types";
import { type Hand, type LayerProps, takeHand } from "@/canvas/tool";
import { paneOf, useView } from "@/canvas/view-store";
import type { Point } from "@/canvas/viewport";
import { addAt, freeAt, turnOver } from "@/tools/marks/acting";
import { isAimed, paintAim } from "@/tools/marks/aim";
import { MarkLabel } from "@/tools/marks/MarkLabel";
import { point, putDown, useMarks } from "@/tools/marks/marks-store";
import { type SpotMark, paintSpots, spotAt } from "@/tools/marks/rings";
import { ofKind } from "@/tools/marks/spots";
import { useSpotMarks } from "@/tools/marks/use-spot-marks";

const NOBODY: Face[] = [];

/** What the hand acts on; it outlives what it speaks of, as every click changes the recipe. */
type Now = { project: Project; faces: readonly Face[]; all: SpotMark[]; shown: SpotMark[] };

/** The marks on the photo: rings, a label at the one that is pointed at, a click turns it over or adds one. */
export function MarksLayer({ project, repaint }: LayerProps): ReactNode {
  const { t } = useTranslation();
  const { analysis, marks: all } = useSpotMarks(project);
  const kind = useMarks((s) => s.kind);
  const shown = useMemo(() => ofKind(all, kind), [all, kind]);
  const faces = analysis?.faces ?? NOBODY;
  const now = useRef<Now>({ project, faces, all, shown });
  useEffect(() => {
    now.current = { project, faces, all, shown };
    repaint();
  }, [project, faces, all, shown, repaint]);
  useEffect(() => {
    const putBack = takeHand(handOf(() => now.current, t));
    return () => {
      putBack();
      putDown();
    };
  }, [t]);
  useEffect(() => useMarks.subscribe(repaint), [repaint]);
  useEffect(() => {
    document.addEventListener("focusin", repaint);
    document.addEventListener("focusout", repaint);
    return () => {
      document.removeEventListener("focusin", repaint);
      document.removeEventListener("focusout", repaint);
    };
  }, [repaint]);
  return <MarkLabel marks={shown} />;
}

function handOf(now: () => Now, t: TFunction): Hand {
  const under = (at: Point): SpotMark | undefined => {
    const state = useView.getState();
    return useMarks.getState().visible ? spotAt(state, paneOf(state), now().shown, at) : undefined;
  };
  const free = (at: Point): Point | null =>
    useMarks.getState().visible ? freeAt(useView.getState(), now().faces, at) : null;
  const act = (at: Point): boolean => {
    const mark = under(at);
    const place = mark ? null : free(at);
    if (mark) turnOver(now().project, mark, t);
    if (place) void addAt(now().project, place, now().all, t);
    return mark !== undefined || place !== null;
  };
  return {
    name: "marks",
    cursor: (at) => (under(at) ? "pointer" : free(at) ? "crosshair" : null),
    paint: (context, state, pane) => {
      const { visible, pointed } = useMarks.getState();
      if (!visible) return;
      paintSpots(context, state, pane, now().shown, pointed);
      if (isAimed()) paintAim(context, state, pane);
    },
    hover: (at) => point((at && under(at)?.spot.id) ?? null),
    click: act,
    key: (key) => {
      const { width, height } = paneOf(useView.getState());
      return key === "Enter" && act({ x: width / 2, y: height / 2 });
    },
  };
}
