import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Face, Project } from "@/api/types";
import { shownRecipe, useDocument } from "@/document/store";
import { classes } from "@/ui/Button";
import { FacePicture, leftToRight } from "@/viewer/FaceStrip";
import { useView } from "@/viewer/view-store";
import css from "@/panels/Panel.module.css";

/** Whom the sliders speak of: everyone or one person. */
export function PersonChips({ project, faces }: { project: Project; faces: Face[] }): ReactNode {
  const { t } = useTranslation();
  const person = useDocument((s) => s.person);
  const own = useDocument((s) =>
    shownRecipe(s)
      .steps.map((step) => step.person ?? "")
      .join(),
  );
  const choose = (key: string | null) => useDocument.setState({ person: key });
  return (
    <div className={css.chips} role="group" aria-label={t("people.label")}>
      <button
        type="button"
        className={css.chip}
        aria-pressed={person === null}
        onClick={() => choose(null)}
      >
        {t("people.everyone")}
      </button>
      {leftToRight(faces).map((face, index) => (
        <button
          key={face.key}
          type="button"
          className={classes(css.chip, css.personChip)}
          aria-pressed={person === face.key}
          aria-label={t("people.one", { number: index + 1 })}
          onClick={() => choose(face.key)}
          onPointerEnter={() => useView.setState({ hoverFace: face.key })}
          onPointerLeave={() => useView.setState({ hoverFace: null })}
        >
          <span className={css.chipPicture}>
            <FacePicture project={project} face={face} />
          </span>
          {index + 1}
          {own.split(",").includes(face.key) && (
            <span className={css.dot} aria-label={t("panel.changed")} role="img" />
          )}
        </button>
      ))}
    </div>
  );
}
