import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue } from "@/api/catalogue";
import { leftBehind } from "@/document/history";
import { labelText } from "@/document/labels";
import { jumpTo, useDocument } from "@/document/store";
import { classes } from "@/kit/Button";
import { clockTime } from "@/kit/i18n/format";
import { notify } from "@/kit/notices";
import css from "@/panels/Panel.module.css";

type Props = { catalogue: Catalogue | undefined; children?: ReactNode };

/** Every step by name, the newest first; a click goes there. What concerns all of them stands above. */
export function HistoryPanel({ catalogue, children }: Props): ReactNode {
  const { t, i18n } = useTranslation();
  const { entries, cursor } = useDocument((s) => s.history);
  const here = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Some browsers return a promise here, which is no clean-up function.
    here.current?.scrollIntoView({ block: "nearest" });
  }, [cursor]);
  const now = Date.now();
  const goTo = (id: string) => {
    const others = leftBehind(useDocument.getState().history, id) ?? [];
    jumpTo(id);
    const names = [...new Set(others)].join(", ");
    if (others.length > 0) notify({ kind: "plain", text: t("history.alsoBack", { count: others.length, names }) });
  };
  return (
    <div className={css.panel}>
      <header className={css.header}>
        <h2 className={css.title}>{t("history.title")}</h2>
      </header>
      {children}
      <ol className={classes(css.body, css.steps, "scrolls")} reversed>
        {entries
          .map((entry, index) => (
            <li key={entry.id}>
              <button
                ref={index === cursor ? here : null}
                type="button"
                className={css.step}
                aria-current={index === cursor ? "step" : undefined}
                data-undone={index > cursor ? "" : undefined}
                onClick={() => goTo(entry.id)}
              >
                <span className={css.stepName}>{labelText(entry.label, t, catalogue)}</span>
                {entry.by !== undefined && <span className={css.stepTime}>{entry.by}</span>}
                {entry.time > 0 && (
                  <time className={css.stepTime}>{clockTime(entry.time, now, i18n.language)}</time>
                )}
              </button>
            </li>
          ))
          .reverse()}
      </ol>
      {entries.length === 1 && <p className={css.empty}>{t("history.empty")}</p>}
    </div>
  );
}
