import { type ReactNode, useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { sharedReport } from "@/api/guests";
import type { SharedReport } from "@/api/types";
import { opText } from "@/document/names";
import { minus } from "@/kit/i18n/format";
import css from "@/pages/guest/Guest.module.css";

/** Mean shifts below this (CIELAB units) cannot be seen. */
const HELD = 1;
const KINDS = ["shape", "makeup", "light", "hand", "picture"] as const;

/** What was changed in a picture, in the words of whoever is in it. */
export function Facts({ share, place }: { share: string; place: number }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const report = useReport(share, place);
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={css.heading}>
        {t("report.title")}
      </h3>
      {report === "asking" && <p className={css.note}>{t("report.waiting")}</p>}
      {report === "none" && <p className={css.note}>{t("guest.noReport")}</p>}
      {typeof report === "object" && <Figures report={report} />}
    </section>
  );
}

function Figures({ report }: { report: SharedReport }): ReactNode {
  const { t, i18n } = useTranslation();
  const percent = (share: number) => new Intl.NumberFormat(i18n.language, { style: "percent" }).format(share);
  const number = (value: number) => minus(new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(value));
  const names = (ops: string[]) => ops.map((op) => opText(t, undefined, op)).join(t("report.joint"));
  const tone = report.tone_shift;
  return (
    <dl className={css.facts}>
      {report.texture_kept !== null && <Fact name={t("report.texture")} value={percent(report.texture_kept)} />}
      {tone !== null && (
        <Fact
          name={t("report.tone")}
          value={Math.abs(tone) < HELD ? t("report.held") : t("report.moved", { amount: number(tone) })}
        />
      )}
      {report.healed > 0 && <Fact name={t("report.marks")} value={t("guest.healed", { count: report.healed })} />}
      {KINDS.map((kind) => {
        const ops = report.tools.filter((tool) => tool.kind === kind).map((tool) => tool.op);
        const always = kind === "shape" || kind === "makeup";
        if (ops.length === 0 && !always) return null;
        return <Fact key={kind} name={t(`report.kind.${kind}`)} value={ops.length > 0 ? names(ops) : t("report.held")} />;
      })}
      <Fact
        name={t("guest.generated")}
        value={report.generated.length > 0 ? names(report.generated) : t("guest.generatedNothing")}
      />
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: string }): ReactNode {
  return (
    <div className={css.fact}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

type Asked = SharedReport | "asking" | "none";

function useReport(share: string, place: number): Asked {
  const [report, setReport] = useState<Asked>("asking");
  useEffect(() => {
    let wanted = true;
    sharedReport(share, place).then(
      (found) => wanted && setReport(found),
      () => wanted && setReport("none"),
    );
    return () => {
      wanted = false;
    };
  }, [share, place]);
  return report;
}
