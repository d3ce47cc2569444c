import { type CSSProperties, type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { useCatalogue } from "@/api/queries";
import type { Project, Report } from "@/api/types";
import { useView } from "@/canvas/view-store";
import { featureText, opText } from "@/document/names";
import { usePersonName } from "@/document/people";
import { doubtOf, isLeft } from "@/document/recipe";
import { shownRecipe, useDocument } from "@/document/store";
import { classes } from "@/kit/Button";
import { Toggle } from "@/kit/Toggle";
import css from "@/panels/Panel.module.css";
import { NAMED, toneText, toolsOf, useSavedReport } from "@/panels/report";

const DOUBTS = ["not_human", "unclear", "turned", "too_small"] as const;
/** People that a notice names; more are counted. */
const MOST_NAMED = 3;

/** What the retouching changed, in numbers and on the photo. */
export function ReportPanel({ project }: { project: Project }): ReactNode {
  const { t, i18n } = useTranslation();
  const id = useId();
  const heat = useView((s) => s.heat);
  const report = useSavedReport(project.id);
  const { data: catalogue } = useCatalogue();
  const locked = useDocument((s) => shownRecipe(s).locks.natural);
  const texture = report?.texture_kept ?? null;
  const changed = texture !== null || (report && NAMED.some((kind) => toolsOf(report, kind).length > 0));
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
        {report && !changed && <p className={css.empty}>{t("report.nothing")}</p>}
        {report && changed && (
          <dl className={css.facts}>
            {texture !== null && (
              <Fact name={t("report.texture")} value={percent(texture)} note={t("report.textureHelp")}>
                <span className={css.meter} style={{ "--share": percent(texture) } as CSSProperties} />
              </Fact>
            )}
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
            {NAMED.map((kind) => {
              const tools = toolsOf(report, kind);
              if (tools.length === 0) return null;
              const names = tools.map((tool) => opText(t, catalogue, tool.op));
              return <Fact key={kind} name={t(`report.kind.${kind}`)} listed={names.join(t("report.joint"))} />;
            })}
            <Fact name={t("lock.natural")} value={t(locked ? "common.on" : "common.off")} />
          </dl>
        )}
        {report && <Notices report={report} />}
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

/** Who was left alone and why, and which makeup had no place. */
function Notices({ report }: { report: Report }): ReactNode {
  const { t } = useTranslation();
  const recipe = useDocument(shownRecipe);
  const faces = useDocument((s) => s.faces);
  const nameOf = usePersonName();
  const of = (keys: string[]) =>
    keys.length > MOST_NAMED ? t("viewer.faces", { count: keys.length }) : keys.map(nameOf).join(t("report.joint"));
  const said = (keys: string[], text: string) => (faces.length > 1 ? `${of(keys)}: ${text}` : text);
  const left = DOUBTS.map((doubt) => {
    const keys = faces.filter((face) => doubtOf(face) === doubt && isLeft(recipe, face)).map((face) => face.key);
    return keys.length > 0 ? said(keys, t(`people.left.${doubt}`)) : "";
  });
  const bare = report.faces.flatMap((face) =>
    face.unpainted.map(({ op, label, covered, whole }) => {
      const features = covered.map((each) => featureText(t, each)).join(t("report.joint"));
      const tool = opText(t, undefined, op) || label;
      return said([face.key], t(whole ? "report.unpainted" : "report.oneEye", { tool, features }));
    }),
  );
  const all = [...left, ...bare].filter(Boolean);
  if (all.length === 0) return null;
  return (
    <ul className={css.notices} aria-label={t("report.notices")}>
      {all.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

type FactProps = { name: string; value?: string; listed?: string; note?: string; children?: ReactNode };

/** One figure of the report, or a list in a sentence's size. */
function Fact({ name, value, listed, note, children }: FactProps): ReactNode {
  return (
    <div className={css.fact}>
      <dt className={css.factName}>{name}</dt>
      <dd className={css.factBody}>
        {value !== undefined && <span className={css.factValue}>{value}</span>}
        {listed !== undefined && <span>{listed}</span>}
        {children}
        {note && <span className={css.factNote}>{note}</span>}
      </dd>
    </div>
  );
}
