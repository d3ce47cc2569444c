import { Check, RotateCcw } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { UNCROPPED, isUncropped } from "@/document/crop";
import { Button, IconButton, classes } from "@/kit/Button";
import { NumberField } from "@/kit/NumberField";
import { Track } from "@/kit/Slider";
import { Toggle } from "@/kit/Toggle";
import panelCss from "@/panels/Panel.module.css";
import { withHead } from "@/tools/crop/changes";
import css from "@/tools/crop/Crop.module.css";
import { type Cropping, cancel, done, kept, show, take, useCropping } from "@/tools/crop/crop-store";
import { Formats } from "@/tools/crop/Formats";
import { Straighten } from "@/tools/crop/Straighten";
import { dropDraft } from "@/document/store";

/** Straightening, turns, formats and the way out; the cut itself lies on the photo. */
export function CropPanel(): ReactNode {
  const { t } = useTranslation();
  const at = useCropping();
  return (
    <div className={panelCss.panel}>
      <header className={panelCss.header}>
        <h2 className={panelCss.title}>{t("crop.title")}</h2>
        <span className={css.size} data-crop-size="" aria-label={t("crop.size", at.size)}>
          {at.size.width} × {at.size.height}
        </span>
        <IconButton
          label={t("crop.reset")}
          disabled={isUncropped(at.crop)}
          onClick={() => take("reset", UNCROPPED)}
        >
          <RotateCcw size={16} aria-hidden="true" />
        </IconButton>
      </header>
      <div className={classes(panelCss.body, "scrolls")}>
        <Straighten at={at} />
        <Formats at={at} />
        <Face at={at} />
      </div>
      <footer className={css.foot}>
        <Button className={css.way} onClick={cancel}>
          {t("common.cancel")}
        </Button>
        <Button look="strong" className={css.way} onClick={done}>
          <Check size={16} aria-hidden="true" />
          {t("crop.done")}
        </Button>
      </footer>
    </div>
  );
}

const HEAD = { start: 60, min: 10, max: 95 };

/** Has the cut placed around the heads; on other photos it is placed around theirs. */
function Face({ at }: { at: Cropping }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const slider = useId();
  const { crop, heads } = at;
  const name = t("crop.head");
  const value = Math.round(crop.head);
  const changed = (head: number) => withHead(kept().crop, head);
  return (
    <section className={css.section}>
      <div className={css.face}>
        <span>
          <span id={id}>{t("crop.face")}</span>
          <small>{t(heads.length > 0 ? "crop.faceHelp" : "crop.noFace")}</small>
        </span>
        <Toggle
          labelId={id}
          on={crop.head > 0}
          disabled={heads.length === 0 && crop.head === 0}
          onChange={(on) => take("head", changed(on ? HEAD.start : 0))}
        />
      </div>
      {crop.head > 0 && (
        <div data-control="crop.head">
          <div className={css.head}>
            <span id={slider}>{name}</span>
            <NumberField
              label={t("control.number", { name })}
              value={value}
              min={HEAD.min}
              max={HEAD.max}
              step={1}
              onPreview={(head) => show("head", changed(head))}
              onCommit={(head, way) => take("head", changed(head), way)}
              onDrop={dropDraft}
            />
          </div>
          <Track
            labelId={slider}
            valueText={t("control.value", { name, value, max: 100 })}
            value={value}
            min={HEAD.min}
            max={HEAD.max}
            step={1}
            origin={HEAD.min}
            onPreview={(head) => show("head", changed(head))}
            onCommit={(head, way) => take("head", changed(head), way)}
          />
        </div>
      )}
    </section>
  );
}
