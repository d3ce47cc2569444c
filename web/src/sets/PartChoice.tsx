import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCatalogue } from "@/api/queries";
import { current } from "@/document/history";
import { opText, panelText } from "@/document/names";
import { useDocument } from "@/document/store";
import { Field } from "@/kit/Form";
import type { Source } from "@/sets/clipboard";
import { lastOf, panelsIn, valuesIn } from "@/sets/parts";
import css from "@/sets/Sets.module.css";

export type Choice = ReturnType<typeof useChoice>;

/** What of a photo's settings may go along, and what of it is chosen. */
export function useChoice(source: Source) {
  const { data: catalogue } = useCatalogue();
  const open = useDocument((s) => s.projectId);
  const label = useDocument((s) => current(s.history).label);
  const all = catalogue ? panelsIn(source.recipe, catalogue.tools) : [];
  const values = catalogue ? valuesIn(source.recipe, catalogue) : [];
  const last = open === source.project ? lastOf(values, label) : undefined;
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [named, setSetting] = useState<string | null>(null);
  const turn = (panel: string) => {
    const next = new Set(left);
    if (!next.delete(panel)) next.add(panel);
    setLeft(next);
  };
  return {
    catalogue,
    all,
    panels: all.filter((panel) => !left.has(panel)),
    turn,
    values,
    setting: named ?? (last ?? values[0])?.setting ?? "",
    setSetting,
  };
}

export function PanelChoice({ choice }: { choice: Choice }): ReactNode {
  const { t } = useTranslation();
  if (choice.all.length === 0) return <p className={css.note}>{t("sets.nothingSet")}</p>;
  return (
    <fieldset className={css.panels}>
      <legend className="visually-hidden">{t("sets.whatPanels")}</legend>
      {choice.all.map((panel) => (
        <label key={panel}>
          <input type="checkbox" checked={choice.panels.includes(panel)} onChange={() => choice.turn(panel)} />
          {panelText(t, choice.catalogue, panel)}
        </label>
      ))}
    </fieldset>
  );
}

export function SettingChoice({ choice }: { choice: Choice }): ReactNode {
  const { t } = useTranslation();
  if (choice.values.length === 0) return <p className={css.note}>{t("sets.nothingSet")}</p>;
  return (
    <Field label={t("sets.slider")}>
      {(id) => (
        <select
          id={id}
          className={css.select}
          value={choice.setting}
          onChange={(event) => choice.setSetting(event.currentTarget.value)}
        >
          {choice.values.map(({ setting, tool, control, area }) => (
            <option key={setting} value={setting}>
              {opText(t, choice.catalogue, tool.op, control.field)}
              {area !== "face" && !tool.whole ? ` · ${t(`area.${area}`)}` : ""}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
