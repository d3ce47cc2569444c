import { type ReactNode, Suspense, lazy, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue, ColorControl, Tool } from "@/api/catalogue";
import { useHouseColors } from "@/api/guide";
import { helpText, opText } from "@/document/names";
import { valueOf } from "@/document/recipe";
import { dropDraft, shownRecipe, useDocument } from "@/document/store";
import { Tip } from "@/kit/Button";
import { hexOf } from "@/kit/color";
import { setPref, usePrefs } from "@/kit/prefs";
import css from "@/panels/Color.module.css";
import { changer } from "@/panels/ControlRow";

const ColorMixer = lazy(async () => ({ default: (await import("@/panels/ColorMixer")).ColorMixer }));

/** Own colors that are kept at hand. */
const RECENT = 8;

function remember(hex: string): void {
  const { recentColors } = usePrefs.getState();
  setPref({ recentColors: [hex, ...recentColors.filter((other) => other !== hex)].slice(0, RECENT) });
}

type ColorRowProps = { catalogue: Catalogue; tool: Tool; control: ColorControl };

/** A color: prepared ones, the latest own ones, a field for its digits, and a mixer. */
export function ColorRow({ catalogue, tool, control }: ColorRowProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const mixerId = useId();
  const [mixing, setMixing] = useState(false);
  const value = useDocument((s) => String(valueOf(shownRecipe(s), tool, control, s)));
  const name = opText(t, catalogue, tool.op, control.field);
  const change = changer(catalogue, tool, control.field);
  const takeOwn = (hex: string) => {
    change.commit(hex, "drag");
    if (!control.swatches.includes(hex)) remember(hex);
  };
  return (
    <div className={css.color} role="group" aria-labelledby={id} data-control={`${tool.op}.${control.field}`}>
      <div className={css.head}>
        <Tip label={helpText(t, tool.op, control.field, control.help) || name}>
          <span id={id} className={css.label}>
            {name}
          </span>
        </Tip>
        <button
          type="button"
          className={css.chip}
          style={{ backgroundColor: value }}
          aria-label={t("color.mix", { name })}
          aria-expanded={mixing}
          aria-controls={mixerId}
          onClick={() => setMixing(!mixing)}
        />
        <HexField name={name} value={value} onPreview={change.preview} onTake={takeOwn} onDrop={dropDraft} />
      </div>
      <Swatches control={control} name={name} value={value} onPick={(hex) => change.commit(hex, "press")} />
      <div id={mixerId} hidden={!mixing}>
        {mixing && (
          <Suspense fallback={<div className={css.mixerPlace} />}>
            <ColorMixer value={value} onPreview={change.preview} onTake={takeOwn} />
          </Suspense>
        )}
      </div>
    </div>
  );
}

type SwatchesProps = { control: ColorControl; name: string; value: string; onPick: (hex: string) => void };

function Swatches({ control, name, value, onPick }: SwatchesProps): ReactNode {
  const { t } = useTranslation();
  const group = useId();
  const recent = usePrefs((s) => s.recentColors);
  const house = useHouseColors();
  const known = new Set(house.map(([, hex]) => hex));
  const prepared = control.swatches.filter((hex) => !known.has(hex));
  const own = recent.filter((hex) => !control.swatches.includes(hex) && !known.has(hex));
  const swatch = (hex: string, label: string) => (
    <label key={hex} className={css.swatch} style={{ backgroundColor: hex }}>
      <input
        type="radio"
        name={group}
        value={hex}
        aria-label={label}
        checked={hex === value}
        onChange={() => onPick(hex)}
      />
    </label>
  );
  return (
    <div className={css.swatches} role="radiogroup" aria-label={t("color.swatches", { name })}>
      {house.map(([called, hex]) => (
        <Tip key={called} label={called}>
          {swatch(hex, t("color.brand", { name: called, hex }))}
        </Tip>
      ))}
      {house.length > 0 && prepared.length > 0 && <span className={css.rule} />}
      {prepared.map((hex, index) => swatch(hex, t("color.swatch", { number: index + 1, hex })))}
      {own.length > 0 && house.length + prepared.length > 0 && <span className={css.rule} />}
      {own.map((hex) => swatch(hex, t("color.recent", { hex })))}
    </div>
  );
}

type HexProps = {
  name: string;
  value: string;
  onPreview: (hex: string) => void;
  onTake: (hex: string) => void;
  onDrop: () => void;
};

/** The color's digits; a whole color is shown while it is typed, anything else changes nothing. */
function HexField({ name, value, onPreview, onTake, onDrop }: HexProps): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const take = () => {
    const hex = typed === null ? null : hexOf(typed);
    if (hex !== null && typed !== null) onTake(hex);
    else if (typed !== null) onDrop();
    setTyped(null);
  };
  return (
    <input
      className={css.hex}
      type="text"
      autoComplete="off"
      spellCheck={false}
      maxLength={9}
      aria-label={t("color.hex", { name })}
      aria-invalid={typed !== null && hexOf(typed) === null}
      value={typed ?? value}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const hex = hexOf(event.currentTarget.value);
        if (hex !== null) onPreview(hex);
      }}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") take();
        if (event.key !== "Escape" || typed === null) return;
        event.stopPropagation();
        setTyped(null);
        onDrop();
      }}
    />
  );
}
