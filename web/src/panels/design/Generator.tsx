import { CircleStop, ImagePlus } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useGenerator } from "@/api/generations";
import { Button } from "@/kit/Button";
import css from "@/panels/design/Design.module.css";
import { useDesign } from "@/panels/design/design-store";
import { generatePictures, stopGenerating, takeMade, useGenerating } from "@/panels/design/generating";
import { TroubleNote } from "@/panels/design/TroubleNote";

/** Pictures from words, where a generator is set up; else one sentence. */
export function Generator(): ReactNode {
  const { t } = useTranslation();
  const name = useGenerator();
  const says = useDesign((s) => s.prompt.trim() !== "");
  const share = useGenerating((s) => s.share);
  if (name === undefined) return null;
  if (name === null) return <p className={css.note}>{t("generator.none")}</p>;
  return (
    <section className={css.generator} aria-label={t("generator.title")}>
      {share === null ? (
        <Button disabled={!says} onClick={() => void generatePictures()}>
          <ImagePlus size={16} aria-hidden="true" />
          {t("generator.generate")}
        </Button>
      ) : (
        <>
          <Button onClick={stopGenerating}>
            <CircleStop size={16} aria-hidden="true" />
            {t("generator.cancel")}
          </Button>
          <progress className={css.progress} max={1} value={share} aria-label={t("generator.working")} />
        </>
      )}
      <Pictures />
      <p className={css.note}>{t("generator.help", { name })}</p>
    </section>
  );
}

function Pictures(): ReactNode {
  const { t } = useTranslation();
  const project = useDesign((s) => s.project);
  const { made, trouble, project: whose } = useGenerating();
  if (whose !== project) return null;
  return (
    <>
      {trouble && <TroubleNote trouble={trouble} again={null} />}
      {made.length > 0 && (
        <ul className={css.candidates} aria-label={t("generator.pictures")}>
          {made.map((each, index) => {
            const name = t("generator.picture", { number: index + 1 });
            return (
              <li key={each.id} className={css.candidate}>
                <button type="button" className={css.tile} data-made="" onClick={() => void takeMade(each, name)}>
                  <span className={css.picture} data-made-picture="">
                    <img src={each.picture} alt="" draggable={false} />
                  </span>
                  <span className={css.name}>{t("generator.take", { name })}</span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
