import { type ReactNode, type Ref, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Part } from "@/api/sets";
import { Button } from "@/kit/Button";
import { Radios } from "@/kit/Form";
import { Modal, ModalFooter } from "@/kit/Modal";
import type { Source } from "@/sets/clipboard";
import { type Giving, useGiving } from "@/sets/giving";
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
  const idle = giving.done === null;
  const possible = idle && photos.length > 0 && !nothing;
  const run = () => void giving.run(photos, part);
  if (giving.failed.length > 0) return <NotAll giving={giving} part={part} />;
  if (trying) {
    return (
      <Modal title={t("sets.tryTitle")} wide="pictures" onClose={close}>
        <Trial set={set} source={source} part={part} photos={photos} />
        <HowFar giving={giving} />
        <ModalFooter>
          {idle ? <Button onClick={() => setTrying(false)}>{t("sets.change")}</Button> : <Stop giving={giving} />}
          <Button look="strong" disabled={!possible} onClick={run}>
            {t("sets.applyTo", { count: photos.length })}
          </Button>
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
      <HowFar giving={giving} />
      <ModalFooter>
        {idle ? <Button onClick={close}>{t("common.cancel")}</Button> : <Stop giving={giving} />}
        <Start count={photos.length} possible={possible} first={button} onTry={() => setTrying(true)} onRun={run} />
      </ModalFooter>
    </Modal>
  );
}

function close(): void {
  openSetDialog(null);
}

type StartProps = { count: number; possible: boolean; first: Ref<HTMLButtonElement>; onTry: () => void; onRun: () => void };

/** Gives the settings; to many photos after they were tried on three. */
function Start({ count, possible, first, onTry, onRun }: StartProps): ReactNode {
  const { t } = useTranslation();
  const many = count >= MANY;
  return (
    <>
      <Button ref={many ? null : first} look={many ? "plain" : "strong"} disabled={!possible} onClick={onRun}>
        {t("sets.applyTo", { count })}
      </Button>
      {many && (
        <Button ref={first} look="strong" disabled={!possible} onClick={onTry}>
          {t("sets.try")}
        </Button>
      )}
    </>
  );
}

function HowFar({ giving }: { giving: Giving }): ReactNode {
  const { t } = useTranslation();
  if (giving.done === null) return null;
  return <progress className={css.progress} max={giving.total} value={giving.done} aria-label={t("sets.applying")} />;
}

function Stop({ giving }: { giving: Giving }): ReactNode {
  const { t } = useTranslation();
  return <Button onClick={giving.stop}>{t("sets.stop")}</Button>;
}

/** Photos that have not got it, and why: tried again, or left. */
function NotAll({ giving, part }: { giving: Giving; part: Part }): ReactNode {
  const { t } = useTranslation();
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
