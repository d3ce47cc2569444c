import { Image, Sparkle } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { saidOf } from "@/api/client";
import { Button } from "@/kit/Button";
import { notify } from "@/kit/notices";
import { BeforeAfter } from "@/pages/home/BeforeAfter";
import css from "@/pages/home/Home.module.css";
import { openSample, pickFiles } from "@/uploads/uploads";

/** Ways to begin: a photo of one's own, or the sample. */
export function CreateNew(): ReactNode {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [opening, setOpening] = useState(false);
  const sample = () => {
    setOpening(true);
    openSample((id) => go(`/edit/${id}`))
      .catch((error: unknown) => {
        notify({ kind: "bad", text: saidOf(error, t("home.noSample")) });
      })
      .finally(() => setOpening(false));
  };
  return (
    <section aria-labelledby="create-new">
      <h2 id="create-new" className={css.heading}>
        {t("home.createNew")}
      </h2>
      <div className={css.create}>
        <button type="button" className={css.image} onClick={pickFiles}>
          <Image size={28} strokeWidth={1.5} aria-hidden="true" />
          <span className={css.imageTitle}>{t("home.image")}</span>
          <span className={`${css.imageHelp ?? ""} ${css.forMouse ?? ""}`}>{t("home.imageHelp")}</span>
          <span className={`${css.imageHelp ?? ""} ${css.forTouch ?? ""}`}>{t("home.imageHelpTouch")}</span>
          <span className={css.formats}>JPEG · PNG · WebP · TIFF · HEIC · AVIF · RAW</span>
        </button>
        <div className={css.sample}>
          <BeforeAfter />
          <Button disabled={opening} onClick={sample}>
            <Sparkle size={16} aria-hidden="true" />
            {t("home.sample")}
          </Button>
        </div>
      </div>
    </section>
  );
}
