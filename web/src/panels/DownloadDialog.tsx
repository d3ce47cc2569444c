import { Download as Arrow, LoaderCircle } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { exportFile, exportSize, useCatalogue } from "@/api/queries";
import type { ExportSettings, FileFormat, Project } from "@/api/types";
import type { Size } from "@/document/affine";
import { finishedSize } from "@/document/cropping";
import { isClear } from "@/document/recipe";
import { keptRecipe, shownRecipe, useDocument } from "@/document/store";
import { Button } from "@/kit/Button";
import css from "@/kit/Dialogs.module.css";
import { Field, Radios, Segments, SwitchLine } from "@/kit/Form";
import { fileSize } from "@/kit/i18n/format";
import { Modal, ModalFooter } from "@/kit/Modal";
import { notify } from "@/kit/notices";
import { NumberField } from "@/kit/NumberField";
import { saveBlob } from "@/kit/save-blob";
import { Track } from "@/kit/Slider";
import { openDialog } from "@/panels/workbench";

type Metadata = "keep" | "gps" | "all";
type Choices = {
  format: FileFormat;
  quality: number;
  metadata: Metadata;
  sidecar: boolean;
  /** Long edge in pixels, or null for the photo's own size. */
  edge: number | null;
};

/** Where the slider stands for a format that has none. */
const WHOLE = 100;
const SIZE_MS = 350;
const SMALLEST = 16;

function settingsOf(choices: Choices, own: Size): ExportSettings {
  const { format, quality, metadata, sidecar, edge } = choices;
  const size = edge === null ? {} : sized(own, edge);
  return {
    format: format.name,
    ...(format.quality === null ? {} : { quality }),
    strip_gps: metadata === "gps",
    strip_metadata: metadata === "all",
    sidecar,
    ...size,
  };
}

function sized(own: Size, edge: number): Size {
  const scale = edge / Math.max(own.width, own.height);
  return {
    width: Math.max(1, Math.round(own.width * scale)),
    height: Math.max(1, Math.round(own.height * scale)),
  };
}

/** The choice of a format; each has its own scale of quality. */
function of(format: FileFormat): Pick<Choices, "format" | "quality"> {
  return { format, quality: format.quality ?? WHOLE };
}

export function DownloadDialog({ project }: { project: Project }): ReactNode {
  const { data: catalogue } = useCatalogue();
  const [first] = catalogue?.formats ?? [];
  return catalogue && first ? <Download project={project} formats={catalogue.formats} first={first} /> : null;
}

type DownloadProps = { project: Project; formats: FileFormat[]; first: FileFormat };

function Download({ project, formats, first }: DownloadProps): ReactNode {
  const { t, i18n } = useTranslation();
  const clear = useDocument((s) => isClear(shownRecipe(s)));
  const offered = clear ? formats.filter(({ name }) => name !== "jpeg") : formats;
  const [choices, setChoices] = useState<Choices>({
    ...of(offered.find(({ name }) => clear && name === "png") ?? first),
    metadata: "keep",
    sidecar: false,
    edge: null,
  });
  const [working, setWorking] = useState(false);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const saved = useDocument((s) => s.save.kind === "saved");
  const own = useOwnSize(project);
  const settings = settingsOf(choices, own);
  const size = useSize(project, settings, saved);
  const change = (part: Partial<Choices>) => setChoices({ ...choices, ...part });

  const download = async () => {
    setWorking(true);
    abort.current = new AbortController();
    try {
      const made = await exportFile(project.id, settings, abort.current.signal);
      saveBlob(made.blob, made.name ?? `${project.name}.${choices.format.name}`);
      openDialog(null);
    } catch (error) {
      if (abort.current.signal.aborted) return;
      const text = error instanceof ApiError ? `${error.problem.message} ${error.problem.remedy}` : t("download.failed");
      notify({ kind: "bad", text });
      setWorking(false);
    }
  };

  return (
    <Modal title={t("download.title")} onClose={() => openDialog(null)}>
      <Segments
        label={t("download.format")}
        value={choices.format.name}
        options={offered.map(({ name, label }) => ({ value: name, text: label }))}
        onChange={(name) => change(of(formats.find((each) => each.name === name) ?? first))}
      />
      {choices.format.quality !== null && (
        <Quality key={choices.format.name} value={choices.quality} onChange={(quality) => change({ quality })} />
      )}
      <LongEdge own={own} edge={choices.edge} onChange={(edge) => change({ edge })} />
      <Radios
        label={t("download.metadata")}
        value={choices.metadata}
        options={[
          { value: "keep", text: t("download.metadataKeep") },
          { value: "gps", text: t("download.metadataGps") },
          { value: "all", text: t("download.metadataAll") },
        ]}
        onChange={(metadata) => change({ metadata })}
      />
      <SwitchLine
        text={t("download.sidecar")}
        note={t("download.sidecarHelp")}
        on={choices.sidecar}
        onChange={(sidecar) => change({ sidecar })}
      />
      <p className={css.size} aria-live="polite">
        {t("download.size")}
        <strong>{size === null ? "…" : fileSize(size, i18n.language)}</strong>
      </p>
      {!saved && <p className={css.note}>{t("download.unsaved")}</p>}
      <ModalFooter>
        <Button onClick={() => openDialog(null)}>{t("common.cancel")}</Button>
        <Button look="strong" disabled={working || !saved} onClick={() => void download()}>
          {working ? (
            <LoaderCircle size={16} className={css.turning} aria-hidden="true" />
          ) : (
            <Arrow size={16} aria-hidden="true" />
          )}
          {t(working ? "download.working" : "bar.download")}
        </Button>
      </ModalFooter>
    </Modal>
  );
}

