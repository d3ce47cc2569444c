import { Star } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { presetThumbUrl, usePresets } from "@/api/queries";
import type { Project } from "@/api/types";
import { presetText } from "@/document/names";
import { IconButton, classes } from "@/kit/Button";
import { notify } from "@/kit/notices";
import { starPreset, useFavourites } from "@/panels/own-presets";
import { Picture } from "@/panels/PresetPicture";
import css from "@/panels/PresetsDialog.module.css";

const THUMB = 160;

/** The presets that come with freckle: those with a star stand first in their row. */
export function BuiltInPresets({ project }: { project: Project }): ReactNode {
  const { t } = useTranslation();
  const { data: presets } = usePresets();
  const stars = useFavourites();
  return (
    <section aria-labelledby="built-in-presets">
      <h3 id="built-in-presets" className={css.heading}>
        {t("ownPresets.builtIn")}
      </h3>
      <ul className={css.list}>
        {presets?.map(({ name, label }) => {
          const text = presetText(t, name, label);
          const starred = stars.includes(name);
          return (
            <li key={name} className={css.row}>
              <span className={css.picture}>
                <Picture url={presetThumbUrl(project.id, name, THUMB)} />
              </span>
              <span className={css.given}>{text}</span>
              <IconButton
                label={t("ownPresets.star", { name: text })}
                pressed={starred}
                className={classes(css.star, starred && css.starred)}
                onClick={() => {
                  starPreset(name, !starred).catch(() => notify({ kind: "bad", text: t("save.tryAgain") }));
                }}
              >
                <Star size={16} aria-hidden="true" />
              </IconButton>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
