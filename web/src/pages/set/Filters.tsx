import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { useSuggestions } from "@/api/suggestions";
import type { Suggestions } from "@/api/types";
import { Button } from "@/kit/Button";
import { LookButton } from "@/pages/set/Looking";
import css from "@/pages/set/SetPage.module.css";
import { KINDS } from "@/sets/hints";
import { ALL, type Showing, isFiltered, show, showingOf, useShowing } from "@/sets/showing";

type Props = { set: string; shown: number; total: number; looking: boolean };

/** Which photos are seen, and in which order. */
export function Filters({ set, shown, total, looking }: Props): ReactNode {
  const { t } = useTranslation();
  const { data: found } = useSuggestions(set);
  const showing = useShowing((s) => showingOf(s, set));
  const turn = (key: keyof Showing) => (value: string) => {
    show(set, { [key]: key === "stars" ? Number(value) : value });
  };
  return (
    <div className={css.filters} role="group" aria-label={t("sets.filters")}>
      <Choice label={t("sets.flag")} value={showing.flag} onChange={turn("flag")} options={[
        ["all", t("sets.flag_all")],
        ["picked", t("sets.flag_picked")],
        ["none", t("sets.flag_none")],
        ["rejected", t("sets.flag_rejected")],
      ]} />
      <Choice label={t("sets.stars")} value={String(showing.stars)} onChange={turn("stars")} options={[
        ["0", t("sets.stars_any")],
        ...[1, 2, 3, 4, 5].map((stars): [string, string] => [String(stars), `${"★".repeat(stars)}${stars < 5 ? " +" : ""}`]),
      ]} />
      <Choice label={t("sets.state")} value={showing.edited} onChange={turn("edited")} options={[
        ["all", t("sets.state_all")],
        ["edited", t("sets.edited")],
        ["untouched", t("sets.untouched")],
      ]} />
      {found && found.seen > 0 && (
        <Choice label={t("suggest.suggestions")} value={showing.suggested} onChange={turn("suggested")} options={[
          ["all", t("suggest.all")],
          ["any", t("suggest.any", { count: new Set(found.suggestions.map(({ project }) => project)).size })],
          ...KINDS.filter((kind) => kind === showing.suggested || counted(found, kind) > 0).map((kind): [string, string] => [
            kind,
            `${t(`suggest.kind_${kind}`)} (${counted(found, kind)})`,
          ]),
        ]} />
      )}
      {!looking && <LookButton set={set} />}
      <span className={css.gap} />
      {isFiltered(showing) && (
        <span className={css.shown} aria-live="polite">
          {t("sets.shown", { shown, total })}
          <Button look="quiet" onClick={() => show(set, { ...ALL, sort: showing.sort })}>
            {t("sets.showAll")}
          </Button>
        </span>
      )}
      <Choice label={t("sets.sort")} value={showing.sort} onChange={turn("sort")} options={[
        ["set", t("sets.sort_set")],
        ["name", t("sets.sort_name")],
        ["time", t("sets.sort_time")],
      ]} />
    </div>
  );
}

function counted({ suggestions }: Suggestions, kind: string): number {
  return suggestions.filter((each) => each.kind === kind).length;
}

type ChoiceProps = {
  label: string;
  value: string;
  options: [string, string][];
  onChange: (value: string) => void;
};

function Choice({ label, value, options, onChange }: ChoiceProps): ReactNode {
  const id = useId();
  return (
    <span className={css.choice}>
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <select id={id} value={value} data-away={value !== options[0]?.[0]} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(([name, text]) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
    </span>
  );
}
