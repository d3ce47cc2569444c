import { Pipette } from "lucide-react";
import { type CSSProperties, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/kit/Button";
import { type Hsl, hexOf, toHex, toHsl } from "@/kit/color";
import css from "@/panels/Color.module.css";

type MixerProps = { value: string; onPreview: (hex: string) => void; onTake: (hex: string) => void };

/** Not in every browser: picks a color anywhere on the screen, so also from the photo. */
type Dropper = { open: () => Promise<{ sRGBHex: string }> };
const EyeDropper = (window as { EyeDropper?: new () => Dropper }).EyeDropper;

const PARTS = [
  { part: "h", max: 360 },
  { part: "s", max: 100 },
  { part: "l", max: 100 },
] as const;

/** Mixes a color by hue, saturation and lightness: three range inputs, for hands and for keys. */
export function ColorMixer({ value, onPreview, onTake }: MixerProps): ReactNode {
  const { t } = useTranslation();
  // Grays and whole steps lose the hue, so it is kept here while the color is still this one.
  const [kept, setKept] = useState<Hsl>(() => toHsl(value));
  const mix = toHex(kept) === value ? kept : toHsl(value);
  const moved = (part: keyof Hsl, to: number) => {
    const next = { ...mix, [part]: to };
    setKept(next);
    onPreview(toHex(next));
  };
  const pick = () => {
    if (!EyeDropper) return;
    // Closing the dropper without a color is a rejection, and no fault.
    new EyeDropper().open().then(
      ({ sRGBHex }) => {
        const hex = hexOf(sRGBHex);
        if (hex) onTake(hex);
      },
      () => undefined,
    );
  };
  return (
    <div className={css.mixer}>
      {PARTS.map(({ part, max }) => (
        <Part
          key={part}
          part={part}
          max={max}
          mix={mix}
          onMove={(to) => moved(part, to)}
          onEnd={(to) => onTake(toHex({ ...mix, [part]: to }))}
        />
      ))}
      {EyeDropper && (
        <Button look="quiet" className={css.pick} onClick={pick}>
          <Pipette size={14} aria-hidden="true" />
          {t("color.pick")}
        </Button>
      )}
    </div>
  );
}

type PartProps = {
  part: keyof Hsl;
  max: number;
  mix: Hsl;
  onMove: (to: number) => void;
  onEnd: (to: number) => void;
};

function Part({ part, max, mix, onMove, onEnd }: PartProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const end = useRef(onEnd);
  end.current = onEnd;
  useEffect(() => {
    const element = input.current;
    if (!element) return;
    // React's onChange is the input event; the end of a move is the change event.
    const done = () => end.current(Number(element.value));
    element.addEventListener("change", done);
    return () => element.removeEventListener("change", done);
  }, []);
  const value = Math.round(mix[part]);
  return (
    <div className={css.part}>
      <label htmlFor={id} className={css.partName}>
        {t(`color.${part}`)}
      </label>
      <input
        ref={input}
        id={id}
        className={css.range}
        type="range"
        min={0}
        max={max}
        value={value}
        style={{ "--ramp": ramp(part, mix) } as CSSProperties}
        onChange={(event) => onMove(Number(event.currentTarget.value))}
      />
      <span className={css.partValue} aria-hidden="true">
        {value}
      </span>
    </div>
  );
}

/** The colors that one range goes through while the two others rest. */
function ramp(part: keyof Hsl, mix: Hsl): string {
  const stops = part === "h" ? [0, 60, 120, 180, 240, 300, 360] : [0, 50, 100];
  return `linear-gradient(90deg, ${stops.map((stop) => toHex({ ...mix, [part]: stop })).join()})`;
}
