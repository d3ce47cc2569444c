import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Outcome } from "@/document/handover";
import { Logo } from "@/kit/Logo";
import css from "@/pages/home/Locked.module.css";

/** The program that waited goes on; there is no server any more. */
export function HandedOverPage({ outcome }: { outcome: Outcome }): ReactNode {
  const { t } = useTranslation();
  return (
    <main className={css.page}>
      <div className={css.box} role="status">
        <Logo />
        <h1 className={css.title}>{t(`handover.${outcome}Title`)}</h1>
        <p className={css.help}>{t("handover.close")}</p>
      </div>
    </main>
  );
}
