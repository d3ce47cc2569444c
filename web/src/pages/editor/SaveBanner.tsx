import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Project } from "@/api/types";
import { useDocument } from "@/document/store";
import css from "@/pages/editor/Editor.module.css";

/** What a person must know about saving, in plain words. */
export function SaveBanner({ project }: { project: Project }): ReactNode {
  const { t } = useTranslation();
  const save = useDocument((s) => s.save);
  if (project.role === "viewer") {
    return <p className={css.banner}>{t("team.viewerEditor")}</p>;
  }
  if (save.kind === "offline") {
    return (
      <p className={css.banner} role="alert">
        {t("save.offlineHelp")}
      </p>
    );
  }
  if (save.kind === "refused") {
    return (
      <p className={css.banner} role="alert">
        {t("save.refused", { message: save.message })}
      </p>
    );
  }
  return null;
}
