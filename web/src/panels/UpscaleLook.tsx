import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { exportLook } from "@/api/queries";
import type { Face, Project, Recipe } from "@/api/types";
import type { Size } from "@/document/affine";
import { deliveredSize } from "@/document/upscaling";
import css from "@/panels/Upscale.module.css";

const SIDE = 304;
const WAIT_MS = 250;

type Place = { x: number; y: number };
type Props = { project: Project; recipe: Recipe; now: Size; faces: readonly Face[] };

/** Where to look first: the largest face's eyes, else the middle. */
function first(faces: readonly Face[], project: Project): Place {
  const [face] = faces;
  if (!face) return { x: 0.5, y: 0.5 };
  const [left, top, width, height] = face.box;
  return { x: (left + width * 0.35) / project.width, y: (top + height * 0.4) / project.height };
}

const share = (value: number) => Math.min(1, Math.max(0, value));

/** A part of the enlarged picture pixel by pixel: on the left as a plain filter has it, on the right as the file. */
export function UpscaleLook({ project, recipe, now, faces }: Props): ReactNode {
  const { t } = useTranslation();
  const [place, setPlace] = useState<Place>(() => first(faces, project));
  const [split, setSplit] = useState(0.5);
  const grip = useRef<{ x: number; y: number; from: Place } | null>(null);
  const { pictures, busy } = usePictures(project, recipe, place);
  const size = deliveredSize(recipe, now);

  const move = (event: PointerEvent) => {
    const held = grip.current;
    if (!held) return;
    setPlace({
      x: share(held.from.x - (event.clientX - held.x) / (size.width / devicePixelRatio)),
      y: share(held.from.y - (event.clientY - held.y) / (size.height / devicePixelRatio)),
    });
  };
  return (
    <figure className={css.look}>
      <figcaption>
        <span>{t("upscale.before")}</span>
        <span role="status">{busy ? t("upscale.working") : ""}</span>
        <span>{t("upscale.after")}</span>
      </figcaption>
      <div
        className={css.window}
        data-busy={busy ? "" : undefined}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          grip.current = { x: event.clientX, y: event.clientY, from: place };
        }}
        onPointerMove={move}
        onPointerUp={() => (grip.current = null)}
        onPointerCancel={() => (grip.current = null)}
      >
        {pictures && (
          <>
            <img src={pictures.after} alt={t("upscale.after")} draggable={false} />
            <img
              src={pictures.before}
              alt={t("upscale.before")}
              draggable={false}
              style={{ clipPath: `inset(0 ${(1 - split) * 100}% 0 0)` }}
            />
            <span className={css.line} style={{ left: `${split * 100}%` }} />
          </>
        )}
      </div>
      <input
        className={css.split}
        type="range"
        min={0}
        max={1}
        step={0.01}
        value={split}
        aria-label={t("upscale.split")}
        onChange={(event) => setSplit(Number(event.currentTarget.value))}
      />
      <p className={css.note}>{t("upscale.lookHelp")}</p>
    </figure>
  );
}

type Pictures = { before: string; after: string };

function usePictures(project: Project, recipe: Recipe, place: Place) {
  const [pictures, setPictures] = useState<Pictures | null>(null);
  const [busy, setBusy] = useState(true);
  const wanted = JSON.stringify(place);
  useEffect(() => {
    const abort = new AbortController();
    const asked = { recipe, ...(JSON.parse(wanted) as Place), side: Math.min(1024, Math.round(SIDE * devicePixelRatio)) };
    setBusy(true);
    const timer = setTimeout(() => {
      Promise.all([true, false].map((plain) => exportLook(project.id, { ...asked, plain }, abort.signal))).then(
        ([before, after]) => {
          if (before && after) setPictures({ before: URL.createObjectURL(before), after: URL.createObjectURL(after) });
          setBusy(false);
        },
        () => {
          if (!abort.signal.aborted) setBusy(false);
        },
      );
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [project.id, recipe, wanted]);
  useEffect(
    () => () => {
      for (const url of Object.values(pictures ?? {})) URL.revokeObjectURL(url);
    },
    [pictures],
  );
  return { pictures, busy };
}
