import { useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { fetchPreview, useLooking } from "@/api/queries";
import { inTurn } from "@/api/turns";
import type { Face, Project } from "@/api/types";
import { useView } from "@/canvas/view-store";
import css from "@/canvas/Viewer.module.css";
import { leftToRight, usePersonName } from "@/document/people";
import { EMPTY, isLeft } from "@/document/recipe";
import { keptRecipe, useDocument } from "@/document/store";
import { Tip } from "@/kit/Button";
import { useRoving } from "@/kit/roving";

/** Pictures of the people, left to right. One person needs no strip. */
export function FaceStrip({ project, faces }: { project: Project; faces: Face[] }): ReactNode {
  const { t } = useTranslation();
  const person = useDocument((state) => state.person);
  const recipe = useDocument(keptRecipe);
  const nameOf = usePersonName();
  const row = useRoving<HTMLDivElement>();
  const looking = useLooking(project.id);
  if (faces.length < 2) return null;
  const choose = (key: string | null) => useDocument.setState({ person: key });
  return (
    <div ref={row} className={css.faces} role="group" aria-label={t("people.strip")}>
      <Tip label={t("people.everyone")} keys={["Esc"]} repeats>
        <button
          type="button"
          className={css.face}
          aria-pressed={person === null}
          aria-label={t("people.everyone")}
          onClick={() => choose(null)}
        >
          <Users size={18} aria-hidden="true" />
        </button>
      </Tip>
      {looking && (
        <span className={css.looking} role="status">
          {t("crowd.looking", looking)}
        </span>
      )}
      {leftToRight(faces).map((face) => (
        <button
          key={face.key}
          type="button"
          className={css.face}
          aria-pressed={person === face.key}
          aria-label={nameOf(face.key)}
          data-excluded={isLeft(recipe, face) ? "" : undefined}
          onClick={() => choose(person === face.key ? null : face.key)}
          onPointerEnter={() => useView.setState({ hoverFace: face.key })}
          onPointerLeave={() => useView.setState({ hoverFace: null })}
          onFocus={() => useView.setState({ hoverFace: face.key })}
          onBlur={() => useView.setState({ hoverFace: null })}
        >
          <FacePicture project={project} face={face} />
        </button>
      ))}
    </div>
  );
}

const SIDE = 96;

/** A square around the face, cut by the server from the full photo. */
export function FacePicture({ project, face }: { project: Project; face: Face }): ReactNode {
  const [x, y, w, h] = face.box;
  const side = Math.min(Math.max(w, h) * 1.15, project.width, project.height);
  const left = Math.min(Math.max(0, x + w / 2 - side / 2), project.width - side);
  const top = Math.min(Math.max(0, y + h / 2 - side / 2), project.height - side);
  const view = { x: left, y: top, w: side, h: side, width: SIDE, height: SIDE };
  const { data } = useQuery({
    queryKey: ["face", project.id, face.key],
    queryFn: ({ signal }) => inTurn(() => fetchPreview(project.id, EMPTY, view, 80, signal)),
    staleTime: Infinity,
  });
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!data) return;
    const made = URL.createObjectURL(data);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  return url ? <img src={url} alt="" draggable={false} /> : null;
}
