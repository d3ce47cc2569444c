import { type CSSProperties, type KeyboardEvent, type ReactNode, useCallback, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { takeHand } from "@/canvas/tool";
import { paneOf, useView } from "@/canvas/view-store";
import { toScreen } from "@/canvas/viewport";
import { useDocument } from "@/document/store";
import { announce } from "@/kit/announce";
import { minus } from "@/kit/i18n/format";
import css from "@/tools/crop/Crop.module.css";
import { type Cropping, takeUp, useCrop, useCropping } from "@/tools/crop/crop-store";
import { handOfCrop, pushed } from "@/tools/crop/hand";
import { PARTS } from "@/tools/crop/pulling";
import { useCropKeys } from "@/tools/crop/use-crop-keys";

/** The cut over the photo: pulled at by pointers and by keys. */
export function CropLayer(): ReactNode {
  const { t } = useTranslation();
  const open = useView((s) => s.open);
  const told = useCallback(({ size }: Cropping) => announce(t("crop.size", size)), [t]);
  useEffect(takeUp, []);
  useEffect(() => takeHand(handOfCrop(told)), [told]);
  useCropKeys();
  return open ? <Cut told={told} /> : null;
}

type Told = (at: Cropping) => void;

function Cut({ told }: { told: Told }): ReactNode {
  const { t } = useTranslation();
  const at = useCropping();
  const { line, doing } = useCrop();
  const label = useDocument((s) => s.draft?.label ?? "");
  const holding = useView((s) => s.holding);
  const place = usePlace(at);
  const grid = label === "crop angle" ? "fine" : label === "crop cut" ? "thirds" : undefined;
  const keys = (part: Parameters<typeof pushed>[0]) => (event: KeyboardEvent) => {
    if (!pushed(part, event.key, event.shiftKey, told)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={css.layer} data-doing={doing ?? undefined} data-line={line ? "" : undefined} data-holding={holding ? "" : undefined}>
      <div className={css.cut} style={place} data-cut="" role="group" aria-label={t("crop.area")}>
        <button
          type="button"
          className={css.body}
          data-part="move"
          data-grid={grid}
          aria-label={t("crop.part", { part: t("crop.parts.move") })}
          onKeyDown={keys("move")}
        />
        {PARTS.map((part) => (
          <button
            key={part}
            type="button"
            className={css.handle}
            data-part={part}
            aria-label={t("crop.part", { part: t(`crop.parts.${part}`) })}
            onKeyDown={keys(part)}
          />
        ))}
        {grid && (
          <span className={css.badge} aria-hidden="true">
            {grid === "fine" ? t("crop.degrees", { value: minus(at.crop.angle.toFixed(1)) }) : `${at.size.width} × ${at.size.height}`}
          </span>
        )}
      </div>
      <Line />
    </div>
  );
}

/** The cut's place over the pane, in CSS pixels. */
function usePlace({ edges }: Cropping): CSSProperties {
  const state = useView();
  const pane = paneOf(state);
  const a = toScreen(state.viewport, pane, { x: edges.left, y: edges.top });
  const b = toScreen(state.viewport, pane, { x: edges.right, y: edges.bottom });
  const { dpr } = state;
  return { left: a.x / dpr, top: a.y / dpr, width: (b.x - a.x) / dpr, height: (b.y - a.y) / dpr };
}

/** The line that shall be level. */
function Line(): ReactNode {
  const drawn = useCrop((s) => s.drawn);
  const dpr = useView((s) => s.dpr);
  if (!drawn) return null;
  const { from, to } = drawn;
  const ends = { x1: from.x / dpr, y1: from.y / dpr, x2: to.x / dpr, y2: to.y / dpr };
  return (
    <svg className={css.line} aria-hidden="true">
      <line {...ends} className={css.lineDark} />
      <line {...ends} className={css.lineLight} />
    </svg>
  );
}
