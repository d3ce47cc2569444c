import { Bandage, Brush, Layers, type LucideIcon, Moon, Scissors, Shield, Sun } from "lucide-react";
import { type ReactNode, useEffect, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue, Tool } from "@/api/catalogue";
import { CUTOUT, changesPixels, isBrush } from "@/document/masks";
import { brushHelp, opText } from "@/document/names";
import { shownRecipe, useDocument } from "@/document/store";
import { IconButton, classes } from "@/kit/Button";
import { ToolRows } from "@/panels/Groups";
import { Unsure } from "@/panels/Unsure";
import panelCss from "@/panels/Panel.module.css";
import { useWorkbench } from "@/panels/workbench";
import { isTinted, toggleOverlay, useBrush } from "@/tools/brush/brush-store";
import css from "@/tools/brush/Brush.module.css";
import { BrushSettings } from "@/tools/brush/BrushSettings";
import { StrokeList } from "@/tools/brush/StrokeList";

const ICONS: Record<string, LucideIcon> = { heal_brush: Bandage, restore: Shield, dodge: Sun, burn: Moon, cutout: Scissors };

/** What the brush does, how it is set, and every stroke it has made. */
export function BrushPanel({ catalogue }: { catalogue: Catalogue }): ReactNode {
  const { t } = useTranslation();
  const target = useBrush((s) => s.target);
  const brushes = catalogue.tools.filter(isBrush);
  const tool = catalogue.tools.find((each) => each.op === target);
  const overlay = useBrush((s) => isTinted(s, tool !== undefined && changesPixels(tool), false));
  const first = brushes[0]?.op;
  const aim = useWorkbench((s) => s.aim);
  useEffect(() => {
    if (aim === null) return;
    useBrush.setState({ target: aim, pointed: null });
    useWorkbench.setState({ aim: null });
  }, [aim]);
  useEffect(() => {
    if (!tool && first) useBrush.setState({ target: first });
  }, [tool, first]);
  return (
    <div className={panelCss.panel}>
      <header className={panelCss.header}>
        <h2 className={panelCss.title}>{t("brush.title")}</h2>
        <IconButton label={t("brush.overlay")} keys={["O"]} pressed={overlay} onClick={toggleOverlay}>
          <Layers size={16} aria-hidden="true" />
        </IconButton>
      </header>
      <div className={classes(panelCss.body, css.body, "scrolls")}>
        {brushes.length > 0 && <BrushTools catalogue={catalogue} brushes={brushes} />}
        {tool && <p className={css.help}>{isBrush(tool) ? brushHelp(t, tool.op, tool.summary) : t("brush.whereHelp")}</p>}
        <MaskOf catalogue={catalogue} />
        {tool ? <Painting catalogue={catalogue} tool={tool} /> : <p className={panelCss.empty}>{t("brush.none")}</p>}
      </div>
    </div>
  );
}

function Painting({ catalogue, tool }: { catalogue: Catalogue; tool: Tool }): ReactNode {
  return (
    <>
      <BrushSettings />
      {tool.controls.length > 0 && (
        <div className={css.section}>
          <ToolRows catalogue={catalogue} tool={tool} />
        </div>
      )}
      {tool.op === CUTOUT && (
        <div className={css.section}>
          <Unsure />
        </div>
      )}
      <StrokeList catalogue={catalogue} tool={tool} />
    </>
  );
}

function BrushTools({ catalogue, brushes }: { catalogue: Catalogue; brushes: Tool[] }): ReactNode {
  const { t } = useTranslation();
  const target = useBrush((s) => s.target);
  return (
    <div className={css.tools} role="group" aria-label={t("brush.tools")}>
      {brushes.map(({ op }) => {
        const Icon = ICONS[op] ?? Brush;
        return (
          <button
            key={op}
            type="button"
            className={css.tool}
            aria-pressed={op === target}
            onClick={() => useBrush.setState({ target: op, pointed: null })}
          >
            <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
            {opText(t, catalogue, op)}
          </button>
        );
      })}
    </div>
  );
}

/** Tools of the sliders that are in use: the brush says where they work. */
function MaskOf({ catalogue }: { catalogue: Catalogue }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const target = useBrush((s) => s.target);
  const used = useDocument((s) => [...new Set(shownRecipe(s).steps.map((step) => step.edit.op))].join());
  const ops = used.split(",");
  const tools = catalogue.tools.filter(
    (tool) => !isBrush(tool) && tool.panel !== "reshape" && !tool.whole && (ops.includes(tool.op) || tool.op === target),
  );
  if (tools.length === 0) return null;
  const chosen = tools.some((tool) => tool.op === target);
  return (
    <div className={css.where}>
      <label htmlFor={id}>{t("brush.where")}</label>
      <select
        id={id}
        className={css.select}
        data-chosen={chosen ? "" : undefined}
        value={chosen ? target : ""}
        onChange={(event) => useBrush.setState({ target: event.currentTarget.value, pointed: null })}
      >
        {!chosen && <option value="">{t("brush.choose")}</option>}
        {tools.map(({ op }) => (
          <option key={op} value={op}>
            {opText(t, catalogue, op)}
          </option>
        ))}
      </select>
    </div>
  );
}
