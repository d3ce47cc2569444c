import { Eye, EyeOff, Lock, RotateCcw, UserRound, UserRoundX } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { type Catalogue, type SliderControl, type Tool, snapped } from "@/api/catalogue";
import type { Recipe, Value } from "@/api/types";
import { current } from "@/document/history";
import { helpText, opText } from "@/document/names";
import { usePersonName } from "@/document/people";
import {
  type Where,
  areaOf,
  hasOwn,
  isShown,
  ownersOf,
  stopped,
  valueOf,
  withShown,
  withValue,
  withoutOwn,
  withoutTools,
} from "@/document/recipe";
import { commit, dropDraft, preview, shownRecipe, useDocument } from "@/document/store";
import { IconButton, Tip, classes } from "@/kit/Button";
import { NumberField, shown } from "@/kit/NumberField";
import { Track, type Way } from "@/kit/Slider";
import css from "@/panels/ControlRow.module.css";
import { type Said, useStops } from "@/panels/stops";

type SliderRowProps = {
  catalogue: Catalogue;
  tool: Tool;
  control: SliderControl;
  /** Whether this slider stands for its tool and carries the eye switch. */
  main: boolean;
  extra?: ReactNode;
};

function committed(): Recipe {
  return current(useDocument.getState().history).recipe;
}

function where(): Where {
  const { area, person } = useDocument.getState();
  return { area, person };
}

/** Tools that a lock keeps still: the engine leaves them out while it is on. */
const HELD_BY: Record<string, "skin_tone"> = { skin_lightness: "skin_tone" };

function heldBack(recipe: Recipe, tool: Tool): boolean {
  const lock = HELD_BY[tool.op];
  return lock !== undefined && recipe.locks[lock];
}

/** Changes one control of a tool: shown at once, a step when the hand lets go. */
export function changer(catalogue: Catalogue, tool: Tool, field: string) {
  const control = tool.controls.find((each) => each.field === field);
  const next = (value: Value): { label: string; recipe: Recipe; value: Value } | null => {
    if (!control) return null;
    const base = committed();
    const within = stopped(control, value, base.locks.natural);
    const recipe = withValue(base, catalogue.tools, tool, control, within, where());
    const told = Array.isArray(within) ? "redrawn" : within;
    return { label: `set ${tool.op}.${field} ${told}`, recipe, value: within };
  };
  const key = (way: Way) => {
    const { area, person } = where();
    return `${way} ${tool.op}.${field}/${areaOf(tool, area)}/${person ?? ""}`;
  };
  return {
    preview: (value: Value) => {
      const made = next(value);
      if (made) preview(made.label, made.recipe);
    },
    commit: (value: Value, way: Way) => {
      const made = next(value);
      if (made) commit(made.label, made.recipe, way === "drag" ? null : key(way));
    },
  };
}

/** One slider: name, number, track; a double click anywhere on it brings the default back. */
export function SliderRow({ catalogue, tool, control, main, extra }: SliderRowProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  // Each row listens to its own numbers only, so that a drag renders one row.
  const value = useDocument((s) => Number(valueOf(shownRecipe(s), tool, control, s)));
  const visible = useDocument((s) => isShown(shownRecipe(s), tool, s));
  const locked = useDocument((s) => shownRecipe(s).locks.natural);
  const name = opText(t, catalogue, tool.op, control.field);
  const change = changer(catalogue, tool, control.field);
  const held = useDocument((s) => heldBack(shownRecipe(s), tool));
  const dirty = value !== control.default;
  const help = helpText(t, tool.op, control.field, main ? control.help || tool.summary : control.help);
  const [stop, told] = useStops(control, name, locked);
  const preview = (next: number) => {
    told(next);
    change.preview(snapped(control, next));
  };
  const take = (next: number, way: Way) => {
    told(next);
    change.commit(snapped(control, next), way);
  };
  const reset = () => {
    if (!held) change.commit(control.default, "press");
  };
  const text = t("control.value", { name, value: shown(value), max: control.max });

  const resetFromRow = (event: React.MouseEvent) => {
    if (event.target instanceof Element && event.target.closest("button, input[type=text]")) return;
    reset();
  };

  return (
    <div
      className={classes(css.row, !main && css.sub, !visible && css.hidden)}
      data-control={`${tool.op}.${control.field}`}
      onDoubleClick={resetFromRow}
      onKeyDown={fromSlider}
    >
      <div className={css.head}>
        {main && <EyeSwitch catalogue={catalogue} tool={tool} name={name} visible={visible} />}
        <Tip label={held ? t("control.held") : help || name}>
          <span id={id} className={css.name}>
            {name}
          </span>
        </Tip>
        {dirty && <span className={css.dot} aria-hidden="true" />}
        {main && <OwnMark tool={tool} name={name} />}
        {extra}
        <span className={css.gap} />
        {dirty && (
          <IconButton label={t("control.reset", { name })} className={css.small} tabIndex={-1} onClick={reset}>
            <RotateCcw size={13} aria-hidden="true" />
          </IconButton>
        )}
        <NumberField
          label={t("control.number", { name })}
          value={value}
          min={control.min}
          max={control.max}
          step={control.step}
          disabled={held}
          passed
          onPreview={preview}
          onCommit={take}
          onDrop={dropDraft}
          onBeyond={told}
        />
      </div>
      <Track
        labelId={id}
        valueText={text}
        value={value}
        min={control.min}
        max={control.max}
        step={control.step}
        origin={control.default}
        natural={control.natural === 0 ? undefined : control.natural}
        cap={locked ? control.cap : undefined}
        floor={locked ? control.floor : undefined}
        disabled={held}
        onPreview={preview}
        onCommit={take}
        onReset={reset}
      />
      <StopNote stop={stop} />
    </div>
  );
}

