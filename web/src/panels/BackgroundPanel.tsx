import { Aperture, Brush, Image, ImageOff, WandSparkles } from "lucide-react";
import { type CSSProperties, type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue, ChoiceControl, ColorControl, Control, SliderControl, Tool } from "@/api/catalogue";
import { CUTOUT } from "@/document/masks";
import { helpText, optionText } from "@/document/names";
import { valueOf } from "@/document/recipe";
import { shownRecipe, useDocument } from "@/document/store";
import { Button, classes } from "@/kit/Button";
import css from "@/panels/Background.module.css";
import { ColorRow } from "@/panels/ColorRow";
import { SliderRow, changer } from "@/panels/ControlRow";
import { ChoiceRow } from "@/panels/OtherControls";
import panelCss from "@/panels/Panel.module.css";
import { Unsure } from "@/panels/Unsure";
import { openBrush } from "@/panels/workbench";

/** What each ground is made of; the edge belongs to all of them. */
const OWN: Record<string, string[]> = {
  color: ["color"],
  gradient: ["color", "second", "shape", "angle"],
  blur: ["blur"],
  clean: ["marks", "even"],
};
const EDGE = ["softness", "shift", "decontaminate", "wrap"];
const SHADOW = ["shadow", "distance", "fall", "spread", "contact"];
/** Grounds that are not the photo's own: shadows fall on them. */
const NEW = ["color", "gradient", "image"];
/** Only the command line and Python bring a picture; a recipe that has one keeps it. */
const BROUGHT = "image";

type Props = { catalogue: Catalogue; tool: Tool };

/** The ground behind the people: what it becomes, and how their edge meets it. */
export function BackgroundPanel({ catalogue, tool }: Props): ReactNode {
  const { t } = useTranslation();
  const mode = useValue(tool, "mode");
  const shape = useValue(tool, "shape");
  const fields = (OWN[mode] ?? []).filter((field) => field !== "angle" || shape === "linear");
  return (
    <div className={classes(panelCss.body, css.body, "scrolls")}>
      <Grounds catalogue={catalogue} tool={tool} mode={mode} />
      <Rows catalogue={catalogue} tool={tool} fields={fields} />
      {mode !== "keep" && mode !== "clean" && (
        <section className={css.edge}>
          <h3 className={css.heading}>{t("background.edge")}</h3>
          <Rows catalogue={catalogue} tool={tool} fields={mode === "remove" ? EDGE.slice(0, 3) : EDGE} />
        </section>
      )}
      {NEW.includes(mode) && (
        <section className={css.edge}>
          <h3 className={css.heading}>{t("background.shadow")}</h3>
          <Rows catalogue={catalogue} tool={tool} fields={SHADOW} />
        </section>
      )}
      {mode !== "keep" && <ByHand />}
      {mode === "clean" && <p className={css.note}>{t("background.cleaned")}</p>}
      {mode === "remove" && <p className={css.note}>{t("background.removed")}</p>}
    </div>
  );
}

/** What was found of the people, looked at and corrected. */
function ByHand(): ReactNode {
  const { t } = useTranslation();
  return (
    <section className={css.edge}>
      <h3 className={css.heading}>{t("background.byHand")}</h3>
      <Unsure />
      <Button onClick={() => openBrush(CUTOUT)}>
        <Brush size={16} aria-hidden="true" />
        {t("background.brush")}
      </Button>
    </section>
  );
}

function useValue(tool: Tool, field: string): string {
  const control = tool.controls.find((each) => each.field === field);
  return useDocument((s) => (control ? String(valueOf(shownRecipe(s), tool, control, s)) : ""));
}

function Grounds({ catalogue, tool, mode }: Props & { mode: string }): ReactNode {
  const { t } = useTranslation();
  const group = useId();
  const control = tool.controls.find((each): each is ChoiceControl => each.field === "mode");
  const [color, second] = [useValue(tool, "color"), useValue(tool, "second")];
  if (!control) return null;
  const looks: Record<string, CSSProperties> = {
    color: { backgroundColor: color },
    gradient: { backgroundImage: `linear-gradient(${color}, ${second})` },
  };
  const icons: Record<string, ReactNode> = {
    keep: <ImageOff size={20} aria-hidden="true" />,
    blur: <Aperture size={20} aria-hidden="true" />,
    clean: <WandSparkles size={20} aria-hidden="true" />,
    image: <Image size={20} aria-hidden="true" />,
  };
  const offered = control.options.filter((option) => option !== BROUGHT || mode === BROUGHT);
  return (
    <fieldset className={css.grounds} data-control={`${tool.op}.mode`}>
      <legend className="visually-hidden">{helpText(t, tool.op, "mode", control.help)}</legend>
      {offered.map((option) => (
        <label key={option} className={css.ground}>
          <input
            type="radio"
            name={group}
            value={option}
            checked={option === mode}
            onChange={() => changer(catalogue, tool, "mode").commit(option, "press")}
          />
          <span className={classes(css.look, option === "remove" && css.checks)} data-look="" style={looks[option]}>
            {icons[option]}
          </span>
          <span className={css.name}>{optionText(t, option)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Rows({ catalogue, tool, fields }: Props & { fields: string[] }): ReactNode {
  const controls = fields.map((field) => tool.controls.find((each) => each.field === field));
  return controls.map((control) => control && <Row key={control.field} catalogue={catalogue} tool={tool} control={control} />);
}

function Row({ control, ...common }: Props & { control: Control }): ReactNode {
  if (control.kind === "color") return <ColorRow {...common} control={control satisfies ColorControl} />;
  if (control.kind === "choice") return <ChoiceRow {...common} control={control} />;
  if (control.kind === "slider") return <SliderRow {...common} control={control satisfies SliderControl} main={false} />;
  return null;
}
