import { ChevronDown, CircleHelp } from "lucide-react";
import type { TFunction } from "i18next";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue } from "@/api/catalogue";
import type { HeardWord } from "@/api/types";
import { opText } from "@/document/names";
import css from "@/panels/design/Design.module.css";
import type { Round } from "@/panels/design/design-store";

/** Words that nobody understood, and those that no look can do anything about. */
export function NotHeard({ round }: { round: Round }): ReactNode {
  const { t, i18n } = useTranslation();
  const list = new Intl.ListFormat(i18n.language, { type: "conjunction" });
  const quoted = (words: string[]) => list.format(words.map((word) => t("design.quoted", { word })));
  const beyond = inARow(round.heard, "beyond");
  return (
    <>
      {round.unknown.length > 0 && (
        <p className={css.unknown} role="status">
          <CircleHelp size={16} aria-hidden="true" />
          <span>{t("design.unknown", { words: quoted([...round.unknown]) })}</span>
        </p>
      )}
      {beyond.length > 0 && (
        <p className={css.unknown}>
          <CircleHelp size={16} aria-hidden="true" />
          <span>{t("design.beyond", { words: quoted(beyond) })}</span>
        </p>
      )}
    </>
  );
}

/** Words of a kind, those that follow each other as one. */
function inARow(heard: HeardWord[], how: HeardWord["how"]): string[] {
  const found: string[] = [];
  heard.forEach((word, at) => {
    if (word.how !== how) return;
    const before = heard[at - 1]?.how === how ? found.pop() : undefined;
    found.push(before === undefined ? word.text : `${before} ${word.text}`);
  });
  return found;
}

/** What each word did. */
export function Heard({ round, catalogue }: { round: Round; catalogue: Catalogue }): ReactNode {
  const { t, i18n } = useTranslation();
  const id = useId();
  const [open, setOpen] = useState(false);
  if (round.heard.length === 0) return null;
  const list = new Intl.ListFormat(i18n.language, { type: "conjunction" });
  return (
    <section className={css.heard}>
      <p className={css.note}>{t("design.driftHelp")}</p>
      <div className={css.foldHead}>
        <button
          type="button"
          className={css.fold}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <ChevronDown size={14} aria-hidden="true" />
          {t("design.heard")}
        </button>
      </div>
      <dl id={id} className={css.heardWords} hidden={!open}>
        {open &&
          round.heard.map((word, at) => (
            <div key={at} data-how={word.how}>
              <dt>{word.text}</dt>
              <dd>{didText(word, t, catalogue, list)}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

function didText(word: HeardWord, t: TFunction, catalogue: Catalogue, list: Intl.ListFormat): string {
  if (word.how === "unknown") return t("design.did.unknown");
  if (word.how === "beyond") return t("design.did.beyond");
  const names = (ops: string[]) => list.format(ops.map((op) => opText(t, catalogue, op)));
  const said: string[] = [];
  if (word.instead) said.push(t("design.did.instead", { word: word.instead }));
  if (word.removes.length > 0) said.push(t("design.did.without", { names: names(word.removes) }));
  if (word.tools.length > 0) said.push(names(word.tools) + (word.weight === 1 ? "" : ` × ${word.weight.toFixed(1)}`));
  return said.join("; ") || t(word.how === "without" ? "design.did.nothing" : "design.did.beside");
}
