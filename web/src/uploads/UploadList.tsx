import { CircleAlert, RotateCw, X } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { refusalText } from "@/api/refusals";
import { Button, IconButton } from "@/kit/Button";
import { fileSize } from "@/kit/i18n/format";
import { type Upload, cancel, cancelAll, forget, retry, useUploads } from "@/uploads/uploads";
import css from "@/uploads/Uploads.module.css";

/** Photos on their way that are shown one by one. */
const SHOWN = 4;

/** Photos on their way and photos that were refused, with what to do about it. */
export function UploadList(): ReactNode {
  const { t } = useTranslation();
  const all = useUploads((s) => s.list).filter((upload) => upload.state !== "done");
  // Of a whole folder nobody reads a line for each.
  const many = all.filter((upload) => upload.within !== null && upload.problem === null);
  const list = all.filter((upload) => !many.includes(upload));
  if (all.length === 0) return null;
  // What was refused is always named; of the rest, the next ones stand for all.
  const shown = list.filter((upload, place) => upload.problem ?? place < SHOWN);
  const hidden = list.length - shown.length;
  return (
    <ul className={css.list} aria-label={t("upload.list")}>
      {many.length > 0 && <Many left={many.length} />}
      {shown.map((upload) =>
        upload.problem ? (
          <Refused key={upload.id} upload={upload} />
        ) : (
          <Running key={upload.id} upload={upload} />
        ),
      )}
      {hidden > 0 && (
        <li className={css.rest}>
          {t("upload.more", { count: hidden })}
          <Button onClick={cancelAll}>{t("upload.cancelAll")}</Button>
        </li>
      )}
    </ul>
  );
}

/** Photos of a set on their way, as one. */
function Many({ left }: { left: number }): ReactNode {
  const { t } = useTranslation();
  const { total } = useUploads((s) => s.batch);
  const done = Math.max(0, total - left);
  const text = t("sets.adding", { done, total });
  return (
    <li className={css.item}>
      <div className={css.line}>
        <span className={css.fileName}>{text}</span>
        <Button onClick={cancelAll}>{t("upload.cancelAll")}</Button>
      </div>
      <div
        className={css.bar}
        role="progressbar"
        aria-label={text}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        style={{ "--share": `${(100 * done) / Math.max(1, total)}%` } as CSSProperties}
      />
    </li>
  );
}

function Running({ upload }: { upload: Upload }): ReactNode {
  const { t, i18n } = useTranslation();
  const percent = Math.round(upload.share * 100);
  const reading = upload.share === 1;
  return (
    <li className={css.item}>
      <div className={css.line}>
        <span className={css.fileName}>{upload.file.name}</span>
        <span className={css.note}>
          {upload.state === "waiting" && t("upload.waiting")}
          {upload.state === "sending" &&
            (reading ? t("upload.reading") : t("upload.sent", { percent, size: fileSize(upload.file.size, i18n.language) }))}
        </span>
        <IconButton label={t("upload.cancel", { name: upload.file.name })} onClick={() => cancel(upload.id)}>
          <X size={15} aria-hidden="true" />
        </IconButton>
      </div>
      <div
        className={css.bar}
        role="progressbar"
        aria-label={upload.file.name}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(reading ? {} : { "aria-valuenow": percent })}
        data-reading={reading}
        style={{ "--share": `${percent}%` } as CSSProperties}
      />
    </li>
  );
}

function Refused({ upload }: { upload: Upload }): ReactNode {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { problem } = upload;
  if (!problem) return null;
  const { title, help } = refusalText(t, problem);
  const again = ["unreachable", "internal", "busy", "too_slow"].includes(problem.code);
  return (
    <li className={css.item} data-code={problem.code}>
      <div className={css.line}>
        <CircleAlert size={18} className={css.bad} aria-hidden="true" />
        <div className={css.refusal} role="alert">
          <strong>{title}</strong>
          <span className={css.note}>
            <bdi>{upload.file.name}</bdi> · {help}
          </span>
        </div>
        {again && (
          <IconButton label={t("upload.again")} onClick={() => retry(upload.id, (id) => go(`/edit/${id}`))}>
            <RotateCw size={15} aria-hidden="true" />
          </IconButton>
        )}
        <IconButton label={t("upload.dismiss", { name: upload.file.name })} onClick={() => forget(upload.id)}>
          <X size={15} aria-hidden="true" />
        </IconButton>
      </div>
    </li>
  );
}
