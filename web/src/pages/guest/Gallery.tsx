import { MessageSquare } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { sharedUrl } from "@/api/guests";
import type { GuestView } from "@/api/types";
import { Decide } from "@/pages/guest/Decide";
import css from "@/pages/guest/Guest.module.css";

const THUMB = 640;
/** Pictures that the first screen of a phone shows. */
const AT_ONCE = 4;

/** All pictures of a link, each to be opened or decided on at once. */
export function Gallery({ share, onOpen }: { share: GuestView; onOpen: (picture: number) => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <ul className={css.grid} aria-label={t("guest.pictures")}>
      {share.pictures.map((picture, index) => {
        const said = share.comments.filter((comment) => comment.place === picture.place).length;
        return (
          <li key={picture.place} className={css.cell} data-decision={picture.decision ?? undefined}>
            <button type="button" className={css.thumb} onClick={() => onOpen(index)}>
              <img src={sharedUrl(share.id, picture.place, "after", THUMB)} alt={t("guest.openPicture", { name: picture.name })} loading={index < AT_ONCE ? "eager" : "lazy"} />
            </button>
            <div className={css.caption}>
              <span className={css.name}>{picture.name}</span>
              {said > 0 && (
                <span className={css.count}>
                  <MessageSquare size={14} aria-hidden="true" />
                  <span aria-hidden="true">{said}</span>
                  <span className="visually-hidden">{t("guest.commentCount", { count: said })}</span>
                </span>
              )}
            </div>
            <Decide share={share} picture={picture} />
          </li>
        );
      })}
    </ul>
  );
}
