import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/kit/Button";
import { Radios } from "@/kit/Form";
import { Modal, ModalFooter } from "@/kit/Modal";
import type { Source } from "@/sets/clipboard";
import { useGiving } from "@/sets/giving";
import { PanelChoice, SettingChoice, useChoice } from "@/sets/PartChoice";
import { partOf, type What } from "@/sets/parts";
import { openSetDialog, type Target } from "@/sets/set-dialogs";
import css from "@/sets/Sets.module.css";
import { TargetRadios, useTargets } from "@/sets/Targets";
import { Trial } from "@/sets/Trial";

/** With so many photos a look is better tried on some of them first. */
const MANY = 4;

type Props = { set: string; source: Source; target: Target };

/** Settings of one photo for others: which of them, for which photos; tried on three, then given. */
export function SettingsDialog({ set, source, target: first }: Props): ReactNode {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const [what, setWhat] = useState<What>("all");
  const [target, setTarget] = useState(first);
  const [trying, setTrying] = useState(false);
  const targets = useTargets(set, source.project);
  const choice = useChoice(source);
  const giving = useGiving(set, source);
  const photos = targets[target];
  const part = partOf(what, choice.panels, choice.setting);
  const nothing = what === "panels" ? choice.panels.length === 0 : what === "setting" && choice.setting === "";
  const possible = giving.done === null && photos.length > 0 && !nothing;
  const many = photos.length >= MANY;
  const close = () => openSetDialog(null);
  if (giving.failed.length > 0) {
    return (
      <Modal title={t("sets.applyNotTitle")} onClose={giving.skip}>
        <ul className={css.said}>
          {giving.failed.map(({ project, name, message }) => (
            <li key={project}>{t("sets.applyFailedOf", { name, message })}</li>
          ))}
        </ul>
        <ModalFooter>
          <Button onClick={giving.skip}>{t("sets.skip")}</Button>
          <Button look="strong" onClick={() => void giving.run(giving.failed.map(({ project }) => project), part)}>
            {t("sets.again")}
          </Button>
        </ModalFooter>
      </Modal>
    );
  }
  const apply = (
    <Button
      ref={many && !trying ? null : button}
      look={many && !trying ? "plain" : "strong"}
      disabled={!possible}
      onClick={() => void giving.run(photos, part)}
    >
      {t("sets.applyTo", { count: photos.length })}
    </Button>
  );
  const running = giving.done !== null && (
    <progress className={css.progress} max={giving.total} value={giving.done} aria-label={t("sets.applying")} />
  );
  const stop = <Button onClick={giving.done === null ? close : giving.stop}>{t(giving.done === null ? "common.cancel" : "sets.stop")}</Button>;
  if (trying) {
    return (
      <Modal title={t("sets.tryTitle")} wide="pictures" onClose={close}>
        <Trial set={set} source={source} part={part} photos={photos} />
        {running}
        <ModalFooter>
          {giving.done === null ? <Button onClick={() => setTrying(false)}>{t("sets.change")}</Button> : stop}
          {apply}
        </ModalFooter>
      </Modal>
    );
  }
  return (
    <Modal title={t("sets.applyTitle", { name: source.name })} first={button} onClose={close}>
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
      {running}
      <ModalFooter>
        {stop}
        {apply}
        {many && (
          <Button ref={button} look="strong" disabled={!possible} onClick={() => setTrying(true)}>
            {t("sets.try")}
          </Button>
        )}
      </ModalFooter>
    </Modal>
  );
}
