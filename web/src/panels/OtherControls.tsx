import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue, ChoiceControl, ColorControl, SwitchControl, Tool } from "@/catalogue/catalogue";
import { shownRecipe, useDocument } from "@/document/store";
import { helpText, opText, optionText } from "@/i18n/names";
import { changer } from "@/panels/ControlRow";
import css from "@/panels/ControlRow.module.css";
import { valueOf } from "@/recipe/recipe";
import { Tip, classes } from "@/ui/Button";
import { Toggle } from "@/ui/Toggle";

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

export function ChoiceRow({ catalogue, tool, control }: RowProps<ChoiceControl>): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const value = useDocument((s) => String(valueOf(shownRecipe(s), tool, control, s)));
  return (
    <div className={classes(css.switchRow, css.sub)} data-control={`${tool.op}.${control.field}`}>
      <label htmlFor={id} className={css.label}>
        {opText(t, catalogue, tool.op, control.field)}
      </label>
      <select
        id={id}
        className={css.select}
        value={value}
        onChange={(event) =>
          changer(catalogue, tool, control.field).commit(event.currentTarget.value, "press")
        }
      >
        {control.options.map((option) => (
          <option key={option} value={option}>
            {optionText(t, option)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The browser's own colour field: reachable by keys, and nothing to load. */
export function ColorRow({ catalogue, tool, control }: RowProps<ColorControl>): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const value = useDocument((s) => String(valueOf(shownRecipe(s), tool, control, s)));
  const name = opText(t, catalogue, tool.op, control.field);
  const { field } = control;

  useEffect(() => {
    const element = input.current;
    if (!element) return;
    // React's onChange is the input event; the end of choosing is the change event.
    const done = () => changer(catalogue, tool, field).commit(element.value, "drag");
    element.addEventListener("change", done);
    return () => element.removeEventListener("change", done);
  }, [catalogue, tool, field]);

  return (
    <div className={classes(css.switchRow, css.sub)} data-control={`${tool.op}.${field}`}>
      <label htmlFor={id} className={css.label}>
        {name}
      </label>
      <input
        ref={input}
        id={id}
        type="color"
        className={css.swatch}
        value={value}
        onChange={(event) => changer(catalogue, tool, field).preview(event.currentTarget.value)}
      />
    </div>
  );
}
