import { Download as Arrow, LoaderCircle } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { saidOf } from "@/api/client";
import { posterFile, posterPack, usePosterOffer } from "@/api/posters";
import type { Poster, PosterFile, PosterOffer, PosterPack, Project } from "@/api/types";
import { useDocument } from "@/document/store";
import { Button } from "@/kit/Button";
import dialog from "@/kit/Dialogs.module.css";
import { Field, Segments, SwitchLine } from "@/kit/Form";
import { Modal } from "@/kit/Modal";
import { notify } from "@/kit/notices";
import { saveBlob } from "@/kit/save-blob";
import { openDialog } from "@/panels/workbench";
import { boardOf } from "@/tools/poster/poster";
import css from "@/tools/poster/Poster.module.css";
import { measureText, sizeText } from "@/tools/poster/SizesForm";
import { posterNow, usePoster } from "@/tools/poster/store";

type Format = PosterFile["format"];
const ENDINGS: Record<Format, string> = { png: "png", jpeg: "jpg", pdf: "pdf" };
const DENSITIES = [150, 300, 600];

export function PosterDownload({ project }: { project: Project }): ReactNode {
  const { t } = useTranslation();
  const { data: offer } = usePosterOffer();
  const poster = usePoster(posterNow);
  return (
    <Modal title={t("poster.download")} onClose={() => openDialog(null)}>
      {poster && offer ? (
        <Download project={project} poster={poster} offer={offer} />
      ) : (
        <p className={css.hint}>{t("poster.start")}</p>
      )}
    </Modal>
  );
}

type Props = { project: Project; poster: Poster; offer: PosterOffer };

function Download({ project, poster, offer }: Props): ReactNode {
  const { t } = useTranslation();
  const paper = poster.sizes.some((size) => boardOf(offer, size)?.unit === "mm");
  const [format, setFormat] = useState<Format>(paper ? "pdf" : "png");
  const [dpi, setDpi] = useState(300);
  const [marks, setMarks] = useState(true);
  const [left, setLeft] = useState<readonly string[]>([]);
  const sizes = poster.sizes.filter((size) => !left.includes(size));
  const saved = useDocument((s) => s.save.kind === "saved");
  const [table, setTable] = useState("");
  const pack = sizes.length > 1 || table ? { poster, sizes, format, marks, dpi, table } : null;
  const { working, download } = useFiles(project, sizes, pack, (size) => ({ poster, size, format, marks, dpi: boardOf(offer, size)?.unit === "mm" ? dpi : null }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (saved && !working && sizes.length > 0) void download();
      }}
    >
      <Segments
        label={t("download.format")}
        value={format}
        options={[
          { value: "png", text: "PNG" },
          { value: "jpeg", text: "JPEG" },
          { value: "pdf", text: "PDF" },
        ]}
        onChange={setFormat}
      />
      <fieldset className={css.checks}>
        <legend className={css.legend}>{t("poster.sizesTitle")}</legend>
        {poster.sizes.map((size) => (
          <label key={size} className={css.check}>
            <input
              type="checkbox"
              checked={!left.includes(size)}
              onChange={() => setLeft(left.includes(size) ? left.filter((each) => each !== size) : [...left, size])}
            />
            <span>{sizeText(t, size)}</span>
            <small>{measureText(offer, size)}</small>
          </label>
        ))}
      </fieldset>
      {paper && (
        <Field label={t("download.dpi")}>
          {(id) => (
            <select id={id} className={css.input} value={dpi} onChange={(event) => setDpi(Number(event.currentTarget.value))}>
              {DENSITIES.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          )}
        </Field>
      )}
      <TableField onRead={setTable} />
      {paper && format === "pdf" && <SwitchLine text={t("poster.marks")} note={t("poster.marksHelp")} on={marks} onChange={setMarks} />}
      <footer className={css.footer}>
        <p className={css.hint} role="status">
          {working && (pack ? t("posterFiles.packing") : t("download.working"))}
          {!saved && t("download.unsaved")}
        </p>
        <Button onClick={() => openDialog(null)}>{t("common.cancel")}</Button>
        <Button look="strong" type="submit" disabled={working || !saved || sizes.length === 0}>
          {working ? <LoaderCircle size={16} className={dialog.turning} aria-hidden="true" /> : <Arrow size={16} aria-hidden="true" />}
          {t(working ? "download.working" : "bar.download")}
        </Button>
      </footer>
    </form>
  );
}

/** Rows of words: a poster each. */
function TableField({ onRead }: { onRead: (text: string) => void }): ReactNode {
  const { t } = useTranslation();
  const read = (file: File | undefined) => {
    if (!file) onRead("");
    else void file.text().then(onRead);
  };
  return (
    <>
      <Field label={t("posterFiles.table")}>
        {(id) => <input id={id} type="file" accept=".csv,text/csv,text/plain" onChange={(event) => read(event.currentTarget.files?.[0])} />}
      </Field>
      <p className={css.hint}>{t("posterFiles.tableHelp")}</p>
    </>
  );
}

/** One file, or a ZIP of all; leaving the dialog gives it up. */
function useFiles(project: Project, sizes: readonly string[], pack: PosterPack | null, file: (size: string) => PosterFile) {
  const { t } = useTranslation();
  const [working, setWorking] = useState(false);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const download = async () => {
    abort.current = new AbortController();
    const { signal } = abort.current;
    const [size] = sizes;
    setWorking(true);
    try {
      if (pack) {
        const { blob } = await posterPack(project.id, pack, signal);
        saveBlob(blob, `${project.name}-${pack.poster.template}.zip`);
      } else if (size !== undefined) {
        const wanted = file(size);
        const { blob } = await posterFile(project.id, wanted, signal);
        saveBlob(blob, `${project.name}-${wanted.poster.template}-${size}.${ENDINGS[wanted.format]}`);
      }
      openDialog(null);
    } catch (error) {
      if (signal.aborted) return;
      notify({ kind: "bad", text: saidOf(error, t("download.failed")) });
      setWorking(false);
    }
  };
  return { working, download };
}
