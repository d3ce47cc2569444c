import { type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { sharedUrl } from "@/api/guests";
import type { Comment, GuestView, Place, SharedPicture } from "@/api/types";
import { classes } from "@/kit/Button";
import css from "@/pages/guest/Guest.module.css";
import { lookAgain } from "@/pages/guest/guest-store";

type CompareProps = {
  share: GuestView;
  picture: SharedPicture;
  /** The place that the next comment is about, while one is chosen. */
  pin: Place | null;
  onPin: (pin: Place) => void;
};

/** Of the picture's width or height, for each press of an arrow key. */
const STEP = 0.02;

/** The picture with the original beside it in one frame: dragged, or moved by keys. */
export function Compare({ share, picture, pin, onPin }: CompareProps): ReactNode {
  const { t } = useTranslation();
  const [split, setSplit] = useState(50);
  const [loaded, setLoaded] = useState(false);
  const wanted = Math.max(window.innerWidth, window.innerHeight) * window.devicePixelRatio;
  const { compare } = share.terms;
  const pins = share.comments.filter((comment) => comment.place === picture.place && comment.x !== null);
  const moved = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = within((event.clientX - box.left) / box.width);
    const y = within((event.clientY - box.top) / box.height);
    if (pin) onPin({ x, y });
    else if (compare) setSplit(Math.round(x * 100));
  };
  return (
    <div className={css.stage}>
      <div
        className={classes(css.frame, pin && css.placing)}
        style={{ "--split": `${split}%` } as CSSProperties}
        data-loaded={loaded}
        onPointerDown={(event) => {
          if (event.button !== 0 || (event.target as HTMLElement).closest("button")) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          moved(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) moved(event);
        }}
      >
        <img
          className={css.after}
          src={sharedUrl(share.id, picture.place, "after", wanted)}
          alt={compare ? t("guest.afterOf", { name: picture.name }) : picture.name}
          draggable={false}
          onLoad={() => setLoaded(true)}
          onError={() => void lookAgain()}
        />
        {compare && (
          <>
            <img
              className={css.before}
              src={sharedUrl(share.id, picture.place, "before", wanted)}
              alt={t("guest.beforeOf", { name: picture.name })}
              draggable={false}
            />
            <span className={css.line} aria-hidden="true" />
            <span className={classes(css.tag, css.left)} aria-hidden="true">
              {t("guest.before")}
            </span>
            <span className={classes(css.tag, css.right)} aria-hidden="true">
              {t("guest.after")}
            </span>
          </>
        )}
        {pins.map((comment, number) => (
          <Pin key={comment.id} comment={comment} number={number + 1} />
        ))}
        {pin && <NewPin pin={pin} onPin={onPin} />}
      </div>
      {compare && (
        <input
          className={css.range}
          type="range"
          min={0}
          max={100}
          value={split}
          aria-label={t("compare.divider")}
          aria-valuetext={t("compare.dividerAt", { percent: split })}
          onChange={(event) => setSplit(Number(event.currentTarget.value))}
        />
      )}
    </div>
  );
}

function Pin({ comment, number }: { comment: Comment; number: number }): ReactNode {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={css.pin}
      style={at({ x: comment.x ?? 0, y: comment.y ?? 0 })}
      aria-label={t("guest.pin", { number, text: comment.text })}
      onClick={() => document.getElementById(`comment-${comment.id}`)?.scrollIntoView({ block: "nearest" })}
    >
      {number}
    </button>
  );
}

/** Where the next comment will stand: tapped, dragged, or moved by the arrow keys. */
function NewPin({ pin, onPin }: { pin: Place; onPin: (pin: Place) => void }): ReactNode {
  const { t } = useTranslation();
  const push = (event: KeyboardEvent) => {
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [];
    if (dx === undefined || dy === undefined) return;
    event.preventDefault();
    onPin({ x: within(pin.x + dx * STEP), y: within(pin.y + dy * STEP) });
  };
  return (
    <button
      type="button"
      className={classes(css.pin, css.newPin)}
      style={at(pin)}
      data-arrows=""
      aria-label={t("guest.newPin")}
      onKeyDown={push}
    >
      +
    </button>
  );
}

function at({ x, y }: Place): CSSProperties {
  return { "--x": `${x * 100}%`, "--y": `${y * 100}%` } as CSSProperties;
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}
