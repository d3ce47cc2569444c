import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Segments } from "@/kit/Form";
import lexicon from "@/panels/design/chips.json";
import css from "@/panels/design/Design.module.css";
import { has, toggleWords, useDesign } from "@/panels/design/design-store";
import panelCss from "@/panels/Panel.module.css";

const GROUPS = ["light", "mood", "makeup", "complexion"] as const;

/** Words of the lexicon in each of its languages. */
type Said = Record<"en" | "es" | "zh" | "de" | "fr", string>;

function useSaid(): (words: Said) => string {
  const { i18n } = useTranslation();
  const base = i18n.language.split("-")[0] ?? "en";
  return (words) => (base in words ? words[base as keyof Said] : words.en);
}

/** Words that the prompt takes at a click, and gives back at the next. */
export function Chips(): ReactNode {
  const { t } = useTranslation();
  const said = useSaid();
  const prompt = useDesign((s) => s.prompt);
  const [group, setGroup] = useState<(typeof GROUPS)[number]>("light");
  const options = GROUPS.map((value) => ({ value, text: t(`design.group.${value}`) }));
  return (
    <div className={css.chips}>
      <Segments hidden label={t("design.words")} value={group} options={options} onChange={setGroup} />
      <div className={css.chipRow} role="group" aria-label={t(`design.group.${group}`)}>
        {lexicon.groups[group].map(said).map((words) => (
          <button
            key={words}
            type="button"
            className={panelCss.chip}
            aria-pressed={has(prompt, words)}
            onClick={() => toggleWords(words)}
          >
            {words}
          </button>
        ))}
      </div>
    </div>
  );
}

/** Whole prompts to begin with. */
export function Examples(): ReactNode {
  const { t } = useTranslation();
  const said = useSaid();
  return (
    <section className={css.examples}>
      <p className={css.legend}>{t("design.examples")}</p>
      {lexicon.examples.map(said).map((words) => (
        <button
          key={words}
          type="button"
          className={css.example}
          onClick={() => useDesign.setState({ prompt: words })}
        >
          {words}
        </button>
      ))}
      <p className={css.note}>{t("design.help")}</p>
    </section>
  );
}
