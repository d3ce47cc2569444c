import { Maximize, Minus, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import * as view from "@/canvas/view-store";
import css from "@/canvas/Viewer.module.css";
import { IconButton } from "@/kit/Button";
import { useRoving } from "@/kit/roving";
import { useSheet } from "@/kit/use-narrow";

export function ZoomBar(): ReactNode {
  const { t, i18n } = useTranslation();
  const percent = view.useView((state) => Math.round(state.viewport.scale * 100));
  const isFit = view.useView((state) => state.viewport.fit);
  const row = useRoving<HTMLDivElement>();
  const sheet = useSheet();
  const text = new Intl.NumberFormat(i18n.language, { style: "percent" }).format(percent / 100);
  return (
    <div ref={row} className={css.zoom} role="toolbar" aria-label={t("zoom.label")}>
      <IconButton label={t("zoom.out")} keys={["−"]} onClick={() => view.zoomStep(-1)}>
        <Minus size={16} aria-hidden="true" />
      </IconButton>
      <button
        type="button"
        className={css.percent}
        aria-label={t("zoom.actual", { now: text })}
        onClick={() => view.zoomToggle()}
      >
        {text}
      </button>
      <IconButton label={t("zoom.in")} keys={["+"]} onClick={() => view.zoomStep(1)}>
        <Plus size={16} aria-hidden="true" />
      </IconButton>
      {!sheet && ( // the percentage leads there, too
        <IconButton label={t("zoom.fit")} keys={["0"]} pressed={isFit} onClick={view.fit}>
          <Maximize size={15} aria-hidden="true" />
        </IconButton>
      )}
    </div>
  );
}
