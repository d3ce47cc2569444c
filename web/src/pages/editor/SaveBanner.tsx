import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Project } from "@/api/types";
import { dropMine, keepMine } from "@/document/session";
import { useDocument } from "@/document/store";
import { Button } from "@/kit/Button";
import { notify } from "@/kit/notices";
import css from "@/pages/editor/Editor.module.css";

type SaveBannerProps = { project: Project; reopen: () => void };

/** What a person must know or decide about saving, in plain words. */
export function SaveBanner({ project, reopen }: SaveBannerProps): ReactNode {
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
  if (save.kind !== "stale") return null;
  const decide = (work: (project: Project) => Promise<void>) => () => {
    work(project).then(reopen, () => notify({ kind: "bad", text: t("save.tryAgain") }));
  };
  return (
    <div className={css.banner} role="alert">
      <span>{t("save.staleHelp")}</span>
      <Button onClick={decide(dropMine)}>{t("save.loadNewest")}</Button>
      <Button look="strong" onClick={decide(keepMine)}>
        {t("save.keepMine")}
      </Button>
    </div>
  );
}
