import { CircleAlert, Flag, LoaderCircle, SlidersHorizontal, Star, X } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { TFunction } from "i18next";
import { thumbUrl } from "@/api/queries";
import { setThumbUrl } from "@/api/sets";
import { turn } from "@/api/turns";
import type { SetPhoto } from "@/api/types";
import { classes } from "@/kit/Button";
import css from "@/sets/Photos.module.css";

/** A photo that is only scrolled past is not drawn, and a server with much to do is asked again, a few times. */
const STAY_MS = 120;
const AGAIN_MS = 4000;
const TRIES = 6;

type Shown = Pick<SetPhoto, "project" | "photo" | "revision" | "edited">;

/** The retouched photo, small; the original stands for it until it is drawn. */
export function PhotoThumb({ photo, size }: { photo: Shown; size: number }): ReactNode {
  const drawn = useDrawn(photo.edited ? setThumbUrl(photo, size) : null);
  return (
    <>
      <img className={css.original} src={thumbUrl(photo.photo, size)} alt="" draggable={false} data-hidden={drawn.there} />
      {drawn.src !== null && (
        <img
          className={css.picture}
          src={drawn.src}
          alt=""
          draggable={false}
          decoding="async"
          data-there={drawn.there}
          onLoad={drawn.onLoad}
          onError={drawn.onError}
        />
      )}
    </>
  );
}

/** A picture that the server has to draw, when its turn has come; the last one stays until then. */
function useDrawn(url: string | null) {
  const [src, setSrc] = useState<string | null>(null);
  const [there, setThere] = useState(false);
  const [tries, setTries] = useState(0);
  const back = useRef<() => void>(() => undefined);
  useEffect(() => {
    if (url === null) {
      setSrc(null);
      setThere(false);
      return;
    }
    let gone = false;
    const wait = setTimeout(
      () =>
        void turn().then((done) => {
          if (gone) {
            done();
            return;
          }
          back.current = done;
          setSrc(tries === 0 ? url : `${url}&try=${tries}`);
        }),
      tries === 0 ? STAY_MS : AGAIN_MS,
    );
    return () => {
      gone = true;
      clearTimeout(wait);
      back.current();
    };
  }, [url, tries]);
  const onLoad = () => {
    back.current();
    setThere(true);
  };
  const onError = () => {
    back.current();
    if (tries < TRIES) setTries(tries + 1);
  };
  return { src, there, onLoad, onError };
}

export type Work = "working" | "failed" | null;

/** What is known of a photo besides its picture. */
export function Marks({ photo, work, quiet }: { photo: SetPhoto; work: Work; quiet?: boolean }): ReactNode {
  return (
    <>
      {photo.flag !== 0 && (
        <span className={classes(css.flag, photo.flag < 0 && css.rejected)} aria-hidden="true">
          {photo.flag > 0 ? <Flag size={12} fill="currentColor" /> : <X size={13} strokeWidth={3} />}
        </span>
      )}
      <span className={css.state} aria-hidden="true">
        {work === "working" && <LoaderCircle size={13} className={css.turning} />}
        {work === "failed" && <CircleAlert size={13} />}
        {work === null && photo.edited && !quiet && <SlidersHorizontal size={12} />}
      </span>
    </>
  );
}

/** Five stars; a click on one gives so many (keys do the same, so they are no stops of Tab). */
export function Stars({ stars }: { stars: number }): ReactNode {
  return (
    <span className={css.stars} aria-hidden="true">
      {[1, 2, 3, 4, 5].map((each) => (
        <span key={each} data-star={each} className={each <= stars ? css.lit : css.unlit}>
          <Star size={12} fill={each <= stars ? "currentColor" : "none"} strokeWidth={1.75} />
        </span>
      ))}
    </span>
  );
}

/** A photo in words, for those who do not see it. */
export function described(t: TFunction, photo: SetPhoto, work: Work): string {
  const parts = [photo.name];
  if (photo.stars > 0) parts.push(t("sets.starsOf", { count: photo.stars }));
  if (photo.flag !== 0) parts.push(t(photo.flag > 0 ? "sets.picked" : "sets.rejected"));
  parts.push(t(photo.edited ? "sets.edited" : "sets.untouched"));
  if (work === "working") parts.push(t("sets.exporting"));
  if (work === "failed") parts.push(t("sets.failed"));
  return parts.join(", ");
}

/** The star that a click hit, or null. */
export function starAt(target: EventTarget): number | null {
  const star = target instanceof Element ? target.closest("[data-star]") : null;
  return star instanceof HTMLElement ? Number(star.dataset["star"]) : null;
}
