import { type KeyboardEvent, type ReactNode, useState } from "react";
import { minus } from "@/kit/i18n/format";
import css from "@/kit/NumberField.module.css";
import type { Way } from "@/kit/Slider";

type NumberFieldProps = {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  disabled?: boolean;
  onPreview: (value: number) => void;
  onCommit: (value: number, way: Way) => void;
  onDrop: () => void;
  /** Left out by Tab where something beside it leads here. */
  passed?: boolean;
  /** Told what was typed beyond the ends, in place of which the end is taken. */
  onBeyond?: (wanted: number) => void;
};

/** The number of what was typed, or null; a comma and a true minus sign count too. */
export function parsed(text: string): number | null {
  const plain = text.trim().replace("−", "-").replace(",", ".").replace(/[%\s]/g, "");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain)) return null;
  return Number(plain);
}

/** A number that can be typed over: nothing is rewritten while a person types. */
export function NumberField(props: NumberFieldProps): ReactNode {
  const { value, min, max, step } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const clamp = (number: number) => Math.min(max, Math.max(min, number));

  const take = () => {
    const number = typed === null ? null : parsed(typed);
    setTyped(null);
    if (typed === null) return;
    if (number === null) props.onDrop();
    else {
      if (number !== clamp(number)) props.onBeyond?.(number);
      props.onCommit(clamp(number), "press");
    }
  };

  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (direction !== undefined) {
      event.preventDefault();
      setTyped(null);
      props.onCommit(clamp(value + direction * step * (event.shiftKey ? 10 : 1)), "keys");
    } else if (event.key === "Enter") {
      take();
      event.currentTarget.select();
    } else if (event.key === "Escape" && typed !== null) {
      event.stopPropagation();
      setTyped(null);
      props.onDrop();
    }
  };

  return (
    <input
      className={css.field}
      data-number=""
      tabIndex={props.passed ? -1 : undefined}
      type="text"
      inputMode={min < 0 ? "text" : "decimal"}
      autoComplete="off"
      spellCheck={false}
      aria-label={props.label}
      disabled={props.disabled}
      value={typed ?? shown(value)}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const number = parsed(event.currentTarget.value);
        if (number !== null && number >= min && number <= max) props.onPreview(number);
      }}
      onBlur={take}
      onKeyDown={keys}
    />
  );
}

/** A number with a true minus sign. */
export function shown(value: number): string {
  return minus(String(Number(value.toFixed(2))));
}
