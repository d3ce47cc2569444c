/** What a workspace holds, and how much it may. */

import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useHolding } from "@/api/people";
import { fileSize } from "@/kit/i18n/format";
import css from "@/people/People.module.css";

export function Holding({ workspace }: { workspace: string }): ReactNode {
  const { t, i18n } = useTranslation();
  const { data } = useHolding(workspace);
  if (!data) return null;
  const { used, limit, results } = data;
  const size = (bytes: number) => fileSize(bytes, i18n.language);
  const count = (number: number) => new Intl.NumberFormat(i18n.language).format(number);
  const rows = [
    { name: t("holding.files"), used: used.bytes ?? 0, limit: limit.bytes ?? null, say: size },
    { name: t("holding.photos"), used: used.photos ?? 0, limit: limit.photos ?? null, say: count },
    { name: t("holding.projects"), used: used.projects ?? 0, limit: limit.projects ?? null, say: count },
  ];
  return (
    <section className={css.section} aria-labelledby="workspace-holding">
      <h3 id="workspace-holding">{t("holding.title")}</h3>
      <ul className={css.holding}>
        {rows.map((row) => (
          <li key={row.name}>
            <span>{row.name}</span>
            {row.limit === null ? (
              <span />
            ) : (
              <meter aria-label={row.name} min={0} max={Math.max(row.limit, 1)} high={row.limit * 0.9} value={row.used} />
            )}
            <span className={css.note}>
              {row.limit === null
                ? row.say(row.used)
                : t("holding.of", { used: row.say(row.used), limit: row.say(row.limit) })}
            </span>
          </li>
        ))}
      </ul>
      {results > 0 && <p className={css.note}>{t("holding.results", { size: size(results) })}</p>}
    </section>
  );
}
