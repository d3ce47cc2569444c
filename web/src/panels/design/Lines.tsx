import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { NumberField } from "@/kit/NumberField";
import { Track, type Way } from "@/kit/Slider";
import css from "@/panels/design/Design.module.css";

/** A name at the left and its control at the right. */
export function Line({ name, children }: { name: string; children: (id: string) => ReactNode }): ReactNode {
  const id = useId();
  return (
    <div className={css.line}>
      <label htmlFor={id} className={css.lineName}>
        {name}
      </label>
      {children(id)}
    </div>
  );
}

type SliderLineProps = {
  name: string;
  value: number;
  min: number;
  max: number;
  usual: number;
  onChange: (value: number) => void;
  /** Where moving differs from letting go. */
  onCommit?: (value: number, way: Way) => void;
};

/** A slider that belongs to no tool: name, number, track; a double click brings the usual value back. */
export function SliderLine({ name, value, min, max, usual, onChange, onCommit }: SliderLineProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const show = (next: number) => onChange(Math.round(next));
  const take = (next: number, way: Way) => (onCommit ?? onChange)(Math.round(next), way);
  return (
    <div className={css.slider} onDoubleClick={() => take(usual, "press")}>
      <div className={css.sliderHead}>
        <span id={id}>{name}</span>
        <NumberField
          label={t("control.number", { name })}
          value={value}
          min={min}
          max={max}
          step={1}
          onPreview={show}
          onCommit={take}
          onDrop={() => undefined}
        />
      </div>
      <Track
        labelId={id}
        valueText={t("control.value", { name, value, max })}
        value={value}
        min={min}
        max={max}
        step={1}
        origin={min}
        natural={usual}
        onPreview={show}
        onCommit={take}
        onReset={() => take(usual, "press")}
      />
    </div>
  );
}
