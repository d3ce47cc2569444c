import { Maximize2, RotateCcw } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCatalogue } from "@/api/queries";
import type { Face, Project } from "@/api/types";
import type { Size } from "@/document/affine";
import { finishedSize } from "@/document/cropping";
import { commit, recipeNow, shownRecipe, useDocument } from "@/document/store";
import { TEXTURE, type Upscale, deliveredSize, upscaleOf, withUpscale } from "@/document/upscaling";
import { IconButton, classes } from "@/kit/Button";
import { Segments } from "@/kit/Form";
import { SliderRow } from "@/panels/ControlRow";
import css from "@/panels/Upscale.module.css";
import panelCss from "@/panels/Panel.module.css";
import { UpscaleLook } from "@/panels/UpscaleLook";
import { parsed } from "@/kit/NumberField";

const NOTHING: Upscale = { amount: 0, width: 0, height: 0, print_width: 0, print_height: 0, dpi: 300, texture: TEXTURE };
const MOST = 4;
const LARGEST = 200e6;
const MILLION = 1e6;

type Way = "own" | "2" | "4" | "pixels" | "print";

function wayOf(upscale: Upscale): Way {
  if (upscale.print_width || upscale.print_height) return "print";
  if (upscale.width || upscale.height) return "pixels";
  if (upscale.amount === 0) return "own";
  return upscale.amount > 200 ? "4" : "2";
}

/** What is said where the way to a size is chosen, before anything is typed. */
function started(way: Way, now: Size): Upscale {
  const wide = now.width > now.height;
  if (way === "2") return { ...NOTHING, amount: 100 };
  if (way === "4") return { ...NOTHING, amount: 300 };
  if (way === "pixels") return { ...NOTHING, width: Math.min(40_000, Math.round(now.width * 1.5)) };
  if (way === "print") return { ...NOTHING, print_width: wide ? 40 : 30, print_height: wide ? 30 : 40 };
  return NOTHING;
}

/** How large the finished photo is written, with a look at what comes of it. */
export function UpscalePanel({ project, faces }: { project: Project; faces: Face[] | undefined }): ReactNode {
  const { t } = useTranslation();
  const recipe = useDocument(shownRecipe);
  const now = finishedSize(recipe, project, faces ?? []);
  const upscale = upscaleOf(recipe);
  const size = deliveredSize(recipe, now);
  const way = wayOf(upscale);
  const change = (next: Upscale) => {
    const made = withUpscale(recipeNow(), { ...next, texture: next === NOTHING ? TEXTURE : upscale.texture });
    const { width, height } = deliveredSize(made, now);
    commit(`set upscale.amount ${width}×${height}`, made);
  };
  const factor = size.width / now.width;
  const tooLarge = factor > MOST + 0.001 || size.width * size.height > LARGEST;
  return (
    <div className={panelCss.panel}>
      <header className={panelCss.header}>
        <h2 className={panelCss.title}>{t("upscale.title")}</h2>
        <IconButton label={t("upscale.reset")} onClick={() => change(NOTHING)} disabled={way === "own"}>
          <RotateCcw size={16} aria-hidden="true" />
        </IconButton>
      </header>
      <div className={classes(panelCss.body, css.body, "scrolls")}>
        <Segments
          label={t("download.dimensions")}
          value={way}
          options={[
            { value: "own", text: t("upscale.own") },
            { value: "2", text: "2×" },
            { value: "4", text: "4×" },
            { value: "pixels", text: t("upscale.pixels") },
            { value: "print", text: t("upscale.print") },
          ]}
          onChange={(next) => change(started(next, now))}
        />
        {way === "pixels" && <Pixels upscale={upscale} now={now} onChange={change} />}
        {way === "print" && <Paper upscale={upscale} onChange={change} />}
        <p className={tooLarge ? css.bad : css.size} role={tooLarge ? "alert" : undefined}>
          {t("download.pixels", { width: size.width, height: size.height })}
          <span>{t("upscale.megapixels", { count: Number(((size.width * size.height) / MILLION).toFixed(1)) })}</span>
        </p>
        {tooLarge && <p className={css.bad}>{t("upscale.tooLarge")}</p>}
        {factor > 1 && !tooLarge ? (
          <>
            <Texture />
            <UpscaleLook project={project} recipe={recipe} now={now} faces={faces ?? []} />
          </>
        ) : (
          <p className={css.help}>
            <Maximize2 size={18} aria-hidden="true" />
            {t("upscale.help")}
          </p>
        )}
      </div>
    </div>
  );
}

/** How much of the network's texture is kept where pixels are made up. */
function Texture(): ReactNode {
  const { data: catalogue } = useCatalogue();
  const tool = catalogue?.tools.find((each) => each.op === "upscale");
  const control = tool?.controls.find((each) => each.field === "texture");
  if (!catalogue || !tool || control?.kind !== "slider") return null;
  return <SliderRow catalogue={catalogue} tool={tool} control={control} main={false} />;
}

type PixelsProps = { upscale: Upscale; now: Size; onChange: (next: Upscale) => void };

function Pixels({ upscale, now, onChange }: PixelsProps): ReactNode {
  const { t } = useTranslation();
  const { width, height } = deliveredSize(withUpscale({ steps: [] } as never, upscale), now);
  return (
    <div className={css.sides}>
      <Side label={t("download.width")} unit="px" value={width} onTake={(next) => onChange({ ...NOTHING, width: Math.round(next) })} />
      <span aria-hidden="true">×</span>
      <Side label={t("download.height")} unit="px" value={height} onTake={(next) => onChange({ ...NOTHING, height: Math.round(next) })} />
    </div>
  );
}

function Paper({ upscale, onChange }: { upscale: Upscale; onChange: (next: Upscale) => void }): ReactNode {
  const { t } = useTranslation();
  const { print_width, print_height, dpi } = upscale;
  return (
    <div className={css.sides}>
      <Side label={t("download.width")} unit="cm" value={print_width} onTake={(next) => onChange({ ...upscale, print_width: next })} />
      <span aria-hidden="true">×</span>
      <Side label={t("download.height")} unit="cm" value={print_height} onTake={(next) => onChange({ ...upscale, print_height: next })} />
      <Side
        label={t("download.dpi")}
        unit="dpi"
        value={dpi}
        onTake={(next) => onChange({ ...upscale, dpi: Math.min(2400, Math.max(36, Math.round(next))) })}
      />
    </div>
  );
}

type SideProps = { label: string; unit: string; value: number; onTake: (value: number) => void };

/** A number that counts when the field is left, or with Enter. */
function Side({ label, unit, value, onTake }: SideProps): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const take = () => {
    const number = typed === null ? null : parsed(typed);
    if (number !== null && number >= 1 && number <= 40_000) onTake(number);
    setTyped(null);
  };
  return (
    <label className={css.side}>
      <span className="visually-hidden">{label}</span>
      <input
        type="text"
        inputMode="decimal"
        value={typed ?? value}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === "Enter") take();
        }}
      />
      <span aria-hidden="true">{unit}</span>
    </label>
  );
}
