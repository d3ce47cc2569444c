import { Copy, Download as Arrow, LoaderCircle } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { saidOf } from "@/api/client";
import { exportFile, exportProgress, exportSize, useCatalogue, useExportOffer } from "@/api/queries";
import type { ExportSettings, Project } from "@/api/types";
import { finishedSize } from "@/document/cropping";
import { useHandover } from "@/document/handover";
import { isClear } from "@/document/recipe";
import { keptRecipe, shownRecipe, useDocument } from "@/document/store";
import { deliveredSize, isUpscaled } from "@/document/upscaling";
import { Button } from "@/kit/Button";
import dialog from "@/kit/Dialogs.module.css";
import { Segments } from "@/kit/Form";
import { fileSize } from "@/kit/i18n/format";
import { Modal } from "@/kit/Modal";
import { notify } from "@/kit/notices";
import { saveBlob } from "@/kit/save-blob";
import css from "@/panels/Download.module.css";
import { FileChoices, NameField } from "@/panels/DownloadFile";
import { PresetChoices } from "@/panels/DownloadPresets";
import { ShareFile } from "@/panels/publish/ShareFile";
import { PublishForm } from "@/panels/publish/PublishForm";
import { startCopy } from "@/panels/copy";
import { type Known, choose, cleanName, enlarges, formatOf, settingsOf, useDownload } from "@/panels/download";
import { openDialog } from "@/panels/workbench";

const SIZE_MS = 350;
const PROGRESS_MS = 700;

export function DownloadDialog({ project }: { project: Project }): ReactNode {
  const { t } = useTranslation();
  const { data: catalogue } = useCatalogue();
  const { data: offer } = useExportOffer(project.id);
  const recipe = useDocument(keptRecipe);
  const faces = useDocument((s) => s.faces);
  const clear = useDocument((s) => isClear(shownRecipe(s)));
  const button = useRef<HTMLButtonElement>(null);
  const own = deliveredSize(recipe, finishedSize(recipe, project, faces));
  const known = catalogue && offer && { offer, formats: catalogue.formats, own, clear };
  return (
    <Modal title={t("download.title")} first={button} onClose={() => openDialog(null)}>
      {known ? (
        <Delivery project={project} known={known} exports={catalogue.exports} button={button} />
      ) : (
        <p className={dialog.working} role="status">
          <LoaderCircle size={16} className={dialog.turning} aria-hidden="true" />
          {t("download.opening")}
        </p>
      )}
    </Modal>
  );
}

type DownloadProps = {
  project: Project;
  known: Known;
  exports: Parameters<typeof PresetChoices>[0]["presets"];
  button: React.RefObject<HTMLButtonElement | null>;
};

/** A file, files for several places, or a post: whoever may only look downloads. */
function Delivery(props: DownloadProps): ReactNode {
  const { t } = useTranslation();
  const { what } = useDownload();
  const handover = useHandover();
  const posts = props.project.role !== "viewer" && handover === null;
  const shown = what === "post" && !posts ? "file" : what;
  const options = [
    { value: "file", text: t("download.whatFile") },
    { value: "presets", text: t("download.whatPresets") },
    { value: "post", text: t("publish.what") },
  ] as const;
  return (
    <>
      <Segments
        label={t("download.what")}
        value={shown}
        options={posts ? options : options.slice(0, 2)}
        onChange={(chosen) => choose({ what: chosen })}
      />
      {shown === "post" ? <PublishForm project={props.project} exports={props.exports} /> : <Download {...props} />}
    </>
  );
}

