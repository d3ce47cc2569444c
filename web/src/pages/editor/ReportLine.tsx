import { Activity } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCatalogue } from "@/api/queries";
import type { Project } from "@/api/types";
import css from "@/pages/editor/Editor.module.css";
import { lineText, useSavedReport } from "@/panels/report";
import { openPanel } from "@/panels/workbench";

/** The report in one line, under every panel. */
export function ReportLine({ project }: { project: Project }): ReactNode {
  const { t, i18n } = useTranslation();
  const { data: catalogue } = useCatalogue();
  const text = lineText(t, i18n.language, catalogue, useSavedReport(project.id));
  return (
    <button
      type="button"
      className={css.reportLine}
      title={text || undefined}
      onClick={() => openPanel("report")}
    >
      <Activity size={14} aria-hidden="true" />
      <span className={css.reportText}>{text || t("report.title")}</span>
    </button>
  );
}
