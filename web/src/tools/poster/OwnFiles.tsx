import { useQueryClient } from "@tanstack/react-query";
import { LoaderCircle, Trash2, Upload } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { saidOf } from "@/api/client";
import { guideLogo, useGuide } from "@/api/guide";
import { bringPosterFile, forgetPosterFile, usePosterFiles } from "@/api/posters";
import type { Poster, PosterOffer, PosterOwnFile } from "@/api/types";
import { Button, IconButton } from "@/kit/Button";
import dialog from "@/kit/Dialogs.module.css";
import { Field } from "@/kit/Form";
import { notify } from "@/kit/notices";
import css from "@/tools/poster/Poster.module.css";
import { patchPoster, posterNow, usePoster } from "@/tools/poster/store";

const PICTURES = ".svg,image/svg+xml,image/png,image/jpeg,image/webp";
const FONTS = ".ttf,.otf,font/ttf,font/otf";

type BringProps = { fonts?: boolean; text: string; onBrought: (file: PosterOwnFile) => void };

/** A button that takes in a file, has it looked into and kept. */
export function Bring({ fonts, text, onBrought }: BringProps): ReactNode {
  const { t } = useTranslation();
  const project = usePoster((s) => s.project);
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const bring = async (file: File) => {
    setBusy(true);
    try {
      const brought = await bringPosterFile(project, file);
      await queries.invalidateQueries({ queryKey: ["posterFiles", project] });
      onBrought(brought);
    } catch (error) {
      notify({ kind: "bad", text: saidOf(error, t("home.unreachable")) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button disabled={busy} onClick={() => input.current?.click()}>
        {busy ? <LoaderCircle size={15} className={dialog.turning} aria-hidden="true" /> : <Upload size={15} aria-hidden="true" />}
        {text}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={text}
        accept={fonts ? FONTS : PICTURES}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = "";
          if (file) void bring(file);
        }}
      />
    </>
  );
}

/** Typefaces to choose from: those that are packaged, and one's own. */
export function Typefaces({ offer }: { offer: PosterOffer }): ReactNode {
  const { t } = useTranslation();
  const project = usePoster((s) => s.project);
  const { data } = usePosterFiles(project);
  const own = data?.filter((file) => file.kind === "font") ?? [];
  return (
    <>
      <option value="">{t("poster.ofTemplate")}</option>
      {own.length > 0 && (
        <optgroup label={t("posterFiles.ownFonts")}>
          {own.map((file) => (
            <option key={file.name} value={file.name}>
              {file.family}
            </option>
          ))}
        </optgroup>
      )}
      <optgroup label={t("posterFiles.fonts")}>
        {offer.typefaces.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </optgroup>
    </>
  );
}

/** Changes the brand as it is now: while a file was looked into, something else may have changed. */
function branded(patch: Partial<Poster["brand"]>): void {
  const brand = posterNow(usePoster.getState())?.brand;
  patchPoster({ brand: { ...brand, ...patch } });
}

/** The logo, and what was brought: to choose, and to take back. */
export function OwnFiles(): ReactNode {
  const { t } = useTranslation();
  const poster = usePoster(posterNow);
  const project = usePoster((s) => s.project);
  const { data: files } = usePosterFiles(project);
  if (!poster) return null;
  const { brand } = poster;
  const logos = files?.filter((file) => file.kind === "logo") ?? [];
  const choose = (logo: string | null) => branded({ logo });
  return (
    <section className={css.section} aria-labelledby="poster-own">
      <h3 id="poster-own" className={css.heading}>
        {t("posterFiles.title")}
      </h3>
      <Field label={t("posterFiles.logo")}>
        {(id) => (
          <select id={id} className={css.input} value={brand.logo ?? ""} onChange={(event) => choose(event.currentTarget.value || null)}>
            <option value="">{t("posterFiles.none")}</option>
            {logos.map((file) => (
              <option key={file.name} value={file.name}>
                {file.label}
              </option>
            ))}
          </select>
        )}
      </Field>
      <p className={css.bring}>
        <Bring text={t("posterFiles.bringLogo")} onBrought={(file) => file.kind === "logo" && choose(file.name)} />
        <HouseLogo project={project} onBrought={choose} />
        <Bring fonts text={t("posterFiles.bringFont")} onBrought={(file) => file.kind === "font" && branded({ display: file.name })} />
      </p>
      {files && files.length > 0 && (
        <ul>
          {files.map((file) => (
            <File key={file.name} file={file} project={project} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** The logo that the style guide brings along: kept with the project as any other. */
function HouseLogo({ project, onBrought }: { project: string; onBrought: (name: string) => void }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const name = useGuide()?.logo;
  if (!name) return null;
  const bring = async () => {
    try {
      const brought = await bringPosterFile(project, await guideLogo(name));
      await queries.invalidateQueries({ queryKey: ["posterFiles", project] });
      onBrought(brought.name);
    } catch (error) {
      notify({ kind: "bad", text: saidOf(error, t("home.unreachable")) });
    }
  };
  return <Button onClick={() => void bring()}>{t("style.logo")}</Button>;
}

function File({ file, project }: { file: PosterOwnFile; project: string }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const used = usePoster((s) => JSON.stringify(posterNow(s)).includes(file.name));
  const forget = async () => {
    await forgetPosterFile(project, file.name);
    await queries.invalidateQueries({ queryKey: ["posterFiles", project] });
  };
  const more = file.embedding ? t(`posterFiles.may_${file.embedding}`) : t("posterFiles.picture");
  return (
    <li className={css.file}>
      <span title={file.licence || undefined}>
        {file.family || file.label}
        <small>{more}</small>
      </span>
      <IconButton label={t(used ? "posterFiles.used" : "posterFiles.forget", { name: file.label })} disabled={used} onClick={() => void forget()}>
        <Trash2 size={14} aria-hidden="true" />
      </IconButton>
    </li>
  );
}
