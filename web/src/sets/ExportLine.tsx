import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/kit/Button";
import { isOver, stopExporting, useExporting } from "@/sets/exporting";
import css from "@/sets/Sets.module.css";

/** How far the ZIP of this set is, while it is made. */
export function ExportLine({ set }: { set: string }): ReactNode {
  const { t } = useTranslation();
  const running = useExporting((s) => s.running);
  if (running?.set !== set || isOver(running.export)) return null;
  const { done, total } = running.export;
  return (
    <div className={css.exporting} role="status">
      <span>{t("sets.exportingOf", { done, total })}</span>
      <progress className={css.progress} max={total} value={done} aria-label={t("sets.exporting")} />
      <Button onClick={stopExporting}>{t("sets.stop")}</Button>
    </div>
  );
}
