import { Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Poster, PosterOffer } from "@/api/types";
import { Button } from "@/kit/Button";
import { word } from "@/kit/i18n/word";
import { parsed } from "@/kit/NumberField";
import { boardOf } from "@/tools/poster/poster";
import css from "@/tools/poster/Poster.module.css";
import { patchPoster, usePoster } from "@/tools/poster/store";

const MOST = 24;
const LIMITS = { px: [64, 20_000], mm: [20, 1200] } as const;
type Unit = keyof typeof LIMITS;

export function sizeText(t: Parameters<typeof word>[0], name: string): string {
  if (/^\d/.test(name)) return name.replace("x", " × ").replace(/(px|mm)$/, " $1");
  return word(t, `poster.sizes.${name}`, name.toUpperCase());
}

export function measureText(offer: PosterOffer, name: string): string {
  const board = boardOf(offer, name);
  return board ? `${board.width} × ${board.height} ${board.unit}` : "";
}

/** The sizes that the poster is made in: each is laid out anew. */
export function SizesForm({ poster, offer }: { poster: Poster; offer: PosterOffer }): ReactNode {
  const { t } = useTranslation();
  const own = poster.sizes.filter((name) => !offer.sizes.some((size) => size.name === name));
  const names = [...offer.sizes.map((size) => size.name), ...own];
  const toggle = (name: string) => {
    const on = poster.sizes.includes(name);
    const sizes = on ? poster.sizes.filter((each) => each !== name) : [...poster.sizes, name].slice(0, MOST);
    // A poster has at least one size.
    if (sizes.length === 0) return;
    patchPoster({ sizes });
    if (!on) usePoster.setState({ size: name });
  };
  return (
    <section className={css.section} aria-labelledby="poster-sizes">
      <h3 id="poster-sizes" className={css.heading}>
        {t("poster.sizesTitle")}
      </h3>
      <p className={css.hint}>{t("poster.sizesHelp")}</p>
      <div className={css.sizes} role="group" aria-labelledby="poster-sizes">
        {names.map((name) => (
          <button
            key={name}
            type="button"
            className={css.size}
            aria-pressed={poster.sizes.includes(name)}
            onClick={() => toggle(name)}
          >
            <span>{sizeText(t, name)}</span>
            {!own.includes(name) && <small>{measureText(offer, name)}</small>}
          </button>
        ))}
      </div>
      <OwnSize poster={poster} />
    </section>
  );
}

function OwnSize({ poster }: { poster: Poster }): ReactNode {
  const { t } = useTranslation();
  const [width, setWidth] = useState("");
  const [height, setHeight] = useState("");
  const [unit, setUnit] = useState<Unit>("mm");
  const [least, most] = LIMITS[unit];
  const [w, h] = [parsed(width), parsed(height)];
  const fits = (side: number | null) => side !== null && side >= least && side <= most;
  const good = fits(w) && fits(h);
  const add = () => {
    const name = `${w}x${h}${unit}`;
    if (!poster.sizes.includes(name)) patchPoster({ sizes: [...poster.sizes, name].slice(0, MOST) });
    usePoster.setState({ size: name });
    setWidth("");
    setHeight("");
  };
  return (
    <form
      className={css.own}
      aria-label={t("poster.ownSize")}
      onSubmit={(event) => {
        event.preventDefault();
        if (good) add();
      }}
    >
      <input className={css.input} inputMode="decimal" aria-label={t("download.width")} placeholder={t("download.width")} value={width} onChange={(event) => setWidth(event.currentTarget.value)} />
      <span aria-hidden="true">×</span>
      <input className={css.input} inputMode="decimal" aria-label={t("download.height")} placeholder={t("download.height")} value={height} onChange={(event) => setHeight(event.currentTarget.value)} />
      <select className={css.input} aria-label={t("download.unit")} value={unit} onChange={(event) => setUnit(event.currentTarget.value as Unit)}>
        <option value="mm">mm</option>
        <option value="px">px</option>
      </select>
      <Button type="submit" disabled={!good} aria-label={t("poster.addSize")}>
        <Plus size={15} aria-hidden="true" />
      </Button>
      {(width || height) && !good && <p className={css.hint}>{t("poster.sizeLimits", { least, most, unit })}</p>}
    </form>
  );
}