/** The finished picture's size in pixels. */
function useOwnSize(project: Project): Size {
  const recipe = useDocument(keptRecipe);
  const faces = useDocument((s) => s.faces);
  return finishedSize(recipe, project, faces);
}

/** The real size of the file, found by the server writing it. */
function useSize(project: Project, settings: ExportSettings, saved: boolean): number | null {
  const [size, setSize] = useState<number | null>(null);
  const key = JSON.stringify(settings);
  useEffect(() => {
    setSize(null);
    if (!saved) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      exportSize(project.id, JSON.parse(key) as ExportSettings, abort.signal).then(setSize, () => undefined);
    }, SIZE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key, project.id, saved]);
  return size;
}

function Quality({ value, onChange }: { value: number; onChange: (value: number) => void }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const [shown, setShown] = useState(value);
  const name = t("download.quality");
  const take = (next: number) => {
    setShown(next);
    onChange(next);
  };
  return (
    <Field label={name}>
      {(field) => (
        <div className={css.quality} id={field}>
          <span id={id} className="visually-hidden">
            {name}
          </span>
          <Track
            labelId={id}
            valueText={t("control.value", { name, value: shown, max: 100 })}
            value={shown}
            min={1}
            max={100}
            step={1}
            origin={1}
            onPreview={setShown}
            onCommit={take}
          />
          <NumberField
            label={name}
            value={shown}
            min={1}
            max={100}
            step={1}
            onPreview={setShown}
            onCommit={take}
            onDrop={() => setShown(value)}
          />
        </div>
      )}
    </Field>
  );
}

type LongEdgeProps = { own: Size; edge: number | null; onChange: (edge: number | null) => void };

function LongEdge({ own, edge, onChange }: LongEdgeProps): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const longest = Math.max(own.width, own.height);
  const take = () => {
    const number = Math.round(Number(typed));
    if (Number.isFinite(number) && number >= SMALLEST) onChange(Math.min(number, longest));
    setTyped("");
  };
  return (
    <>
      <Segments
        label={t("download.dimensions")}
        value={edge === null ? "original" : "edge"}
        options={[
          { value: "original", text: `${own.width} × ${own.height}` },
          { value: "edge", text: t("download.longEdge") },
        ]}
        onChange={(choice) => onChange(choice === "original" ? null : Math.min(2048, longest))}
      />
      {edge !== null && (
        <Field label={t("download.longEdge")}>
          {(id) => (
            <div className={css.row}>
              <input
                id={id}
                className={`${css.text ?? ""} ${css.long ?? ""}`}
                type="text"
                inputMode="numeric"
                value={typed || edge}
                onFocus={(event) => event.currentTarget.select()}
                onChange={(event) => setTyped(event.currentTarget.value.replace(/\D/g, ""))}
                onBlur={take}
                onKeyDown={(event) => {
                  if (event.key === "Enter") take();
                }}
              />
              <span className={css.unit}>px</span>
            </div>
          )}
        </Field>
      )}
    </>
  );
}
