import { ChevronLeft, ChevronRight, Download, LayoutGrid } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { sharedFile } from "@/api/guests";
import type { GuestView, Place, SharedPicture } from "@/api/types";
import { Button, IconButton } from "@/kit/Button";
import { saveBlob } from "@/kit/save-blob";
import { Comments } from "@/pages/guest/Comments";
import { Compare } from "@/pages/guest/Compare";
import { Decide } from "@/pages/guest/Decide";
import { Facts } from "@/pages/guest/Facts";
import css from "@/pages/guest/Guest.module.css";
import { act } from "@/pages/guest/guest-store";

type PicturePageProps = { share: GuestView; picture: SharedPicture; onOpen: (picture: number | null) => void };

/** One picture, large: before and after, what was changed, what was said, the decision. */
export function PicturePage({ share, picture, onOpen }: PicturePageProps): ReactNode {
  const { t } = useTranslation();
  const [pin, setPin] = useState<Place | null>(null);
  const index = share.pictures.indexOf(picture);
  const several = share.pictures.length > 1;
  useArrows(index, share.pictures.length, onOpen);
  const save = async () => {
    saveBlob(await sharedFile(share.id, picture.place), `${picture.name.replace(/\.[^.]*$/, "")}.jpg`);
  };
  return (
    <article className={css.picture} aria-label={picture.name}>
      {several && (
        <nav className={css.steps} aria-label={t("guest.pictures")}>
          <Button onClick={() => onOpen(null)}>
            <LayoutGrid size={16} aria-hidden="true" />
            {t("guest.all")}
          </Button>
          <span className={css.where}>
            {t("guest.where", { number: index + 1, count: share.pictures.length })}
          </span>
          <IconButton label={t("guest.previous")} disabled={index === 0} onClick={() => onOpen(index - 1)}>
            <ChevronLeft size={18} aria-hidden="true" />
          </IconButton>
          <IconButton
            label={t("guest.next")}
            disabled={index === share.pictures.length - 1}
            onClick={() => onOpen(index + 1)}
          >
            <ChevronRight size={18} aria-hidden="true" />
          </IconButton>
        </nav>
      )}
      <div className={css.columns}>
        <Compare share={share} picture={picture} pin={pin} onPin={setPin} />
        <div className={css.beside}>
          <h2 className={css.pictureName}>{picture.name}</h2>
          <Decide share={share} picture={picture} />
          {share.terms.download && (
            <Button className={css.tall} onClick={() => void act(save())}>
              <Download size={16} aria-hidden="true" />
              {t("guest.save")}
            </Button>
          )}
          {share.terms.report && <Facts share={share.id} place={picture.place} />}
          {(share.terms.comments || share.comments.length > 0) && (
            <Comments share={share} picture={picture} pin={pin} onPin={setPin} />
          )}
        </div>
      </div>
    </article>
  );
}

/** The arrow keys turn the pages, unless they have something else to do. */
function useArrows(index: number, count: number, onOpen: (picture: number) => void): void {
  useEffect(() => {
    const turn = (event: KeyboardEvent) => {
      const busy = event.target instanceof HTMLElement && event.target.closest("input, textarea, [data-arrows], [role=dialog]");
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (busy || step === undefined || event.altKey || event.metaKey || event.ctrlKey) return;
      const next = index + step;
      if (next >= 0 && next < count) onOpen(next);
    };
    window.addEventListener("keydown", turn);
    return () => window.removeEventListener("keydown", turn);
  }, [index, count, onOpen]);
}
