import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Poster, PosterTemplate } from "@/api/types";
import { Field as Labelled } from "@/kit/Form";
import { type Field, type Word, fieldsOf, pairsOf, typedPairs } from "@/tools/poster/poster";
import css from "@/tools/poster/Poster.module.css";
import { patchPoster, usePoster } from "@/tools/poster/store";

/** What may take more than a line. */
const LONG: readonly Field[] = ["headline", "subline", "body"];
const MOST = 2000;

type Props = { poster: Poster; template: PosterTemplate | undefined };

/** The words of the poster: what the template has a place for. */
export function WordsForm({ poster, template }: Props): ReactNode {
  const { t } = useTranslation();
  return (
    <section className={css.section} aria-labelledby="poster-words">
      <h3 id="poster-words" className={css.heading}>
        {t("poster.words")}
      </h3>
      <p className={css.hint}>{t("poster.wordsHelp")}</p>
      {fieldsOf(template, poster.content).map((field) => (
        <WordsField key={field} field={field} poster={poster} />
      ))}
    </section>
  );
}

export function WordsField({ field, poster }: { field: Field; poster: Poster }): ReactNode {
  const { t } = useTranslation();
  return (
    <div data-poster-field={field} className={css.field}>
      <Labelled label={t(`poster.fields.${field}`)}>
        {(id) => (field === "items" ? <Items id={id} poster={poster} /> : <Words id={id} field={field} poster={poster} />)}
      </Labelled>
    </div>
  );
}

function Words({ id, field, poster }: { id: string; field: Word; poster: Poster }): ReactNode {
  const { t } = useTranslation();
  const common = {
    id,
    className: css.input,
    value: poster.content[field],
    maxLength: MOST,
    placeholder: field === "link" ? "https://" : t("poster.leftOut"),
    autoComplete: "off",
    onFocus: () => usePoster.setState({ focus: field }),
    onBlur: () => usePoster.setState({ focus: null }),
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      patchPoster({ content: { ...poster.content, [field]: event.currentTarget.value } }, `words ${field}`),
  };
  if (!LONG.includes(field)) return <input type="text" dir="auto" {...common} />;
  return <textarea rows={1} dir="auto" {...common} />;
}

function Items({ id, poster }: { id: string; poster: Poster }): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <>
      <textarea
        id={id}
        rows={4}
        dir="auto"
        className={css.input}
        aria-describedby={`${id}-help`}
        value={typed ?? typedPairs(poster.content.items)}
        onFocus={() => usePoster.setState({ focus: "items" })}
        onBlur={() => {
          setTyped(null);
          usePoster.setState({ focus: null });
        }}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          patchPoster({ content: { ...poster.content, items: pairsOf(event.currentTarget.value) } }, "words items");
        }}
      />
      <p id={`${id}-help`} className={css.hint}>
        {t("poster.itemsHelp")}
      </p>
    </>
  );
}
