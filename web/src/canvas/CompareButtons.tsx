import { Columns2, Eye, SplitSquareHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { compareAs, hold, useView } from "@/canvas/view-store";
import css from "@/canvas/Viewer.module.css";
import { IconButton } from "@/kit/Button";
import { capsOf } from "@/kit/keys/shortcuts";

/** The original for as long as it is held, beside the result, or on one half. Phones have it below the picture. */
export function CompareButtons(): ReactNode {
  const { t } = useTranslation();
  const compare = useView((s) => s.compare);
  const holding = useView((s) => s.holding);
  const release = () => hold(false);
  return (
    <div className={css.compare} role="group" aria-label={t("compare.label")}>
      <IconButton
        label={t("compare.hold")}
        keys={capsOf("original")}
        pressed={holding}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          hold(true);
        }}
        onPointerUp={release}
        onPointerCancel={release}
        onLostPointerCapture={release}
        onContextMenu={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (event.key === " " || event.key === "Enter") hold(true);
        }}
        onKeyUp={release}
        onBlur={release}
      >
        <Eye size={18} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={t("compare.split")}
        keys={capsOf("split")}
        pressed={compare === "split"}
        onClick={() => compareAs("split")}
      >
        <SplitSquareHorizontal size={17} aria-hidden="true" />
      </IconButton>
      <span className={css.side}>
        <IconButton
          label={t("compare.side")}
          keys={capsOf("side")}
          pressed={compare === "side"}
          onClick={() => compareAs("side")}
        >
          <Columns2 size={17} aria-hidden="true" />
        </IconButton>
      </span>
    </div>
  );
}
