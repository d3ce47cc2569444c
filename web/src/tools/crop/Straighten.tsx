import { FlipHorizontal2, FlipVertical2, RotateCcwSquare, RotateCwSquare, Ruler } from "lucide-react";
import { type MouseEvent, type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Crop } from "@/document/crop";
import { dropDraft } from "@/document/store";
import { IconButton } from "@/kit/Button";
import { NumberField, shown } from "@/kit/NumberField";
import { Track } from "@/kit/Slider";
import { STEEPEST, flippedOver, leveled, mirrored, turned } from "@/tools/crop/changes";
import css from "@/tools/crop/Crop.module.css";
import { type Cropping, kept, show, take, useCrop } from "@/tools/crop/crop-store";

const STEP = 0.1;

/** How the picture is turned: by a slider, along a line, by quarters, and in the mirror. */
export function Straighten({ at }: { at: Cropping }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const line = useCrop((s) => s.line);
  const name = t("crop.straighten");
  const { angle } = at.crop;
  const changed = (next: number) => leveled(kept().crop, next);
  const reset = () => take("angle", changed(0));
  const resetFromRow = (event: MouseEvent) => {
    // A double click in the number selects it.
    if (!(event.target instanceof HTMLInputElement && event.target.type === "text")) reset();
  };
  return (
    <section className={css.section}>
      <div data-control="crop.angle" onDoubleClick={resetFromRow}>
        <div className={css.head}>
          <span id={id}>{name}</span>
          <NumberField
            label={t("control.number", { name })}
            value={angle}
            min={-STEEPEST}
            max={STEEPEST}
            step={STEP}
            onPreview={(next) => show("angle", changed(next))}
            onCommit={(next, way) => take("angle", changed(next), way)}
            onDrop={dropDraft}
          />
        </div>
        <Track
          labelId={id}
          valueText={t("crop.degrees", { value: shown(angle) })}
          value={angle}
          min={-STEEPEST}
          max={STEEPEST}
          step={STEP}
          origin={0}
          onPreview={(next) => show("angle", changed(next))}
          onCommit={(next, way) => take("angle", changed(next), way)}
          onReset={reset}
        />
      </div>
      <div className={css.turns} role="group" aria-label={t("crop.turns")}>
        <IconButton
          label={t("crop.line")}
          className={css.turn}
          pressed={line}
          onClick={() => useCrop.setState({ line: !line, drawn: null })}
        >
          <Ruler size={18} aria-hidden="true" />
        </IconButton>
        <Turn what="turn" label={t("crop.left")} change={(crop) => turned(crop, -1)}>
          <RotateCcwSquare size={18} aria-hidden="true" />
        </Turn>
        <Turn what="turn" label={t("crop.right")} change={(crop) => turned(crop, 1)}>
          <RotateCwSquare size={18} aria-hidden="true" />
        </Turn>
        <Turn what="mirror" label={t("crop.mirror")} change={mirrored}>
          {/* The icon's name is that of its axis. */}
          <FlipVertical2 size={18} aria-hidden="true" />
        </Turn>
        <Turn what="flip" label={t("crop.flip")} change={flippedOver}>
          <FlipHorizontal2 size={18} aria-hidden="true" />
        </Turn>
      </div>
      {line && (
        <p className={css.hint} role="status">
          {t("crop.lineHelp")}
        </p>
      )}
    </section>
  );
}

type TurnProps = { what: string; label: string; change: (crop: Crop) => Crop; children: ReactNode };

function Turn({ what, label, change, children }: TurnProps): ReactNode {
  return (
    <IconButton label={label} className={css.turn} onClick={() => take(what, change(kept().crop))}>
      {children}
    </IconButton>
  );
}
