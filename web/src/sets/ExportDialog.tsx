import i18next from "i18next";
import { Download as Arrow } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { saidOf } from "@/api/client";
import { useCatalogue } from "@/api/queries";
import type { ExportSettings, FileFormat, SetExport } from "@/api/types";
import { Button } from "@/kit/Button";
import { Field, Segments } from "@/kit/Form";
import { Modal, ModalFooter } from "@/kit/Modal";
import { NumberField } from "@/kit/NumberField";
import { notify } from "@/kit/notices";
import { choose, useDownload } from "@/panels/download";
import { PresetChoices } from "@/panels/DownloadPresets";
import { type SetChoices, chooseSetExport, formatChosen, setSettings, useSetExport } from "@/sets/export-choices";
import { exportPhotos } from "@/sets/exporting";
import { openSetDialog, type Target } from "@/sets/set-dialogs";
import css from "@/sets/Sets.module.css";
import { TargetRadios, useTargets } from "@/sets/Targets";

/** Many photos as one ZIP, in any format or for any of the places that pictures go to. */
export function ExportDialog({ set, target: first }: { set: string; target: Target }): ReactNode {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const { data: catalogue } = useCatalogue();
  const [target, setTarget] = useState(first);
  const targets = useTargets(set);
  const file = useSetExport();
  const places = useDownload();
  if (!catalogue) return null;
  const photos = targets[target];
  const settings: ExportSettings =
    places.what === "presets"
      ? { presets: places.presets, disclose: places.disclose, sidecar: places.sidecar }
      : { ...setSettings(file, catalogue.formats), sidecar: places.sidecar };
  const possible = photos.length > 0 && !(places.what === "presets" && places.presets.length === 0);
  const begin = () => {
    openSetDialog(null);
    exportPhotos(set, photos, settings, tellEnd).catch((error: unknown) => {
      notify({ kind: "bad", text: saidOf(error, t("download.failed")) });
    });
  };
  return (
    <Modal title={t("sets.exportTitle")} first={button} onClose={() => openSetDialog(null)}>
      <TargetRadios targets={targets} value={target} onChange={setTarget} />
      <Segments
        label={t("download.what")}
        value={places.what === "presets" ? "presets" : "file"}
        options={[
          { value: "file", text: t("sets.oneFile") },
          { value: "presets", text: t("download.whatPresets") },
        ]}
        onChange={(what) => choose({ what })}
      />
      {places.what === "presets" ? (
        <PresetChoices choices={places} presets={catalogue.exports} signer={null} />
      ) : (
        <FileForm choices={file} formats={catalogue.formats} />
      )}
      <ModalFooter>
        <Button onClick={() => openSetDialog(null)}>{t("common.cancel")}</Button>
        <Button ref={button} look="strong" disabled={!possible} onClick={begin}>
          <Arrow size={16} aria-hidden="true" />
          {t("sets.exportCount", { count: photos.length })}
        </Button>
      </ModalFooter>
    </Modal>
  );
}

/** Says how it ended, on whichever page somebody is then. */
function tellEnd(ended: SetExport | null): void {
  const { t } = i18next;
  if (ended === null) {
    notify({ kind: "bad", text: t("sets.exportLost"), travels: true });
    return;
  }
  const count = ended.done - ended.failed.length;
  const stopped = ended.state === "stopped";
  const text = t(stopped ? "sets.exportStopped" : "sets.exportDone", { count });
  const names = ended.failed.map(({ name }) => name).join(", ");
  const whole = stopped || names === "";
  notify({ kind: whole ? "plain" : "lasting", text: whole ? text : `${text} ${t("sets.exportNot", { names })}`, travels: true });
}

const EDGE = 2048;

function FileForm({ choices, formats }: { choices: SetChoices; formats: FileFormat[] }): ReactNode {
  const { t } = useTranslation();
  const format = formatChosen(choices, formats);
  return (
    <>
      <Field label={t("download.format")}>
        {(id) => (
          <select
            id={id}
            className={css.select}
            value={format?.name ?? ""}
            onChange={(event) => chooseSetExport({ format: event.currentTarget.value, quality: null })}
          >
            <option value="">{t("sets.asOriginals")}</option>
            {formats.map(({ name, label }) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      {format && format.quality !== null && (
        <Numeric
          label={t("download.quality")}
          value={choices.quality ?? format.quality}
          max={100}
          onTake={(quality) => chooseSetExport({ quality })}
        />
      )}
      <Segments
        label={t("download.dimensions")}
        value={choices.edge === null ? "original" : "pixels"}
        options={[
          { value: "original", text: t("download.sizeOriginal") },
          { value: "pixels", text: t("sets.longest") },
        ]}
        onChange={(size) => chooseSetExport({ edge: size === "original" ? null : EDGE })}
      />
      {choices.edge !== null && (
        <Numeric label={t("sets.longest")} value={choices.edge} max={16000} onTake={(edge) => chooseSetExport({ edge })} />
      )}
      <Segments
        label={t("download.metadata")}
        value={choices.metadata}
        options={(["keep", "gps", "all"] as const).map((value) => ({ value, text: t(`download.metadata_${value}`) }))}
        onChange={(metadata) => chooseSetExport({ metadata })}
      />
    </>
  );
}

type NumericProps = { label: string; value: number; max: number; onTake: (value: number) => void };

function Numeric({ label, value, max, onTake }: NumericProps): ReactNode {
  const [shown, setShown] = useState(value);
  return (
    <div className={css.numeric}>
      <span aria-hidden="true">{label}</span>
      <NumberField
        label={label}
        value={shown}
        min={1}
        max={max}
        step={1}
        onPreview={setShown}
        onCommit={(next) => {
          setShown(next);
          onTake(next);
        }}
        onDrop={() => setShown(value)}
      />
    </div>
  );
}
