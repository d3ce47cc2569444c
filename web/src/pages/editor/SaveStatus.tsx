import { Check, CloudOff, LoaderCircle, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useView } from "@/canvas/view-store";
import { useDocument } from "@/document/store";
import { clockTime } from "@/kit/i18n/format";
import css from "@/pages/editor/Editor.module.css";

/** "Saved" stands here only after the server has said so. */
export function SaveStatus(): ReactNode {
  const { t, i18n } = useTranslation();
  const kept = useDocument((s) => s.save);
  const moving = useDocument((s) => s.draft !== null);
  // What is still under the finger is not saved yet.
  const save = moving && kept.kind === "saved" ? ({ kind: "saving" } as const) : kept;
  const link = useView((s) => s.link);
  return (
    <p className={css.status} role="status" data-save={save.kind}>
      {save.kind === "saved" && (
        <>
          <Check size={14} aria-hidden="true" />
          <span className={css.long}>{t("save.saved", { time: clockTime(save.time, Date.now(), i18n.language) })}</span>
          <span className={css.short}>{t("save.done")}</span>
        </>
      )}
      {save.kind === "saving" && (
        <>
          <LoaderCircle size={14} className={css.turning} aria-hidden="true" />
          {t("save.saving")}
        </>
      )}
      {save.kind === "offline" && (
        <>
          <CloudOff size={14} aria-hidden="true" />
          {t("save.offline")}
        </>
      )}
      {save.kind === "refused" && (
        <>
          <TriangleAlert size={14} aria-hidden="true" />
          {t("save.unsaved")}
        </>
      )}
      {link === "slow" && save.kind === "saved" && <span className={css.slow}>{t("save.slow")}</span>}
    </p>
  );
}
