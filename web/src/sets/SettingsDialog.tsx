import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { saidOf } from "@/api/client";
import { useCatalogue } from "@/api/queries";
import { opText, panelText } from "@/document/names";
import { current } from "@/document/history";
import { useDocument } from "@/document/store";
import { Button } from "@/kit/Button";
import { Field, Radios } from "@/kit/Form";
import { Modal, ModalFooter } from "@/kit/Modal";
import { notify } from "@/kit/notices";
import { type Source, give, outcome } from "@/sets/clipboard";
import { lastOf, panelsIn, partOf, valuesIn, type What } from "@/sets/parts";
import { openSetDialog, type Target } from "@/sets/set-dialogs";
import css from "@/sets/Sets.module.css";
import { TargetRadios, useTargets } from "@/sets/Targets";

type Props = { set: string; source: Source; target: Target };

/** Settings of one photo for others: which of them, and for which photos. */
export function SettingsDialog({ set, source, target: first }: Props): ReactNode {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const [what, setWhat] = useState<What>("all");
  const [target, setTarget] = useState(first);
  const targets = useTargets(set, source.project);
  const choice = useChoice(source);
  const [done, setDone] = useState<number | null>(null);
  const photos = targets[target];
  const part = partOf(what, choice.panels, choice.setting);
  const nothing = what === "panels" ? choice.panels.length === 0 : what === "setting" && choice.setting === "";
  const apply = async () => {
    setDone(0);
    try {
      const came = await give(set, photos, source, part, setDone);
      notify({ kind: came.failed.length > 0 ? "lasting" : "plain", text: outcome(came) });
      openSetDialog(null);
    } catch (error) {
      notify({ kind: "bad", text: saidOf(error, t("sets.applyFailed")) });
      setDone(null);
    }
  };
  return (
    <Modal title={t("sets.applyTitle", { name: source.name })} first={button} onClose={() => openSetDialog(null)}>
      <Radios
        label={t("sets.what")}
        value={what}
        options={[
          { value: "all", text: t("sets.whatAll"), note: t("sets.whatAllHelp") },
          { value: "panels", text: t("sets.whatPanels") },
          { value: "setting", text: t("sets.whatSetting") },
        ]}
        onChange={setWhat}
      />
      {what === "panels" && <PanelChoice choice={choice} />}
      {what === "setting" && <SettingChoice choice={choice} />}
      <TargetRadios targets={targets} value={target} onChange={setTarget} />
      {done !== null && (
        <progress className={css.progress} max={photos.length} value={done} aria-label={t("sets.applying")} />
      )}
      <ModalFooter>
        <Button onClick={() => openSetDialog(null)}>{t("common.cancel")}</Button>
        <Button
          ref={button}
          look="strong"
          disabled={done !== null || photos.length === 0 || nothing}
          onClick={() => void apply()}
        >
          {t("sets.applyTo", { count: photos.length })}
        </Button>
      </ModalFooter>
    </Modal>
  );
}

type Choice = ReturnType<typeof useChoice>;

function useChoice(source: Source) {
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

function PanelChoice({ choice }: { choice: Choice }): ReactNode {
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

function SettingChoice({ choice }: { choice: Choice }): ReactNode {
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
