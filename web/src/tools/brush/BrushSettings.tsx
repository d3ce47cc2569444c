import { Minus, Plus } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { SwitchLine } from "@/kit/Form";
import { NumberField } from "@/kit/NumberField";
import { Track } from "@/kit/Slider";
import { SIZES, useBrush } from "@/tools/brush/brush-store";
import css from "@/tools/brush/Brush.module.css";

/** How the brush is set: what a stroke does, and the shape of its edge. */
export function BrushSettings(): ReactNode {
  const { t } = useTranslation();
  const brush = useBrush();
  const percent = (share: number) => Math.round(share * 100);
  return (
    <div className={css.section}>
      <Mode />
      <Setting
        name={t("brush.size")}
        value={brush.size}
        place={placeOf(brush.size)}
        min={SIZES.min}
        max={SIZES.max}
        onPlace={(place) => useBrush.setState({ size: sizeAt(place) })}
        onValue={(size) => useBrush.setState({ size: Math.round(size) })}
      />
      <Setting
        name={t("brush.feather")}
        value={percent(brush.feather)}
        place={percent(brush.feather)}
        min={0}
        max={100}
        onPlace={(place) => useBrush.setState({ feather: place / 100 })}
        onValue={(value) => useBrush.setState({ feather: value / 100 })}
      />
      <Setting
        name={t("brush.strength")}
        value={percent(brush.strength)}
        place={percent(brush.strength)}
        min={1}
        max={100}
        onPlace={(place) => useBrush.setState({ strength: place / 100 })}
        onValue={(value) => useBrush.setState({ strength: value / 100 })}
      />
      <SwitchLine
        text={t("brush.edge")}
        note={t("brush.edgeHelp")}
        on={brush.edge}
        onChange={(edge) => useBrush.setState({ edge })}
      />
    </div>
  );
}

/** A small brush needs fine steps, a large one coarse: equal ways on the track are equal ratios. */
function placeOf(size: number): number {
  return (100 * Math.log(size / SIZES.min)) / Math.log(SIZES.max / SIZES.min);
}

function sizeAt(place: number): number {
  return Math.round(SIZES.min * (SIZES.max / SIZES.min) ** (place / 100));
}

function Mode(): ReactNode {
  const { t } = useTranslation();
  const mode = useBrush((s) => s.mode);
  const group = useId();
  return (
    <div className={css.modes} role="radiogroup" aria-label={t("brush.mode")}>
      {(["add", "remove"] as const).map((each) => (
        <label key={each} className={css.mode}>
          <input
            type="radio"
            name={group}
            checked={mode === each}
            onChange={() => useBrush.setState({ mode: each })}
          />
          <span>
            {each === "add" ? <Plus size={14} aria-hidden="true" /> : <Minus size={14} aria-hidden="true" />}
            {t(`brush.${each}`)}
          </span>
        </label>
      ))}
    </div>
  );
}

type SettingProps = {
  name: string;
  value: number;
  /** Of the thumb on its track, 0 to 100. */
  place: number;
  min: number;
  max: number;
  onPlace: (place: number) => void;
  onValue: (value: number) => void;
};

function Setting({ name, value, place, min, max, onPlace, onValue }: SettingProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className={css.setting}>
      <div className={css.settingHead}>
        <span id={id}>{name}</span>
        <NumberField
          label={t("control.number", { name })}
          value={value}
          min={min}
          max={max}
          step={1}
          onPreview={onValue}
          onCommit={onValue}
          onDrop={() => undefined}
        />
      </div>
      <Track
        labelId={id}
        valueText={t("control.value", { name, value, max })}
        value={place}
        min={0}
        max={100}
        step={1}
        origin={0}
        onPreview={onPlace}
        onCommit={onPlace}
      />
    </div>
  );
}
