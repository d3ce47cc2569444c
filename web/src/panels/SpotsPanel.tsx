import { type ReactNode, useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAnalysis } from "@/api/queries";
import type { Project } from "@/api/types";
import { commit, recipeNow, shownRecipe, useDocument } from "@/document/store";
import css from "@/panels/Panel.module.css";
import { useSavedReport } from "@/panels/report";
import { Button, classes } from "@/ui/Button";
import { Toggle } from "@/ui/Toggle";
import type { SpotMark } from "@/viewer/overlays";
import { flipped, spotMarks } from "@/viewer/spots";
import { useView, zoomToRect } from "@/viewer/view-store";

const KINDS = ["red", "brown", "mole", "scar"] as const;
type Kind = (typeof KINDS)[number];

/** Every mark as a list: the same as a click on the photo, for keys and screen readers. */
export function SpotsPanel({ project }: { project: Project }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const { data: analysis } = useAnalysis(project.id);
  const report = useSavedReport(project.id);
  const recipe = useDocument(shownRecipe);
  const visible = useView((s) => s.spots);
  const { width, height } = project;
  const marks = useMemo(
    () => spotMarks(analysis, report, recipe, { width, height }),
    [analysis, report, recipe, width, height],
  );
  const healed = marks.filter((mark) => mark.healed).length;
  return (
    <div className={css.panel}>
      <header className={css.header}>
        <h2 className={css.title}>{t("spots.title")}</h2>
      </header>
      <div className={classes(css.body, css.plain, "scrolls")}>
        <p className={css.note}>{t("spots.help")}</p>
        <div className={css.option}>
          <span id={id} className={css.optionText}>
            {t("spots.show")}
          </span>
          <Toggle labelId={id} on={visible} onChange={(on) => useView.setState({ spots: on })} />
        </div>
        {marks.length === 0 ? (
          <p className={css.empty}>{t(analysis ? "spots.none" : "spots.waiting")}</p>
        ) : (
          <>
            <p className={css.optionNote}>
              {t("spots.counts", { healed, kept: marks.length - healed })}
            </p>
            <ul className={css.spots}>
              {[...marks].sort(byInterest).map((mark) => (
                <SpotRow key={mark.spot.id} mark={mark} project={project} />
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

/** Healed marks first, then those decided by hand; else as they were found. */
function byInterest(a: SpotMark, b: SpotMark): number {
  const rank = (mark: SpotMark) => (mark.healed ? 0 : mark.flipped ? 1 : 2);
  return rank(a) - rank(b);
}

function kindOf(mark: SpotMark): Kind | "other" {
  return KINDS.find((kind) => kind === mark.spot.kind) ?? "other";
}

function SpotRow({ mark, project }: { mark: SpotMark; project: Project }): ReactNode {
  const { t } = useTranslation();
  const { spot, healed } = mark;
  const flip = () =>
    commit(`spot ${healed ? "keep" : "heal"}`, flipped(recipeNow(), project, mark));
  const look = () => {
    const side = spot.radius * 16;
    zoomToRect({ x: spot.x - side / 2, y: spot.y - side / 2, w: side, h: side });
  };
  const kind = t(`spots.kind.${kindOf(mark)}`);
  return (
    <li className={css.spot}>
      <span className={css.ring} data-healed={healed} aria-hidden="true" />
      <Button look="quiet" className={css.spotName} onClick={look}>
        {kind}
      </Button>
      <Button className={css.spotAction} onClick={flip} aria-label={t(healed ? "spots.keepThis" : "spots.healThis", { kind })}>
        {t(healed ? "spots.keep" : "spots.heal")}
      </Button>
    </li>
  );
}
