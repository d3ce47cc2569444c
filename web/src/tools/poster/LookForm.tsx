import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Poster, PosterOffer } from "@/api/types";
import { IconButton } from "@/kit/Button";
import { Field, Segments } from "@/kit/Form";
import { HouseColors } from "@/panels/HouseColors";
import { Typefaces } from "@/tools/poster/OwnFiles";
import css from "@/tools/poster/Poster.module.css";
import { patchPoster } from "@/tools/poster/store";

const INKS = ["ink", "paper", "accent"] as const;
const FONTS = ["display", "text"] as const;
/** What the color field opens with where the template's own color stands. */
const START = { ink: "#1a1a1a", paper: "#ffffff", accent: "#c8371e" };

type Props = { poster: Poster; offer: PosterOffer };

/** Colors, typefaces and the ground. */
export function LookForm({ poster, offer }: Props): ReactNode {
  const { t } = useTranslation();
  return (
    <section className={css.section} aria-labelledby="poster-look">
      <h3 id="poster-look" className={css.heading}>
        {t("poster.look")}
      </h3>
      <Segments
        label={t("poster.colors")}
        value={poster.colors === "brand" ? "template" : poster.colors}
        options={[
          { value: "template", text: t("poster.ofTemplate") },
          { value: "picture", text: t("poster.ofPicture") },
        ]}
        onChange={(colors) => patchPoster({ colors })}
      />
      <Colors poster={poster} />
      {FONTS.map((slot) => (
        <Field key={slot} label={t(`poster.font_${slot}`)}>
          {(id) => (
            <select
              id={id}
              className={css.input}
              value={poster.brand[slot] ?? ""}
              onChange={(event) => patchPoster({ brand: { ...poster.brand, [slot]: event.currentTarget.value || null } })}
            >
              <Typefaces offer={offer} />
            </select>
          )}
        </Field>
      ))}
      <Segments
        label={t("poster.ground")}
        value={poster.ground}
        options={[
          { value: "template", text: t("poster.ofTemplate") },
          { value: "keep", text: t("poster.keep") },
          { value: "remove", text: t("poster.remove") },
        ]}
        onChange={(ground) => patchPoster({ ground })}
      />
    </section>
  );
}

/** Colors of one's own, which go before the template's. */
function Colors({ poster }: { poster: Poster }): ReactNode {
  const { t } = useTranslation();
  const change = (name: (typeof INKS)[number], value: string | null) =>
    patchPoster({ brand: { ...poster.brand, [name]: value } }, value === null ? null : `color ${name}`);
  return (
    <fieldset className={css.colors}>
      <legend className={css.legend}>{t("poster.brand")}</legend>
      {INKS.map((name) => {
        const value = poster.brand[name] ?? null;
        return (
          <div key={name} className={css.color}>
            <label className={css.colorName}>
              <span className={css.swatch} data-own={value ? "" : undefined} style={value ? { backgroundColor: value } : undefined}>
                <input
                  type="color"
                  value={value ?? START[name]}
                  onChange={(event) => change(name, event.currentTarget.value)}
                />
              </span>
              {t(`poster.color_${name}`)}
              <span className={css.colorValue}>{value ?? t("poster.ofTemplate")}</span>
            </label>
            <IconButton
              label={t("poster.resetColor", { name: t(`poster.color_${name}`) })}
              disabled={value === null}
              onClick={() => change(name, null)}
            >
              <X size={15} aria-hidden="true" />
            </IconButton>
            <HouseColors value={value} onPick={(hex) => change(name, hex)} />
          </div>
        );
      })}
    </fieldset>
  );
}
