import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { projectThumbUrl, useProjects } from "@/api/queries";
import type { Project } from "@/api/types";
import { Button } from "@/kit/Button";
import css from "@/panels/share/Share.module.css";

type MorePhotosProps = { project: Project; chosen: string[]; onChange: (chosen: string[]) => void };

const THUMB = 160;

/** Other photos of the workspace that the same link shows. */
export function MorePhotos({ project, chosen, onChange }: MorePhotosProps): ReactNode {
  const { t } = useTranslation();
  const { data: projects, hasNextPage, fetchNextPage } = useProjects();
  const others = projects?.filter(({ id }) => id !== project.id) ?? [];
  if (others.length === 0) return null;
  const turn = (id: string, on: boolean) => onChange(on ? [...chosen, id] : chosen.filter((each) => each !== id));
  return (
    <details className={css.fold}>
      <summary className={css.summary}>{t("share.photos", { count: chosen.length })}</summary>
      <ul className={css.photos}>
        {others.map((each) => (
          <li key={each.id}>
            <label className={css.photo}>
              <input
                type="checkbox"
                checked={chosen.includes(each.id)}
                onChange={(event) => turn(each.id, event.currentTarget.checked)}
              />
              <img src={projectThumbUrl(each, THUMB)} alt="" loading="lazy" />
              <span className={css.photoName}>{each.name}</span>
            </label>
          </li>
        ))}
      </ul>
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{t("share.morePhotos")}</Button>}
    </details>
  );
}
