import { Check, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Poster, PosterLayout, PosterLine } from "@/api/types";
import { fieldOf } from "@/tools/poster/poster";
import css from "@/tools/poster/Poster.module.css";
import { useSheet } from "@/tools/poster/sheet";
import { focusField } from "@/tools/poster/store";

/** Contrast that all type has at least (WCAG 2.2, 1.4.3). */
const READABLE = 4.5;
/** A line is named by so many of its letters. */
const SHORT = 28;

type Complaint = "contrast" | "face" | "safe" | "small";

/** The report in one line, always in sight; it leads to the whole. */
export function ReadLine(): ReactNode {
  const { t, i18n } = useTranslation();
  const layout = useSheet((s) => s.layout);
  const refused = useSheet((s) => s.trouble !== undefined);
  if (!layout) return null;
  const count = layout.lines.reduce((sum, line) => sum + complaints(line, layout.least).length, 0);
  const attend = count > 0 || refused;
  const Icon = attend ? TriangleAlert : Check;
  const number = (value: number) => value.toLocaleString(i18n.language, { maximumFractionDigits: 1 });
  const figures = `${number(layout.contrast)} : 1 · ${number(layout.smallest)} ${layout.unit}`;
  const lead = () => document.getElementById("poster-reads")?.scrollIntoView({ block: "start" });
  return (
    <button type="button" className={css.line} data-attend={attend ? "" : undefined} onClick={lead}>
      <Icon size={14} aria-hidden="true" />
      {attend ? t("poster.attend") : t("poster.readsWell")}
      {layout.lines.length > 0 && ` · ${figures}`}
    </button>
  );
}

/** Whether the sheet on the screen can be read: measured, not guessed. */
export function Readable({ poster }: { poster: Poster }): ReactNode {
  const { t } = useTranslation();
  const layout = useSheet((s) => s.layout);
  const trouble = useSheet((s) => s.trouble);
  return (
    <section className={css.section} aria-labelledby="poster-reads">
      <h3 id="poster-reads" className={css.heading}>
        {t("poster.reads")}
      </h3>
      <div aria-live="polite">
        {trouble && (
          <p className={css.bad}>
            <TriangleAlert size={15} aria-hidden="true" />
            <span>
              {trouble.message} {trouble.remedy}
            </span>
          </p>
        )}
        {layout ? <Findings layout={layout} poster={poster} /> : <p className={css.hint}>{t("poster.measuring")}</p>}
      </div>
    </section>
  );
}

function Findings({ layout, poster }: { layout: PosterLayout; poster: Poster }): ReactNode {
  const { t, i18n } = useTranslation();
  const { lines, least, unit } = layout;
  if (lines.length === 0) return <p className={css.hint}>{t("poster.noType")}</p>;
  const found = lines.flatMap((line) => complaints(line, least).map((kind) => ({ line, kind })));
  const number = (value: number) => value.toLocaleString(i18n.language, { maximumFractionDigits: 1 });
  const has = (kind: Complaint) => found.some((each) => each.kind === kind);
  return (
    <>
      <ul className={css.facts}>
        <Fact good={!has("contrast")} name={t("poster.contrast")} value={`${number(layout.contrast)} : 1`} />
        <Fact good={!has("small")} name={t("poster.smallest")} value={`${number(layout.smallest)} ${unit}`} />
        <Fact good={!has("safe")} name={t("poster.safe")} value={t(has("safe") ? "poster.left" : "poster.kept")} />
        <Fact good={!has("face")} name={t("poster.faces")} value={t(has("face") ? "poster.covered" : "poster.free")} />
      </ul>
      {found.length > 0 && (
        <ul className={css.findings}>
          {found.map(({ line, kind }) => (
            <li key={`${kind} ${line.layer} ${line.text}`}>
              <Finding line={line} poster={poster}>
                {t(`poster.is_${kind}`, { text: shortened(line.text), value: number(kind === "small" ? line.size : line.contrast), unit })}
              </Finding>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function complaints(line: PosterLine, least: number): Complaint[] {
  const said: [Complaint, boolean][] = [
    ["contrast", line.contrast < READABLE],
    ["face", line.over_face],
    ["safe", !line.safe],
    ["small", line.size > 0 && line.size < least],
  ];
  return said.filter(([, is]) => is).map(([kind]) => kind);
}

function shortened(text: string): string {
  return text.length > SHORT ? `${text.slice(0, SHORT - 1)}…` : text;
}

function Fact({ good, name, value }: { good: boolean; name: string; value: string }): ReactNode {
  const { t } = useTranslation();
  const Icon = good ? Check : TriangleAlert;
  return (
    <li className={css.fact} data-good={good ? "" : undefined}>
      <Icon size={14} role="img" aria-label={t(good ? "poster.good" : "poster.attend")} />
      <span>{name}</span>
      <strong>{value}</strong>
    </li>
  );
}

/** Leads to the words that it is about. */
function Finding({ line, poster, children }: { line: PosterLine; poster: Poster; children: ReactNode }): ReactNode {
  const field = fieldOf(poster.content, line.text);
  if (!field) return <p className={css.finding}>{children}</p>;
  return (
    <button type="button" className={css.finding} onClick={() => focusField(field)}>
      {children}
    </button>
  );
}
