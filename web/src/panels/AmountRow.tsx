import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { current } from "@/document/history";
import { withAmount } from "@/document/recipe";
import { commit, dropDraft, preview, shownRecipe, useDocument } from "@/document/store";
import { NumberField } from "@/kit/NumberField";
import { Track, type Way } from "@/kit/Slider";
import css from "@/panels/Panel.module.css";

const FULL = 100;

/** Fades a whole panel. */
export function AmountRow({ panel }: { panel: string }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const value = useDocument((s) => shownRecipe(s).amounts[panel] ?? FULL);
  const changed = (next: number) =>
    withAmount(current(useDocument.getState().history).recipe, panel, Math.round(next));
  const show = (next: number) => preview(`amount ${panel} ${next}`, changed(next));
  const take = (next: number, way: Way) =>
    commit(`amount ${panel} ${next}`, changed(next), way === "drag" ? null : `amount/${panel}`);
  const name = t("panel.amount");
  return (
    <div className={css.amountRow} onDoubleClick={() => take(FULL, "press")} data-control={`amount.${panel}`}>
      <div className={css.amountHead}>
        <span id={id}>{name}</span>
        <NumberField
          label={t("control.number", { name })}
          value={value}
          min={0}
          max={FULL}
          step={1}
          passed
          onPreview={show}
          onCommit={take}
          onDrop={dropDraft}
        />
      </div>
      <Track
        labelId={id}
        valueText={t("control.value", { name, value, max: FULL })}
        value={value}
        min={0}
        max={FULL}
        step={1}
        origin={0}
        onPreview={show}
        onCommit={take}
        onReset={() => take(FULL, "press")}
      />
    </div>
  );
}