function Download({ project, known, exports, button }: DownloadProps): ReactNode {
  const { t } = useTranslation();
  const choices = useDownload();
  const stem = `${project.name.replace(/\.[^.]*$/, "")}-freckle`;
  const [name, setName] = useState<string | null>(null);
  const called = cleanName(name ?? stem) || "portrait";
  const settings = settingsOf(choices, known, called);
  const ending = endingOf(known, settings, choices.what === "presets");
  const { working, made, download } = useDownloading(project, settings, `${called}${ending}`);
  const saved = useDocument((s) => s.save.kind === "saved");
  const upscaled = useDocument((s) => isUpscaled(shownRecipe(s)));
  const slow = upscaled || enlarges(choices, known.own);
  const possible = saved && !working && !(choices.what === "presets" && choices.presets.length === 0);
  useEffect(() => button.current?.focus(), [button]);
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (possible) void download();
      }}
    >
      {choices.what === "presets" ? (
        <PresetChoices choices={choices} presets={exports} signer={known.offer.signer} />
      ) : (
        <FileChoices choices={choices} known={known} />
      )}
      <NameField name={name ?? stem} ending={ending} onChange={setName} />
      <footer className={css.footer}>
        {working ? (
          <Progress share={made} />
        ) : (
          <Estimate project={project} settings={settings} wanted={possible && !slow} slow={slow} />
        )}
        <div className={css.buttons}>
          <Button className={css.copy} onClick={startCopy}>
            <Copy size={15} aria-hidden="true" />
            {t("bar.copy")}
          </Button>
          <ShareFile project={project} settings={settings} name={`${called}${ending}`} possible={possible} />
          <Button onClick={() => openDialog(null)}>{t("common.cancel")}</Button>
          <Button ref={button} look="strong" type="submit" disabled={!possible}>
            {working ? (
              <LoaderCircle size={16} className={dialog.turning} aria-hidden="true" />
            ) : (
              <Arrow size={16} aria-hidden="true" />
            )}
            {t(working ? "download.working" : "bar.download")}
          </Button>
        </div>
        {!saved && <p className={dialog.note}>{t("download.unsaved")}</p>}
      </footer>
    </form>
  );
}

/** The download itself; leaving the dialog gives it up. */
function useDownloading(project: Project, settings: ExportSettings, fallback: string) {
  const { t } = useTranslation();
  const [working, setWorking] = useState(false);
  const [made, setMade] = useState(0);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const download = async () => {
    setWorking(true);
    setMade(0);
    abort.current = new AbortController();
    const { signal } = abort.current;
    const asking = setInterval(() => {
      exportProgress(project.id, settings, signal).then((share) => setMade((before) => Math.max(before, share)), () => undefined);
    }, PROGRESS_MS);
    try {
      const made = await exportFile(project.id, settings, signal);
      saveBlob(made.blob, made.name ?? fallback);
      openDialog(null);
    } catch (error) {
      if (signal.aborted) return;
      notify({ kind: "bad", text: saidOf(error, t("download.failed")) });
      setWorking(false);
    } finally {
      clearInterval(asking);
    }
  };
  return { working, made, download };
}

/** How the file's name ends; several files come in an archive. */
function endingOf(known: Known, settings: ExportSettings, presets: boolean): string {
  if (settings.sidecar || (settings.presets?.length ?? 0) > 1) return ".zip";
  const format = presets ? (known.clear ? "png" : "jpeg") : settings.format;
  return `.${{ jpeg: "jpg", tiff: "tif" }[format as string] ?? format ?? formatOf(useDownload.getState(), known)?.name}`;
}

/** How much of the file is made; what cannot be told moves by itself. */
function Progress({ share }: { share: number }): ReactNode {
  const { t } = useTranslation();
  return (
    <p className={css.size}>
      <progress className={css.progress} max={1} value={share > 0 ? share : undefined} aria-label={t("download.working")} />
      <span>{share > 0 && t("download.made", { percent: Math.round(share * 100) })}</span>
    </p>
  );
}

type EstimateProps = { project: Project; settings: ExportSettings; wanted: boolean; slow: boolean };

/** The real size of the file, found by the server writing it. */
function Estimate({ project, settings, wanted, slow }: EstimateProps): ReactNode {
  const { t, i18n } = useTranslation();
  const size = useSize(project, settings, wanted);
  return (
    <p className={css.size} aria-live="polite">
      <span>{t("download.size")}</span>
      <strong className={slow ? css.later : undefined}>
        {slow ? t("download.sizeLater") : size === null ? "…" : fileSize(size, i18n.language)}
      </strong>
    </p>
  );
}

function useSize(project: Project, settings: ExportSettings, wanted: boolean): number | null {
  const [size, setSize] = useState<number | null>(null);
  const key = JSON.stringify(settings);
  useEffect(() => {
    setSize(null);
    if (!wanted) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      exportSize(project.id, JSON.parse(key) as ExportSettings, abort.signal).then(setSize, () => undefined);
    }, SIZE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key, project.id, wanted]);
  return size;
}
