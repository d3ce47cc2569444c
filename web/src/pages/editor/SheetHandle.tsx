import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import css from "@/pages/editor/Editor.module.css";
import { SHEET, pullSheet, toggleSheet, useWorkbench } from "@/panels/workbench";

/** A pointer that moved less than this, in CSS pixels, has tapped. */
const SLOP = 5;

/** The sheet's edge on phones: pulled up and down, or tapped shut and open. */
export function SheetHandle(): ReactNode {
  const { t } = useTranslation();
  const height = useWorkbench((s) => s.sheet);
  const held = useRef<{ y: number; height: number; moved: boolean } | null>(null);

  const down = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = { y: event.clientY, height, moved: false };
  };
  const move = (event: PointerEvent) => {
    const from = held.current;
    if (!from) return;
    const way = from.y - event.clientY;
    from.moved ||= Math.abs(way) > SLOP;
    if (from.moved) pullSheet(from.height + (way / window.innerHeight) * 100);
  };
  const up = (event: PointerEvent) => {
    if (event.type === "pointerup" && held.current?.moved === false) toggleSheet();
    held.current = null;
  };

  return (
    <div
      className={css.handle}
      role="separator"
      aria-orientation="horizontal"
      aria-label={t("panel.sheet")}
      aria-valuenow={height}
      aria-valuemin={0}
      aria-valuemax={SHEET.most}
      tabIndex={0}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onKeyDown={(event) => {
        const next = keyed(event, height);
        if (next === null) return;
        event.preventDefault();
        pullSheet(next);
      }}
    />
  );
}

/** The height that a key asks for. */
function keyed({ key }: KeyboardEvent, height: number): number | null {
  if (key === "ArrowUp") return Math.max(height + SHEET.step, SHEET.open / 2);
  if (key === "ArrowDown") return height - SHEET.step;
  if (key === "Home") return 0;
  if (key === "End") return SHEET.most;
  return key === "Enter" ? (height > 0 ? 0 : SHEET.open) : null;
}
