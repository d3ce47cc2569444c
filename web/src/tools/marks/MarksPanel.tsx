import { type KeyboardEvent, type ReactNode, useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue } from "@/api/catalogue";
import type { Analysis, Face, Project } from "@/api/types";
import { zoomToRect } from "@/canvas/view-store";
import { commit, recipeNow } from "@/document/store";
import { Button, classes } from "@/kit/Button";
import { Toggle } from "@/kit/Toggle";
import { useTouch } from "@/kit/use-narrow";
import { ToolRows } from "@/panels/Groups";
import panelCss from "@/panels/Panel.module.css";
import { deedOn, turnOver } from "@/tools/marks/acting";
import { point, useMarks } from "@/tools/marks/marks-store";
import css from "@/tools/marks/Marks.module.css";
import type { SpotMark } from "@/tools/marks/rings";
import { SpotPicture } from "@/tools/marks/SpotPicture";
import { KINDS, type Kind, kindOf, ofKind, turnedAll } from "@/tools/marks/spots";
import { type FacePicture, useFacePictures } from "@/tools/marks/use-face-pictures";
import { useSpotMarks } from "@/tools/marks/use-spot-marks";
import { stateOf } from "@/tools/marks/words";

/** Every spot as a list: the same as a click on the photo, for keys and screen readers. */
export function MarksPanel({ project, catalogue }: { project: Project; catalogue: Catalogue }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const { analysis, report, marks } = useSpotMarks(project);
  const { visible, kind } = useMarks();
  const shown = ofKind(marks, kind);
  const suggested = shown.filter((mark) => mark.suggested);
  const decided = shown.filter((mark) => !mark.suggested);
  const healed = shown.filter((mark) => mark.healed).length;
  const faces = useFacePictures(project, useSpotted(analysis, marks));
  const tool = catalogue.tools.find(({ op }) => op === "blemishes");
  const all = (heal: boolean) =>
    commit(`spot ${heal ? "healAll" : "keepAll"}`, turnedAll(recipeNow(), project, decided, heal));
  return (
    <div className={panelCss.panel}>
      <header className={panelCss.header}>
        <h2 className={panelCss.title}>{t("spots.title")}</h2>
      </header>
      <div className={classes(panelCss.body, panelCss.plain, "scrolls")}>
        <Legend />
        <div className={panelCss.option}>
          <span id={id} className={panelCss.optionText}>
            {t("spots.show")}
          </span>
          <Toggle labelId={id} on={visible} onChange={(on) => useMarks.setState({ visible: on })} />
        </div>
        {marks.length === 0 ? (
          <p className={panelCss.empty}>{t(nothing(analysis))}</p>
        ) : (
          <>
            {tool && <ToolRows catalogue={catalogue} tool={tool} />}
            <KindChips marks={marks} />
            <p className={css.counts} role="status">
              {report ? t("spots.healedOf", { healed, count: shown.length }) : t("report.waiting")}
              {report && healed < shown.length && <span>{t("spots.raise")}</span>}
            </p>
            {decided.length > 0 && (
              <div className={css.all}>
                <Button onClick={() => all(true)}>{t("spots.healAll")}</Button>
                <Button onClick={() => all(false)}>{t("spots.keepAll")}</Button>
              </div>
            )}
            {suggested.length > 0 && <Suggestions marks={suggested} project={project} faces={faces} />}
            <ul className={css.spots} aria-label={t("spots.list")} onKeyDown={alongRows}>
              {[...decided].sort(byInterest).map((mark) => (
                <SpotRow key={mark.spot.id} mark={mark} project={project} face={faces.get(faceOf(mark))} />
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

/** How the rings on the photo are to be read. */
function Legend(): ReactNode {
  const { t } = useTranslation();
  const touch = useTouch();
  return (
    <>
      <ul className={css.legend} aria-label={t("spots.legend")}>
        <li>
          <span className={css.ring} data-healed="true" aria-hidden="true" />
          {t("spots.healed")}
        </li>
        <li>
          <span className={css.ring} aria-hidden="true" />
          {t("spots.kept")}
        </li>
        <li>
          <span className={css.ring} data-suggested="true" aria-hidden="true" />
          {t("spots.suggestedOne")}
        </li>
      </ul>
      <p className={panelCss.note}>{t(touch ? "spots.helpTouch" : "spots.help")}</p>
    </>
  );
}

/** The spot's face: its key is the first part of the spot's id. */
function faceOf({ spot }: SpotMark): string {
  return spot.id.slice(0, spot.id.lastIndexOf("/"));
}

/** The faces with spots. */
function useSpotted(analysis: Analysis | undefined, marks: SpotMark[]): Face[] {
  const keys = [...new Set(marks.map(faceOf))].sort().join(" ");
  return useMemo(() => (analysis?.faces ?? []).filter(({ key }) => keys.split(" ").includes(key)), [analysis, keys]);
}

type SuggestionsProps = { marks: SpotMark[]; project: Project; faces: Map<string, FacePicture> };

/** Spots that look like blemishes and may be something else: one click heals them. */
function Suggestions({ marks, project, faces }: SuggestionsProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section className={css.suggestions} aria-labelledby={id}>
      <h3 id={id} className={css.suggestionsTitle}>
        {t("spots.suggestions")}
      </h3>
      <p className={panelCss.optionNote}>{t("spots.suggestionsHelp")}</p>
      <ul className={css.spots} aria-label={t("spots.suggestionsList")} onKeyDown={alongRows}>
        {marks.map((mark) => (
          <SpotRow key={mark.spot.id} mark={mark} project={project} face={faces.get(faceOf(mark))} />
        ))}
      </ul>
    </section>
  );
}

function nothing(analysis: Analysis | undefined): "spots.none" | "spots.noFace" | "spots.waiting" {
  if (!analysis) return "spots.waiting";
  return analysis.faces.length === 0 ? "spots.noFace" : "spots.none";
}

/** Which kinds are shown, on the photo and in the list. */
function KindChips({ marks }: { marks: SpotMark[] }): ReactNode {
  const { t } = useTranslation();
  const chosen = useMarks((s) => s.kind);
  const counts = ([...KINDS, "other"] as const)
    .map((kind) => ({ kind, number: ofKind(marks, kind).length }))
    .filter(({ number }) => number > 0);
  if (counts.length < 2) return null;
  const chip = (kind: Kind | null, name: string, number: number) => (
    <button
      key={name}
      type="button"
      className={panelCss.chip}
      aria-pressed={chosen === kind}
      onClick={() => useMarks.setState({ kind })}
    >
      {t("spots.count", { kind: name, number })}
    </button>
  );
  return (
    <div className={css.kinds} role="group" aria-label={t("spots.filter")}>
      {chip(null, t("spots.all"), marks.length)}
      {counts.map(({ kind, number }) => chip(kind, t(`spots.kind.${kind}`), number))}
    </div>
  );
}

/** Up and down go along the rows, in the column that has the focus. */
function alongRows(event: KeyboardEvent<HTMLElement>): void {
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const from = document.activeElement;
  const row = from?.closest("li");
  if (way === undefined || !row) return;
  event.preventDefault();
  const column = [...row.querySelectorAll("button")].findIndex((button) => button === from);
  const next = way > 0 ? row.nextElementSibling : row.previousElementSibling;
  next?.querySelectorAll("button")[column]?.focus();
}

/** Healed marks first, then those decided by hand; else as they were found. */
function byInterest(a: SpotMark, b: SpotMark): number {
  const rank = (mark: SpotMark) => (mark.healed ? 0 : mark.flipped ? 1 : 2);
  return rank(a) - rank(b);
}

type RowProps = { mark: SpotMark; project: Project; face: FacePicture | undefined };

function SpotRow({ mark, project, face }: RowProps): ReactNode {
  const { t } = useTranslation();
  const { spot, healed } = mark;
  const deed = deedOn(mark);
  const look = () => {
    const side = spot.radius * 16;
    zoomToRect({ x: spot.x - side / 2, y: spot.y - side / 2, w: side, h: side });
  };
  const kind = t(`spots.kind.${kindOf(mark)}`);
  const state = stateOf(t, mark);
  return (
    <li
      className={css.spot}
      onPointerEnter={() => point(spot.id)}
      onPointerLeave={() => point(null)}
      onFocus={() => point(spot.id)}
      onBlur={() => point(null)}
    >
      <SpotPicture spot={spot} face={face} />
      <span className={css.ring} data-healed={healed} data-suggested={mark.suggested} aria-hidden="true" />
      <Button look="quiet" className={css.spotName} onClick={look}>
        {kind}
        <span className={css.spotState}>{state.join(", ")}</span>
      </Button>
      <Button
        className={css.spotAction}
        onClick={() => turnOver(project, mark, t)}
        aria-label={t(`spots.${deed}This`, { kind })}
      >
        {t(`spots.${deed}`)}
      </Button>
    </li>
  );
}
