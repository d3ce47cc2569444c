import { type CSSProperties, type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Project } from "@/api/types";
import css from "@/panels/Panel.module.css";
import { toneText, useSavedReport } from "@/panels/report";
import { shownRecipe, useDocument } from "@/document/store";
import { classes } from "@/ui/Button";
import { Toggle } from "@/ui/Toggle";
import { useView } from "@/viewer/view-store";

/** What the retouching changed, in numbers and on the photo. */
export function ReportPanel({ project }: { project: Project }): ReactNode {
  const { t, i18n } = useTranslation();
  const id = useId();
  const heat = useView((s) => s.heat);
  const report = useSavedReport(project.id);
  const locked = useDocument((s) => shownRecipe(s).locks.natural);
  const texture = report?.texture_kept ?? null;
  const percent = (share: number) =>
    new Intl.NumberFormat(i18n.language, { style: "percent" }).format(share);
  return (
    <div className={css.panel}>
      <header className={css.header}>
        <h2 className={css.title}>{t("report.title")}</h2>
      </header>
      <div className={classes(css.body, css.plain, "scrolls")}>
        <p className={css.note}>{t("report.help")}</p>
        {!report && <p className={css.empty}>{t("report.waiting")}</p>}
        {report && texture === null && <p className={css.empty}>{t("report.nothing")}</p>}
        {report && texture !== null && (
          <dl className={css.facts}>
            <Fact name={t("report.texture")} value={percent(texture)} note={t("report.textureHelp")}>
              <span className={css.meter} style={{ "--share": percent(texture) } as CSSProperties} />
            </Fact>
            {report.tone_shift !== null && (
              <Fact
                name={t("report.tone")}
                value={toneText(t, i18n.language, report.tone_shift, false)}
                note={t("report.toneHelp")}
              />
            )}
            <Fact
              name={t("report.marks")}
              value={t("report.healedKept", { healed: report.healed, kept: report.kept })}
            />
            <Fact name={t("lock.natural")} value={t(locked ? "common.on" : "common.off")} />
          </dl>
        )}
        <div className={css.option}>
          <span id={id} className={css.optionText}>
            {t("report.heat")}
          </span>
          <Toggle labelId={id} on={heat} onChange={(on) => useView.setState({ heat: on })} />
        </div>
        <p className={css.note}>{t("report.heatHelp")}</p>
      </div>
    </div>
  );
}

type FactProps = { name: string; value: string; note?: string; children?: ReactNode };

function Fact({ name, value, note, children }: FactProps): ReactNode {
  return (
    <div className={css.fact}>
      <dt className={css.factName}>{name}</dt>
      <dd className={css.factBody}>
        <span className={css.factValue}>{value}</span>
        {children}
        {note && <span className={css.factNote}>{note}</span>}
      </dd>
    </div>
  );
}
