import { RotateCcw, SlidersHorizontal } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Poster } from "@/api/types";
import { Button, IconButton } from "@/kit/Button";
import { NumberField } from "@/kit/NumberField";
import { Track } from "@/kit/Slider";
import { openPanel } from "@/panels/workbench";
import { LEVEL, type Portrait } from "@/tools/poster/poster";
import css from "@/tools/poster/Poster.module.css";
import { patchPoster } from "@/tools/poster/store";

const FULL = 100;

/** How the portrait lies in its place, and the way back to its retouch. */
export function PhotoForm({ poster }: { poster: Poster }): ReactNode {
  const { t } = useTranslation();
  const portrait = poster.portraits[0] ?? LEVEL;
  const [across, down] = portrait.shift;
  const change = (patch: Partial<Portrait>, key: string | null) =>
    patchPoster({ portraits: [{ ...portrait, ...patch }, ...poster.portraits.slice(1)] }, key);
  const level = portrait.zoom === 1 && across === 0 && down === 0;
  return (
    <section className={css.section} aria-labelledby="poster-photo" data-poster-field="photo">
      <div className={css.sectionHead}>
        <h3 id="poster-photo" className={css.heading}>
          {t("poster.photo")}
        </h3>
        <IconButton label={t("poster.photoReset")} disabled={level} onClick={() => change({ zoom: 1, shift: [0, 0] }, null)}>
          <RotateCcw size={15} aria-hidden="true" />
        </IconButton>
      </div>
      <Amount name={t("poster.zoom")} value={portrait.zoom * FULL} min={50} max={400} rest={100} onChange={(zoom, key) => change({ zoom: zoom / FULL }, key)} />
      <Amount name={t("poster.across")} value={across * FULL} min={-100} max={100} rest={0} onChange={(x, key) => change({ shift: [x / FULL, down] }, key)} />
      <Amount name={t("poster.down")} value={down * FULL} min={-100} max={100} rest={0} onChange={(y, key) => change({ shift: [across, y / FULL] }, key)} />
      <Button className={css.wide} onClick={() => openPanel("retouch")}>
        <SlidersHorizontal size={15} aria-hidden="true" />
        {t("poster.retouch")}
      </Button>
      <p className={css.hint}>{t("poster.retouchHelp")}</p>
    </section>
  );
}

type AmountProps = {
  name: string;
  /** In percent, as the others. */
  value: number;
  min: number;
  max: number;
  rest: number;
  onChange: (value: number, key: string | null) => void;
};

function Amount({ name, value, min, max, rest, onChange }: AmountProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const whole = Math.round(value);
  // All values of a drag are one step: they come with one key.
  const move = (next: number) => onChange(Math.round(next), `photo ${name}`);
  return (
    <div className={css.amount} onDoubleClick={() => onChange(rest, null)}>
      <div className={css.amountHead}>
        <span id={id}>{name}</span>
        <NumberField
          label={t("control.number", { name })}
          value={whole}
          min={min}
          max={max}
          step={1}
          onPreview={move}
          onCommit={move}
          onDrop={() => undefined}
        />
      </div>
      <Track
        labelId={id}
        valueText={`${whole} %`}
        value={whole}
        min={min}
        max={max}
        step={1}
        origin={rest}
        onPreview={move}
        onCommit={move}
        onReset={() => onChange(rest, null)}
      />
    </div>
  );
}
