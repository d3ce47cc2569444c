import { UserRoundCheck, UserRoundX } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Face } from "@/api/types";
import css from "@/canvas/FaceChips.module.css";
import { boxOnPane } from "@/canvas/placing";
import { paneOf, useView } from "@/canvas/view-store";
import { isKept } from "@/document/framing";
import { leaving, usePersonName } from "@/document/people";
import { doubtOf, isLeft } from "@/document/recipe";
import { commit, shownRecipe, useDocument } from "@/document/store";
import { classes } from "@/kit/Button";

/** Faces narrower than this on the screen, in CSS pixels, have no chip until they are chosen. */
const NARROW = 40;
/** Room that a chip takes, in CSS pixels. */
const CHIP = { width: 96, height: 34 };

/** Names at the faces, to choose people by; the panel has the same for keys. They rest while nobody points. */
export function FaceChips({ faces }: { faces: Face[] }): ReactNode {
  const { t } = useTranslation();
  const holding = useView((s) => s.holding);
  const compare = useView((s) => s.compare);
  if (holding || compare !== "off") return null;
  return (
    <div className={css.faceChips} role="group" aria-label={t("people.onPhoto")}>
      {faces.map((face) => (
        <FaceChip key={face.key} face={face} />
      ))}
    </div>
  );
}

function FaceChip({ face }: { face: Face }): ReactNode {
  const { t } = useTranslation();
  const state = useView();
  const chosen = useDocument((s) => s.person === face.key);
  const { left, why, mark } = useStanding(face);
  const own = useDocument((s) => shownRecipe(s).steps.some((step) => step.person === face.key));
  const name = usePersonName()(face.key);
  const [x, y, w, h] = face.box;
  const pane = paneOf(state);
  const [start, top, across] = boxOnPane(state, pane, face.box);
  const [placeX, placeY] = [(start + across / 2) / state.dpr, top / state.dpr - CHIP.height];
  const [width, height] = [pane.width / state.dpr, pane.height / state.dpr];
  const wide = across / state.dpr >= NARROW;
  const within = placeX > 0 && placeX < width && placeY > -CHIP.height && placeY < height - CHIP.height;
  if (!within || !(wide || chosen) || !isKept(state.frame, { x: x + w / 2, y: y + h / 2 })) return null;
  const place = {
    "--x": `${Math.min(width - CHIP.width / 2, Math.max(CHIP.width / 2, placeX))}px`,
    "--y": `${Math.max(6, placeY)}px`,
  } as CSSProperties;
  return (
    <div className={classes(css.faceChip, chosen && css.chosen)} style={place} data-own-pointer="" data-face={face.key}>
      <button
        type="button"
        tabIndex={-1}
        className={css.faceName}
        aria-pressed={chosen}
        {...mark}
        title={why}
        onClick={() => useDocument.setState({ person: chosen ? null : face.key })}
        onPointerEnter={() => useView.setState({ hoverFace: face.key })}
        onPointerLeave={() => useView.setState({ hoverFace: null })}
      >
        {name}
        {own && !left && <span className={css.dot} aria-label={t("panel.changed")} role="img" />}
        {why && <span className="visually-hidden">{why}</span>}
      </button>
      {chosen && <LeaveButton face={face} left={left} asked={why !== undefined} />}
    </div>
  );
}

/** Whether a face is left alone, the sentence why if nobody asked for it, and the chip's mark. */
function useStanding(face: Face) {
  const { t } = useTranslation();
  const left = useDocument((s) => isLeft(shownRecipe(s), face));
  const doubt = doubtOf(face);
  const why = left && doubt ? t(`people.left.${doubt}`) : undefined;
  const mark = { "data-left": why && "", "data-excluded": left && !doubt ? "" : undefined };
  return { left, why, mark };
}

type LeaveProps = { face: Face; left: boolean; asked: boolean };

/** Leaves a face alone or takes it in; one in doubt says in words that it can be retouched. */
function LeaveButton({ face, left, asked }: LeaveProps): ReactNode {
  const { t } = useTranslation();
  const Leave = left ? UserRoundCheck : UserRoundX;
  const words = t(asked ? "people.anyway" : "people.leaveAlone");
  return (
    <button
      type="button"
      tabIndex={-1}
      className={asked ? css.faceName : css.faceLeave}
      aria-pressed={asked ? undefined : left}
      aria-label={asked ? undefined : words}
      title={words}
      onClick={() => commit(`person ${left ? "include" : "exclude"}`, leaving(face, !left))}
    >
      <Leave size={15} aria-hidden="true" />
      {asked && words}
    </button>
  );
}
