import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import css from "@/app/App.module.css";
import { Button } from "@/kit/Button";

/** In place of a page whose parts did not come. */
export function BrokenPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <main className={css.broken}>
      <h1>{t("editor.broken")}</h1>
      <p>{t("refusal.unreachable.help")}</p>
      <Button look="strong" onClick={() => location.reload()}>
        {t("editor.reload")}
      </Button>
    </main>
  );
}
