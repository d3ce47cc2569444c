import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/kit/Button";
import css from "@/panels/design/Design.module.css";
import type { Trouble } from "@/panels/design/design-store";

/** What went wrong, and the way on. */
export function TroubleNote({ trouble, again }: { trouble: Trouble; again: (() => void) | null }): ReactNode {
  const { t } = useTranslation();
  const told = "code" in trouble;
  return (
    <div className={css.trouble} role="alert">
      <strong>{told ? t(trouble.code === "unreachable" ? "refusal.unreachable.title" : "design.unreadable") : trouble.title}</strong>
      <p>{told ? t(trouble.code === "unreachable" ? "refusal.unreachable.help" : "design.unreadableHelp") : trouble.help}</p>
      {again && <Button onClick={again}>{t("upload.again")}</Button>}
    </div>
  );
}
