import { CopyPlus, Download, Search, Share2, Trash2, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/people";
import type { Project } from "@/api/types";
import { Button, IconButton } from "@/kit/Button";
import { SORTS, type Sort, setPref, usePrefs } from "@/kit/prefs";
import { type Deeds, mayDelete } from "@/pages/home/Card";
import css from "@/pages/home/Desk.module.css";
import { stopDownloads, useMaking } from "@/panels/quick-download";

/** What is looked for, and in which order. */
export function Finding({ text, onText }: { text: string; onText: (text: string) => void }): ReactNode {
  const { t } = useTranslation();
  const sort = usePrefs((s) => s.sort);
  return (
    <div className={css.finding} role="search">
      <label className={css.search}>
        <Search size={15} aria-hidden="true" />
        <input
          type="search"
          aria-label={t("desk.search")}
          placeholder={t("desk.search")}
          maxLength={100}
          value={text}
          onChange={(event) => onText(event.currentTarget.value)}
        />
      </label>
      <select
        className={css.sort}
        aria-label={t("desk.sort")}
        value={sort}
        onChange={(event) => setPref({ sort: event.currentTarget.value as Sort })}
      >
        {SORTS.map((each) => (
          <option key={each} value={each}>
            {t(`desk.${each}`)}
          </option>
        ))}
      </select>
    </div>
  );
}

type BarProps = { projects: readonly Project[]; deeds: Deeds; onNone: () => void };

/** What can be done with all that are chosen. */
export function PickedBar({ projects, deeds, onNone }: BarProps): ReactNode {
  const { t } = useTranslation();
  const { data: me } = useMe();
  return (
    <div className={css.picked} role="toolbar" aria-label={t("desk.picked", { count: projects.length })}>
      <IconButton label={t("desk.clear")} onClick={onNone}>
        <X size={17} aria-hidden="true" />
      </IconButton>
      <span className={css.count} aria-live="polite">
        {t("desk.picked", { count: projects.length })}
      </span>
      <Button look="quiet" onClick={() => deeds.download(projects)}>
        <Download size={16} aria-hidden="true" />
        <span className={css.word}>{t("desk.download")}</span>
      </Button>
      {me?.role !== "viewer" && (
        <>
          <Button look="quiet" onClick={() => deeds.share(projects)}>
            <Share2 size={16} aria-hidden="true" />
            <span className={css.word}>{t("share.title")}</span>
          </Button>
          <Button look="quiet" onClick={() => deeds.duplicate(projects)}>
            <CopyPlus size={16} aria-hidden="true" />
            <span className={css.word}>{t("desk.duplicate")}</span>
          </Button>
        </>
      )}
      {projects.every((project) => mayDelete(me, project)) && (
        <Button look="quiet" onClick={() => deeds.remove(projects)}>
          <Trash2 size={16} aria-hidden="true" />
          <span className={css.word}>{t("desk.delete")}</span>
        </Button>
      )}
    </div>
  );
}

/** Files that are being made, and the way to give that up. */
export function Making(): ReactNode {
  const { t } = useTranslation();
  const making = useMaking((s) => s.making);
  if (!making) return null;
  return (
    <p className={css.making} role="status">
      <progress max={making.all} value={making.done - 0.5} aria-label={t("desk.making", making)} />
      <span>{t("desk.making", making)}</span>
      <Button onClick={stopDownloads}>{t("desk.stop")}</Button>
    </p>
  );
}
