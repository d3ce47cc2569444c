import { X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { projectThumbUrl, useProjects } from "@/api/queries";
import type { Project } from "@/api/types";
import { IconButton } from "@/kit/Button";
import { useRoving } from "@/kit/roving";
import css from "@/pages/editor/Filmstrip.module.css";
import { filmOf, leaveOut, useFilm } from "@/uploads/film";

/** Longer side of a picture in the strip, in pixels: its size on screens of two pixels a point. */
const THUMB = 160;

/** Photos that were opened together, to go from one to the next. */
export function Filmstrip({ project }: { project: Project }): ReactNode {
  const { t } = useTranslation();
  const film = filmOf(
    useFilm((s) => s.places),
    project.id,
  );
  const { data: projects } = useProjects();
  const known = film.map((id) => projects?.find((each) => each.id === id)).filter((each) => each !== undefined);
  const row = useRoving<HTMLUListElement>();
  if (known.length < 2) return null;
  return (
    <nav className={css.film} aria-label={t("viewer.film")}>
      <ul ref={row} className={css.list}>
        {known.map((each, place) => (
          <Picture
            key={each.id}
            project={each}
            current={each.id === project.id}
            name={t("viewer.photoOf", { number: place + 1, count: known.length, name: each.name })}
          />
        ))}
      </ul>
      <IconButton label={t("viewer.closeFilm")} onClick={() => leaveOut(() => true)}>
        <X size={15} aria-hidden="true" />
      </IconButton>
    </nav>
  );
}

type PictureProps = { project: Project; current: boolean; name: string };

function Picture({ project, current, name }: PictureProps): ReactNode {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (current) link.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
  return (
    <li>
      <Link
        ref={link}
        href={`/edit/${project.id}`}
        className={css.photo}
        aria-label={name}
        aria-current={current ? "page" : undefined}
      >
        <img src={projectThumbUrl(project, THUMB)} alt="" draggable={false} loading="lazy" />
      </Link>
    </li>
  );
}
