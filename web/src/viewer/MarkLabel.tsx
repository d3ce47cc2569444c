import type { CSSProperties, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { stateOf } from "@/i18n/names";
import { kindOf } from "@/viewer/spots";
import type { SpotMark } from "@/viewer/overlays";
import { paneOf, useView } from "@/viewer/view-store";
import { toScreen } from "@/viewer/viewport";
import css from "@/viewer/Viewer.module.css";

/** What the mark under the pointer, or the one its row in the list points at, is and becomes. */
export function MarkLabel({ marks }: { marks: SpotMark[] }): ReactNode {
  const { t } = useTranslation();
  const state = useView();
  const mark = marks.find(({ spot }) => spot.id === state.hoverSpot);
  if (!mark || !state.spots || state.holding) return null;
  const { x, y } = toScreen(state.viewport, paneOf(state), mark.spot);
  const reach = Math.max(9, (mark.spot.radius * state.viewport.scale * 1.4) / state.dpr);
  const place = { "--x": `${x / state.dpr}px`, "--y": `${y / state.dpr - reach}px` } as CSSProperties;
  const words = stateOf(t, mark);
  return (
    <div className={css.markLabel} style={place} data-mark-label="" aria-hidden="true">
      <strong>{t("spots.label", { kind: t(`spots.kind.${kindOf(mark)}`), state: words.join(", ") })}</strong>
      <span>{t(mark.healed ? "spots.toKeep" : "spots.toHeal")}</span>
    </div>
  );
}
