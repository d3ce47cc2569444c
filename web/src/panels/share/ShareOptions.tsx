import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Terms } from "@/api/types";
import dialogs from "@/kit/Dialogs.module.css";
import { Field, SwitchLine } from "@/kit/Form";
import css from "@/panels/share/Share.module.css";
import { CARRIED, DAYS, type Draft, SIZES } from "@/panels/share/share-terms";

type ShareOptionsProps = {
  draft: Draft;
  onDraft: (draft: Draft) => void;
  onTerms: (terms: Partial<Terms>) => void;
};

/** What most links leave as it is. */
export function ShareOptions({ draft, onDraft, onTerms }: ShareOptionsProps): ReactNode {
  const { t } = useTranslation();
  const hint = useId();
  const { terms } = draft;
  return (
    <details className={css.fold}>
      <summary className={css.summary}>{t("share.options")}</summary>
      <div className={css.options}>
        <Choice
          label={t("share.good")}
          value={String(draft.days)}
          options={DAYS.map((days) => ({
            value: String(days),
            text: days === null ? t("share.lasting") : t("share.days", { count: days }),
          }))}
          onChange={(value) => onDraft({ ...draft, days: value === "null" ? null : Number(value) })}
        />
        <Field label={t("share.password")}>
          {(id) => (
            <>
              <input
                id={id}
                className={dialogs.text}
                type="text"
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                minLength={6}
                maxLength={256}
                aria-describedby={hint}
                value={draft.password}
                onChange={(event) => onDraft({ ...draft, password: event.currentTarget.value })}
              />
              <p id={hint} className={css.hint}>
                {t("share.passwordHelp")}
              </p>
            </>
          )}
        </Field>
        <Choice
          label={t("share.longest")}
          value={String(terms.longest)}
          options={SIZES.map((size) => ({ value: String(size), text: t("share.pixels", { count: size }) }))}
          onChange={(value) => onTerms({ longest: SIZES.find((size) => String(size) === value) ?? 2048 })}
        />
        <Field label={t("share.watermark")}>
          {(id) => (
            <input
              id={id}
              className={dialogs.text}
              maxLength={60}
              value={terms.watermark}
              onChange={(event) => onTerms({ watermark: event.currentTarget.value })}
            />
          )}
        </Field>
      </div>
      <SwitchLine text={t("share.compare")} on={terms.compare} onChange={(compare) => onTerms({ compare })} />
      <SwitchLine text={t("share.report")} on={terms.report} onChange={(report) => onTerms({ report })} />
      <SwitchLine text={t("share.comments")} on={terms.comments} onChange={(comments) => onTerms({ comments })} />
      <SwitchLine text={t("share.download")} on={terms.download} onChange={(download) => onTerms({ download })} />
      {terms.download && (
        <Choice
          label={t("share.metadata")}
          value={terms.metadata}
          options={CARRIED.map((value) => ({ value, text: t(`share.carried.${value}`) }))}
          onChange={(value) => onTerms({ metadata: CARRIED.find((each) => each === value) ?? "nothing" })}
        />
      )}
    </details>
  );
}

type ChoiceProps = {
  label: string;
  value: string;
  options: { value: string; text: string }[];
  onChange: (value: string) => void;
};

function Choice({ label, value, options, onChange }: ChoiceProps): ReactNode {
  return (
    <Field label={label}>
      {(id) => (
        <select
          id={id}
          className={dialogs.text}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
