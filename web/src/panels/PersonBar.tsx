import { Ban, RotateCcw, UserRoundX } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue } from "@/api/catalogue";
import type { Face, Project } from "@/api/types";
import { FacePicture } from "@/canvas/FaceStrip";
import { useView } from "@/canvas/view-store";
import { leaving, leftToRight, rename, usePersonName } from "@/document/people";
import { doubtOf, isDoubted, isLeft, withoutOwn } from "@/document/recipe";
import { commit, recipeNow, shownRecipe, useDocument } from "@/document/store";
import { Button, classes } from "@/kit/Button";
import { useRoving } from "@/kit/roving";
import { Toggle } from "@/kit/Toggle";
import css from "@/panels/People.module.css";

type BarProps = { project: Project; catalogue: Catalogue; faces: Face[] };

/** Whom the sliders speak of: everyone or one person, and what is only that person's. */
export function PersonBar({ project, catalogue, faces }: BarProps): ReactNode {
  const { t } = useTranslation();
  const person = useDocument((s) => s.person);
  const face = faces.find((each) => each.key === person);
  const row = useRoving<HTMLDivElement>();
  if (faces.length === 1 && faces[0]) return <DoubtCard face={faces[0]} />;
  return (
    <div className={css.bar}>
      <div ref={row} className={css.chips} role="group" aria-label={t("people.label")}>
        <button
          type="button"
          className={css.chip}
          aria-pressed={person === null}
          onClick={() => choosePerson(null)}
        >
          {t("people.everyone")}
        </button>
        {leftToRight(faces).map((each) => (
          <PersonChip key={each.key} project={project} face={each} />
        ))}
      </div>
      {face && <PersonCard key={face.key} catalogue={catalogue} face={face} />}
    </div>
  );
}

export function choosePerson(person: string | null): void {
  useDocument.setState({ person });
}

function PersonChip({ project, face }: { project: Project; face: Face }): ReactNode {
  const { t } = useTranslation();
  const chosen = useDocument((s) => s.person === face.key);
  const own = useDocument((s) => shownRecipe(s).steps.some((step) => step.person === face.key));
  const left = useDocument((s) => isLeft(shownRecipe(s), face));
  const name = usePersonName()(face.key);
  const chip = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen) chip.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [chosen]);
  return (
    <button
      ref={chip}
      type="button"
      className={classes(css.chip, css.personChip)}
      aria-pressed={chosen}
      data-excluded={left && !isDoubted(face) ? "" : undefined}
      data-left={left && isDoubted(face) ? "" : undefined}
      onClick={() => choosePerson(face.key)}
      onPointerEnter={() => useView.setState({ hoverFace: face.key })}
      onPointerLeave={() => useView.setState({ hoverFace: null })}
    >
      <span className={css.picture}>
        <FacePicture project={project} face={face} />
        {left && <Ban size={14} aria-hidden="true" />}
      </span>
      {name}
      {left && <span className="visually-hidden">{t("people.leftAlone")}</span>}
      {own && !left && <span className={css.dot} aria-label={t("panel.changed")} role="img" />}
    </button>
  );
}

type CardProps = { catalogue: Catalogue; face: Face };

/** Name, whether to touch this person at all, and the way back to everyone's values. */
function PersonCard({ catalogue, face }: CardProps): ReactNode {
  const { t } = useTranslation();
  const person = face.key;
  const doubted = isDoubted(face);
  const own = useDocument((s) => shownRecipe(s).steps.some((step) => step.person === person));
  const left = useDocument((s) => isLeft(shownRecipe(s), face));
  const exclude = () => commit(`person ${left ? "include" : "exclude"}`, leaving(face, !left));
  const back = () => commit("own all", withoutOwn(recipeNow(), catalogue.tools, person));
  return (
    <div className={css.card}>
      <NameField person={person} />
      {!doubted && (
        <Button aria-pressed={left} className={css.leave} onClick={exclude}>
          <UserRoundX size={14} aria-hidden="true" />
          {t("people.leaveAlone")}
        </Button>
      )}
      {doubted && <Doubt face={face} />}
      {!(doubted && left) && (
        <p className={css.state}>
          {t(left ? "people.leftAloneHelp" : own ? "people.ownHelp" : "people.sameHelp")}
        </p>
      )}
      {own && !left && (
        <Button className={css.back} onClick={back}>
          <RotateCcw size={13} aria-hidden="true" />
          {t("people.sameAsEveryone")}
        </Button>
      )}
    </div>
  );
}

/** The only face of a photo, where it is in doubt. */
function DoubtCard({ face }: { face: Face }): ReactNode {
  return (
    <div className={css.card} role="status">
      <Doubt face={face} />
    </div>
  );
}

/** Why a face is left alone, and the switch that retouches it all the same. */
function Doubt({ face }: { face: Face }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const left = useDocument((s) => isLeft(shownRecipe(s), face));
  const doubt = doubtOf(face);
  if (!doubt) return null;
  return (
    <div className={css.doubt}>
      <p className={css.state}>{t(left ? `people.left.${doubt}` : `people.taken.${doubt}`)}</p>
      <div className={css.anyway}>
        <span id={id}>{t("people.anyway")}</span>
        <Toggle
          labelId={id}
          on={!left}
          onChange={(on) => commit(`person ${on ? "include" : "exclude"}`, leaving(face, !on))}
        />
      </div>
    </div>
  );
}

function NameField({ person }: { person: string }): ReactNode {
  const { t } = useTranslation();
  const name = usePersonName()(person);
  const [typed, setTyped] = useState<string | null>(null);
  const take = () => {
    if (typed !== null && typed.trim() !== name) rename(person, typed.trim());
    setTyped(null);
  };
  return (
    <input
      className={css.name}
      type="text"
      maxLength={40}
      spellCheck={false}
      autoComplete="off"
      aria-label={t("people.name")}
      value={typed ?? name}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key !== "Escape" || typed === null) return;
        event.stopPropagation();
        setTyped(null);
      }}
    />
  );
}
