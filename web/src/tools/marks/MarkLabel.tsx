import type { CSSProperties, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { onPane } from "@/canvas/placing";
import { paneOf, useView } from "@/canvas/view-store";
import { isKept } from "@/document/framing";
import { useTouch } from "@/kit/use-narrow";
import { deedOn } from "@/tools/marks/acting";
import { useMarks } from "@/tools/marks/marks-store";
import css from "@/tools/marks/Marks.module.css";
import type { SpotMark } from "@/tools/marks/rings";
import { kindOf } from "@/tools/marks/spots";
import { stateOf } from "@/tools/marks/words";

const TOLD = {
  keep: { mouse: "spots.toKeep", finger: "spots.tapToKeep" },
  heal: { mouse: "spots.toHeal", finger: "spots.tapToHeal" },
  remove: { mouse: "spots.toRemove", finger: "spots.tapToRemove" },
} as const;

/** What the spot under the pointer, or the one its row in the list points at, is and becomes. */
export function MarkLabel({ marks }: { marks: SpotMark[] }): ReactNode {
  const { t } = useTranslation();
  const state = useView();
  const { visible, pointed } = useMarks();
  const hand = useTouch() ? "finger" : "mouse";
  const mark = marks.find(({ spot }) => spot.id === pointed);
  if (!mark || !visible || state.holding || !isKept(state.frame, mark.spot)) return null;
  const { x, y } = onPane(state, paneOf(state), mark.spot);
  const reach = Math.max(9, (mark.spot.radius * state.viewport.scale * 1.4) / state.dpr);
  const place = { "--x": `${x / state.dpr}px`, "--y": `${y / state.dpr - reach}px` } as CSSProperties;
  const words = stateOf(t, mark);
  return (
    <div className={css.markLabel} style={place} data-mark-label="" aria-hidden="true">
      <strong>{t("spots.label", { kind: t(`spots.kind.${kindOf(mark)}`), state: words.join(", ") })}</strong>
      <span>{t(TOLD[deedOn(mark)][hand])}</span>
    </div>
  );
}