/** A row is one stop of Tab, its slider: digits and Enter lead to the number, space to the eye. */
function fromSlider(event: React.KeyboardEvent<HTMLElement>): void {
  const { key, target, currentTarget: row } = event;
  const isSlider = target instanceof HTMLInputElement && target.type === "range";
  if (!isSlider || event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === " ") {
    event.preventDefault();
    row.querySelector<HTMLElement>("[data-eye]")?.click();
  } else if (key === "Enter" || /^[0-9,.]$/.test(key)) {
    if (key === "Enter") event.preventDefault();
    // What is typed falls into the field: it has the focus, all selected, before the key is done.
    row.querySelector<HTMLElement>("[data-number]")?.focus();
    event.stopPropagation();
  }
}

/** Why the slider goes no further. */
function StopNote({ stop }: { stop: Said | null }): ReactNode {
  if (!stop) return null;
  return (
    <p className={css.stop}>
      {stop.lock && <Lock size={12} aria-hidden="true" />}
      {stop.text}
    </p>
  );
}

type OwnProps = { tool: Tool; name: string };

/** Says that people have own values: of the chosen person a button takes them back. */
export function OwnMark({ tool, name }: OwnProps): ReactNode {
  const { t, i18n } = useTranslation();
  const own = useDocument((s) => hasOwn(shownRecipe(s), tool, s));
  const owners = useDocument((s) => ownersOf(shownRecipe(s), tool, s).join());
  const nameOf = usePersonName();
  const person = useDocument((s) => s.person);
  if (own && person !== null) {
    const back = () => commit(`own ${tool.op}`, withoutOwn(committed(), [tool], person));
    return (
      <IconButton
        label={t("people.backToEveryone", { name, person: nameOf(person) })}
        className={css.small}
        data-own={tool.op}
        onClick={back}
      >
        <UserRoundX size={13} aria-hidden="true" />
      </IconButton>
    );
  }
  if (owners === "") return null;
  const names = new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(owners.split(",").map(nameOf));
  return (
    <Tip label={t("people.ownValues", { names })}>
      <span className={css.owners} role="img" aria-label={t("people.ownValues", { names })} data-owners={tool.op}>
        <UserRound size={12} aria-hidden="true" />
      </span>
    </Tip>
  );
}

type EyeProps = { catalogue: Catalogue; tool: Tool; name: string; visible: boolean };

function EyeSwitch({ catalogue, tool, name, visible }: EyeProps): ReactNode {
  const { t } = useTranslation();
  const used = useDocument((s) => {
    const recipe = shownRecipe(s);
    return !isShown(recipe, tool, s) || recipe.steps.some((step) => step.edit.op === tool.op);
  });
  const toggle = () => {
    const recipe = withShown(committed(), catalogue.tools, tool, !visible, where());
    commit(`eye ${tool.op} ${visible ? "off" : "on"}`, recipe);
  };
  const Icon = visible ? Eye : EyeOff;
  return (
    <IconButton
      label={t(visible ? "control.hide" : "control.show", { name })}
      className={classes(css.eye, !used && css.idle)}
      tabIndex={-1}
      data-eye=""
      disabled={!used}
      onClick={toggle}
    >
      <Icon size={14} aria-hidden="true" />
    </IconButton>
  );
}

/** Puts tools back to their defaults, as one step. */
export function resetTools(label: string, catalogue: Catalogue, tools: Tool[]): void {
  commit(label, withoutTools(committed(), catalogue.tools, tools, where()));
}
