import { RectangleHorizontal, RectangleVertical } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ratioOf } from "@/document/crop";
import { IconButton, classes } from "@/kit/Button";
import panelCss from "@/panels/Panel.module.css";
import { swapped, swappedText, withHead, withRatio } from "@/tools/crop/changes";
import css from "@/tools/crop/Crop.module.css";
import { type Cropping, kept, take } from "@/tools/crop/crop-store";
import { FORMATS, type Format } from "@/tools/crop/formats";

/** Formats by what they are for; a person who knows the numbers finds them on the chips. */
export function Formats({ at }: { at: Cropping }): ReactNode {
  const { t } = useTranslation();
  const { edges } = at;
  const lying = edges.right - edges.left > edges.bottom - edges.top;
  const Swap = lying ? RectangleVertical : RectangleHorizontal;
  const swap = () => {
    const { crop, photo, heads } = kept();
    take("ratio", swapped(crop, photo, heads));
  };
  return (
    <section className={css.section}>
      <div className={css.sectionHead}>
        <h3>{t("crop.format")}</h3>
        <IconButton label={t("crop.swap")} onClick={swap}>
          <Swap size={17} aria-hidden="true" />
        </IconButton>
      </div>
      {(["screen", "id", "print"] as const).map((group) => (
        <div key={group} className={css.formats} role="group" aria-label={t(`crop.groups.${group}`)}>
          {group !== "screen" && <span className={css.groupName}>{t(`crop.groups.${group}`)}</span>}
          {FORMATS[group].map((format) => (
            <Chip key={format.ratio} format={format} at={at} lying={lying} />
          ))}
        </div>
      ))}
    </section>
  );
}

type ChipProps = { format: Format; at: Cropping; lying: boolean };

function Chip({ format, at, lying }: ChipProps): ReactNode {
  const { t } = useTranslation();
  const { crop } = at;
  const on = isOn(format, at);
  const ratio = on ? crop.ratio : format.either && lying ? swappedText(format.ratio) : format.ratio;
  const text = format.name ? t(`crop.formats.${format.name}`) : format.either ? ratio.replace(":", " × ") : ratio;
  const pick = () => {
    const now = kept();
    const next = withRatio(format.head === undefined ? now.crop : withHead(now.crop, format.head), ratio, now.photo, now.heads);
    take("ratio", next);
  };
  return (
    <button type="button" className={classes(panelCss.chip, css.chip)} aria-pressed={on} onClick={pick}>
      <Shape ratio={ratioOf(ratio, at.around)} />
      {text}
    </button>
  );
}

function isOn({ ratio, either, head }: Format, { crop, around }: Cropping): boolean {
  const own = ratio === "original" ? `${around.width}:${around.height}` : ratio;
  const turns = either ?? (ratio === "original" || head !== undefined);
  return crop.ratio === ratio || (turns && own !== "free" && crop.ratio === swappedText(own));
}

const SHAPE = 12;

/** The format drawn small; a free one has no shape. */
function Shape({ ratio }: { ratio: number | null }): ReactNode {
  const wide = ratio === null ? SHAPE : Math.min(SHAPE, SHAPE * ratio);
  const tall = ratio === null ? SHAPE : Math.min(SHAPE, SHAPE / ratio);
  const size = { width: Math.round(wide), height: Math.round(tall) } as CSSProperties;
  return <span className={css.shape} style={size} data-free={ratio === null ? "" : undefined} aria-hidden="true" />;
}
