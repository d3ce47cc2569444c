import { Activity } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Project } from "@/api/types";
import css from "@/editor/Editor.module.css";
import { openPanel } from "@/editor/workbench";
import { textureText, toneText, useSavedReport } from "@/panels/report";

/** The report in one line, under every panel. */
export function ReportLine({ project }: { project: Project }): ReactNode {
  const { t, i18n } = useTranslation();
  const report = useSavedReport(project.id);
  const parts: string[] = [];
  const texture = report?.texture_kept ?? null;
  const tone = report?.tone_shift ?? null;
  if (texture !== null) parts.push(textureText(t, i18n.language, texture));
  if (tone !== null) parts.push(toneText(t, i18n.language, tone, true));
  return (
    <button type="button" className={css.reportLine} onClick={() => openPanel("report")}>
      <Activity size={14} aria-hidden="true" />
      {parts.length > 0 ? parts.join(t("report.joint")) : t("report.title")}
    </button>
  );
}
