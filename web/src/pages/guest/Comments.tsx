import { MapPin, Trash2 } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { say, unsay } from "@/api/guests";
import type { GuestView, Place, SharedPicture } from "@/api/types";
import { Button, IconButton } from "@/kit/Button";
import { timeAgo } from "@/kit/i18n/format";
import css from "@/pages/guest/Guest.module.css";
import { act } from "@/pages/guest/guest-store";

type CommentsProps = {
  share: GuestView;
  picture: SharedPicture;
  pin: Place | null;
  onPin: (pin: Place | null) => void;
};

/** What was said about a picture, and the way to say more. */
export function Comments({ share, picture, pin, onPin }: CommentsProps): ReactNode {
  const { t, i18n } = useTranslation();
  const id = useId();
  const said = share.comments.filter((comment) => comment.place === picture.place);
  const placed = said.filter((comment) => comment.x !== null);
  const open = share.terms.comments && share.confirmed === null;
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={css.heading}>
        {t("guest.comments")}
      </h3>
      <ol className={css.comments}>
        {said.map((comment) => {
          const number = placed.indexOf(comment) + 1;
          return (
            <li key={comment.id} id={`comment-${comment.id}`} className={css.comment}>
              <p className={css.meta}>
                {number > 0 && <span className={css.number}>{number}</span>}
                <strong>{comment.author ?? t("guest.you")}</strong>
                <span>{timeAgo(Date.parse(comment.created), Date.now(), i18n.language)}</span>
              </p>
              <p className={css.words}>{comment.text}</p>
              {open && comment.author === null && (
                <IconButton
                  label={t("guest.deleteComment")}
                  className={css.delete}
                  onClick={() => void act(unsay(share.id, comment.id))}
                >
                  <Trash2 size={15} aria-hidden="true" />
                </IconButton>
              )}
            </li>
          );
        })}
      </ol>
      {open && <Say share={share} picture={picture} pin={pin} onPin={onPin} />}
    </section>
  );
}

function Say({ share, picture, pin, onPin }: CommentsProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState("");
  const send = async () => {
    if (await act(say(share.id, picture.place, pin, text.trim()))) {
      setText("");
      onPin(null);
    }
  };
  return (
    <form
      className={css.say}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) void send();
      }}
    >
      <label htmlFor={id} className="visually-hidden">
        {t("guest.yourComment")}
      </label>
      <textarea
        id={id}
        className={css.area}
        rows={2}
        maxLength={2000}
        placeholder={t("guest.yourComment")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {pin && (
        <p className={css.note} role="status">
          {t("guest.placeHelp")}
        </p>
      )}
      <div className={css.row}>
        <Button aria-pressed={pin !== null} className={css.tall} onClick={() => onPin(pin ? null : { x: 0.5, y: 0.5 })}>
          <MapPin size={16} aria-hidden="true" />
          {t(pin ? "guest.noPlace" : "guest.place")}
        </Button>
        <Button look="strong" type="submit" className={css.tall} disabled={!text.trim()}>
          {t("guest.send")}
        </Button>
      </div>
    </form>
  );
}
