import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue, ChoiceControl, SwitchControl, Tool } from "@/api/catalogue";
import { helpText, opText, optionText } from "@/document/names";
import { valueOf } from "@/document/recipe";
import { shownRecipe, useDocument } from "@/document/store";
import { Tip, classes } from "@/kit/Button";
import { Toggle } from "@/kit/Toggle";
import { changer } from "@/panels/ControlRow";
import css from "@/panels/ControlRow.module.css";

type RowProps<C> = { catalogue: Catalogue; tool: Tool; control: C };

export function SwitchRow({ catalogue, tool, control }: RowProps<SwitchControl>): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const on = useDocument((s) => valueOf(shownRecipe(s), tool, control, s) === true);
  const name = opText(t, catalogue, tool.op, control.field);
  return (
    <div className={classes(css.switchRow, css.sub)} data-control={`${tool.op}.${control.field}`}>
      <Tip label={helpText(t, tool.op, control.field, control.help) || name}>
        <span id={id} className={css.label}>
          {name}
        </span>
      </Tip>
      <Toggle
        labelId={id}
        on={on}
        onChange={(next) => changer(catalogue, tool, control.field).commit(next, "press")}
      />
    </div>
  );
}

/** More options than this do not fit side by side. */
const MOST_SEGMENTS = 4;

export function ChoiceRow(props: RowProps<ChoiceControl>): ReactNode {
  return props.control.options.length > MOST_SEGMENTS ? <ListRow {...props} /> : <SegmentsRow {...props} />;
}

function useChoice({ catalogue, tool, control }: RowProps<ChoiceControl>) {
  const { t } = useTranslation();
  return {
    value: useDocument((s) => String(valueOf(shownRecipe(s), tool, control, s))),
    name: opText(t, catalogue, tool.op, control.field),
    take: (value: string) => changer(catalogue, tool, control.field).commit(value, "press"),
    options: control.options.map((value) => ({ value, text: optionText(t, value) })),
  };
}

function SegmentsRow(props: RowProps<ChoiceControl>): ReactNode {
  const { tool, control } = props;
  const group = useId();
  const { value, name, take, options } = useChoice(props);
  return (
    <fieldset className={classes(css.choice, css.sub)} data-control={`${tool.op}.${control.field}`}>
      <legend className={css.legend}>{name}</legend>
      <div className={css.segments}>
        {options.map((option) => (
          <label key={option.value} className={css.segment}>
            <input
              type="radio"
              name={group}
              value={option.value}
              checked={option.value === value}
              onChange={() => take(option.value)}
            />
            <span>{option.text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function ListRow(props: RowProps<ChoiceControl>): ReactNode {
  const { tool, control } = props;
  const id = useId();
  const { value, name, take, options } = useChoice(props);
  return (
    <div className={classes(css.switchRow, css.sub)} data-control={`${tool.op}.${control.field}`}>
      <label htmlFor={id} className={css.label}>
        {name}
      </label>
      <select id={id} className={css.select} value={value} onChange={(event) => take(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
}
