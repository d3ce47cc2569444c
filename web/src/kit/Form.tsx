import { type ReactNode, useId } from "react";
import css from "@/kit/Form.module.css";
import { Toggle } from "@/kit/Toggle";

type ChoiceProps<T extends string> = {
  label: string;
  /** Whether only screen readers are told the label. */
  hidden?: boolean;
  value: T;
  options: readonly { value: T; text: string; note?: string }[];
  onChange: (value: T) => void;
};

/** A few options side by side: radio buttons that look like one switch. */
export function Segments<T extends string>(props: ChoiceProps<T>): ReactNode {
  const name = useId();
  return (
    <fieldset className={css.fieldset}>
      <legend className={props.hidden ? "visually-hidden" : css.legend}>{props.label}</legend>
      <div className={css.segments}>
        {props.options.map(({ value, text }) => (
          <label key={value} className={css.segment}>
            <input
              type="radio"
              name={name}
              value={value}
              checked={props.value === value}
              onChange={() => props.onChange(value)}
            />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Options below each other, each with a sentence. */
export function Radios<T extends string>(props: ChoiceProps<T>): ReactNode {
  const name = useId();
  return (
    <fieldset className={css.fieldset}>
      <legend className={css.legend}>{props.label}</legend>
      {props.options.map(({ value, text, note }) => (
        <label key={value} className={css.radio}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={props.value === value}
            onChange={() => props.onChange(value)}
          />
          <span>
            {text}
            {note && <small>{note}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

type SwitchLineProps = { text: string; note?: string; on: boolean; onChange: (on: boolean) => void };

export function SwitchLine({ text, note, on, onChange }: SwitchLineProps): ReactNode {
  const id = useId();
  return (
    <div className={css.line}>
      <span className={css.lineText}>
        <span id={id}>{text}</span>
        {note && <small>{note}</small>}
      </span>
      <Toggle labelId={id} on={on} onChange={onChange} />
    </div>
  );
}

export function Field({ label, children }: { label: string; children: (id: string) => ReactNode }): ReactNode {
  const id = useId();
  return (
    <div className={css.fieldset}>
      <label htmlFor={id} className={css.legend}>
        {label}
      </label>
      {children(id)}
    </div>
  );
}
