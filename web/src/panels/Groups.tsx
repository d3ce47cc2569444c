import { ChevronDown, RotateCcw } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { type Catalogue, type Control, type Panel, type Tool, mainControl } from "@/api/catalogue";
import { groupText, opText } from "@/document/names";
import { isDirty } from "@/document/recipe";
import { shownRecipe, useDocument } from "@/document/store";
import { IconButton } from "@/kit/Button";
import { setPref, usePrefs } from "@/kit/prefs";
import { ColorRow } from "@/panels/ColorRow";
import { SliderRow, resetTools } from "@/panels/ControlRow";
import { CurveRow } from "@/panels/CurveRow";
import { ChoiceRow, SwitchRow } from "@/panels/OtherControls";
import css from "@/panels/Panel.module.css";

type GroupProps = { catalogue: Catalogue; panel: Panel; group: string; tools: Tool[] };

/** Tools of one group, which folds. */
export function Group({ catalogue, panel, group, tools }: GroupProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const key = `${panel.name}/${group}`;
  const folded = usePrefs((s) => s.folded[key] ?? false);
  const dirty = useDocument((s) => tools.some((tool) => isDirty(shownRecipe(s), tool, s)));
  const present = useDocument((s) => shownRecipe(s).steps.map((step) => step.edit.op).join(" "));
  const shown = tools.filter((tool) => !tool.learnt || present.split(" ").includes(tool.op));
  const name = groupText(t, group);
  const reset = () => resetTools(`group ${group}`, catalogue, tools);
  return (
    <section className={css.group}>
      <h3 className={css.groupHead}>
        <button
          type="button"
          className={css.fold}
          aria-expanded={!folded}
          aria-controls={id}
          onClick={(event) => {
            if (event.altKey) reset();
            else setPref({ folded: { ...usePrefs.getState().folded, [key]: !folded } });
          }}
        >
          <ChevronDown size={14} aria-hidden="true" />
          {name}
          {dirty && <span className={css.dot} aria-label={t("panel.changed")} role="img" />}
        </button>
        {dirty && (
          <IconButton label={t("panel.reset", { name })} className={css.smallIcon} onClick={reset}>
            <RotateCcw size={13} aria-hidden="true" />
          </IconButton>
        )}
      </h3>
      <div id={id} hidden={folded} className={css.rows}>
        {!folded &&
          shown.map((tool) => <ToolRows key={tool.op} catalogue={catalogue} tool={tool} />)}
      </div>
    </section>
  );
}

/** All controls of one tool: its slider, and the finer ones, which open once the tool is used. */
export function ToolRows({ catalogue, tool }: { catalogue: Catalogue; tool: Tool }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const key = `tool/${tool.op}`;
  const choice = usePrefs((s) => s.folded[key]);
  const used = useDocument((s) => isDirty(shownRecipe(s), tool, s));
  const main = mainControl(tool);
  const finer = tool.controls.filter((control) => control !== main);
  const drawn = finer.some((control) => control.kind === "curve");
  const open = main === undefined || !(choice ?? !(used || drawn));
  const name = opText(t, catalogue, tool.op);
  const unfold = finer.length > 0 && main !== undefined && (
    <IconButton
      label={t(open ? "control.less" : "control.more", { name })}
      className={css.more}
      aria-expanded={open}
      aria-controls={id}
      onClick={() => setPref({ folded: { ...usePrefs.getState().folded, [key]: open } })}
    >
      <ChevronDown size={14} aria-hidden="true" />
    </IconButton>
  );
  return (
    <>
      {main && <SliderRow catalogue={catalogue} tool={tool} control={main} main extra={unfold} />}
      {finer.length > 0 && (
        <div id={id} hidden={!open}>
          {open &&
            finer.map((control) => (
              <FinerRow key={control.field} catalogue={catalogue} tool={tool} control={control} />
            ))}
        </div>
      )}
    </>
  );
}

type FinerProps = { catalogue: Catalogue; tool: Tool; control: Control };

function FinerRow({ catalogue, tool, control }: FinerProps): ReactNode {
  const common = { catalogue, tool };
  if (control.kind === "slider") return <SliderRow {...common} control={control} main={false} />;
  if (control.kind === "switch") return <SwitchRow {...common} control={control} />;
  if (control.kind === "choice") return <ChoiceRow {...common} control={control} />;
  if (control.kind === "curve") return <CurveRow {...common} control={control} />;
  return <ColorRow {...common} control={control} />;
}
