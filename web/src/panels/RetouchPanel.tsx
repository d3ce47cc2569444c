import { Tabs } from "@base-ui/react/tabs";
import { BookmarkPlus, Contrast, Library, RotateCcw, ScanFace, Sparkles } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue, Panel, Tool } from "@/api/catalogue";
import type { Area, Face, Project } from "@/api/types";
import { groupText, panelText } from "@/document/names";
import { hasNatural, isDoubted, withNatural } from "@/document/recipe";
import { commit, recipeNow, shownRecipe, useDocument } from "@/document/store";
import { Button, IconButton, classes } from "@/kit/Button";
import { useRoving } from "@/kit/roving";
import { useCompact } from "@/kit/use-narrow";
import { AmountRow } from "@/panels/AmountRow";
import { resetTools } from "@/panels/ControlRow";
import { BackgroundPanel } from "@/panels/BackgroundPanel";
import { Group, ToolRows } from "@/panels/Groups";
import { Histogram } from "@/panels/Histogram";
import { LockChips, ReshapeGuards } from "@/panels/Locks";
import css from "@/panels/Panel.module.css";
import { PersonBar } from "@/panels/PersonBar";
import { PresetStrip } from "@/panels/PresetStrip";
import { openDialog } from "@/panels/workbench";

type RetouchProps = {
  project: Project;
  catalogue: Catalogue;
  /** Undefined while they are looked for. */
  faces: Face[] | undefined;
};

/** Panels whose tools work on the photo itself have no tab here: they stand in the rail. */
const TAKEN_IN_HAND = ["brush", "crop", "upscale"];

/** Smart tools > Retouch: tabs, presets and sliders, all from the catalogue. */
export function RetouchPanel({ project, catalogue, faces }: RetouchProps): ReactNode {
  const { t } = useTranslation();
  const chosen = useDocument((s) => s.panel);
  const tabs = catalogue.panels.filter((each) => !TAKEN_IN_HAND.includes(each.name));
  const panel = tabs.find((each) => each.name === chosen) ?? tabs[0];
  const ground = catalogue.tools.find((tool) => tool.op === "background");
  if (!panel) return <p className={css.empty}>{t("panel.noTools")}</p>;
  return (
    <Tabs.Root
      className={css.panel}
      value={panel.name}
      onValueChange={(name: string) => useDocument.setState({ panel: name, area: "face" })}
    >
      <header className={css.header}>
        <h2 className={css.title}>{t("panel.retouch")}</h2>
        <IconButton label={t("preset.save")} onClick={() => openDialog("savePreset")}>
          <BookmarkPlus size={16} aria-hidden="true" />
        </IconButton>
        <IconButton label={t("ownPresets.manage")} onClick={() => openDialog("presets")}>
          <Library size={16} aria-hidden="true" />
        </IconButton>
        <IconButton
          label={t("panel.reset", { name: panelText(t, catalogue, panel.name) })}
          onClick={() => resetTools(`panel ${panel.name}`, catalogue, toolsOf(catalogue, panel))}
        >
          <RotateCcw size={16} aria-hidden="true" />
        </IconButton>
      </header>
      <Tabs.List className={css.tabs}>
        {tabs.map((each) => (
          <PanelTab key={each.name} catalogue={catalogue} panel={each} />
        ))}
      </Tabs.List>
      {tabs.map((each) => (
        <Tabs.Panel key={each.name} value={each.name} className={css.page}>
          {ground && each.name === ground.panel ? (
            <BackgroundPanel catalogue={catalogue} tool={ground} />
          ) : (
            <PanelBody project={project} catalogue={catalogue} panel={each} faces={faces} />
          )}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}

function toolsOf(catalogue: Catalogue, panel: Panel): Tool[] {
  return catalogue.tools.filter((tool) => tool.panel === panel.name);
}

function PanelTab({ catalogue, panel }: { catalogue: Catalogue; panel: Panel }): ReactNode {
  const { t } = useTranslation();
  const dirty = useDocument((s) =>
    shownRecipe(s).steps.some((step) =>
      catalogue.tools.some((tool) => tool.op === step.edit.op && tool.panel === panel.name),
    ),
  );
  const chosen = useDocument((s) => s.panel === panel.name);
  const tab = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen) tab.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [chosen]);
  return (
    <Tabs.Tab ref={tab} value={panel.name} className={css.tab}>
      {panelText(t, catalogue, panel.name)}
      {dirty && <span className={css.dot} aria-label={t("panel.changed")} role="img" />}
    </Tabs.Tab>
  );
}

type BodyProps = RetouchProps & { panel: Panel };

/** What always stands above, and below it all that scrolls: nothing ever slides under a bar. */
function PanelBody(props: BodyProps): ReactNode {
  const compact = useCompact();
  return compact ? <NarrowBody {...props} /> : <WideBody {...props} />;
}

/** Tools of the panel that work on the chosen area. */
function useTools(catalogue: Catalogue, panel: Panel): Tool[] {
  const area = useDocument((s) => s.area);
  return toolsOf(catalogue, panel).filter(
    (tool) => panel.areas.length < 2 || tool.areas.includes(area),
  );
}

function WideBody({ project, catalogue, panel, faces }: BodyProps): ReactNode {
  const tools = useTools(catalogue, panel);
  return (
    <>
      <div className={css.standing}>
        {panel.whole && <Histogram />}
        <NaturalRow catalogue={catalogue} panel={panel} tools={tools} />
      </div>
      <div className={classes(css.body, "scrolls")}>
        <PresetStrip project={project} catalogue={catalogue} panel={panel.name} />
        <Scope project={project} catalogue={catalogue} panel={panel} faces={faces} />
        {panel.groups.map((group) => {
          const own = tools.filter((tool) => tool.group === group);
          return own.length === 0 ? null : (
            <Group key={group} catalogue={catalogue} panel={panel} group={group} tools={own} />
          );
        })}
      </div>
    </>
  );
}

/** What stands before the groups of a tab. */
const OVERVIEW: Record<string, "preset.looks" | "panel.overview"> = {
  makeup: "preset.looks",
  reshape: "panel.overview",
  adjust: "panel.overview",
};

/** On a phone and in low windows one group at a time, chosen by chips that scroll sideways. */
function NarrowBody({ project, catalogue, panel, faces }: BodyProps): ReactNode {
  const { t } = useTranslation();
  const tools = useTools(catalogue, panel);
  const groups = panel.groups.filter((group) => tools.some((tool) => tool.group === group));
  const [chosen, setChosen] = useState<string | null>(null);
  const group = groups.find((each) => each === chosen);
  const row = useRoving<HTMLDivElement>();
  return (
    <>
      <div className={css.standing}>
        <div ref={row} className={css.chips} role="group" aria-label={t("panel.groups")}>
          <Chip name={t(OVERVIEW[panel.name] ?? "preset.label")} on={group === undefined} onPick={() => setChosen(null)} />
          {groups.map((each) => (
            <Chip
              key={each}
              name={groupText(t, each)}
              on={each === group}
              onPick={() => setChosen(each)}
            />
          ))}
        </div>
      </div>
      <div className={classes(css.body, "scrolls")}>
        {group === undefined ? (
          <>
            <PresetStrip project={project} catalogue={catalogue} panel={panel.name} />
            <div className={css.group}>
              {panel.whole && <Histogram />}
              <NaturalRow catalogue={catalogue} panel={panel} tools={tools} />
            </div>
            <Scope project={project} catalogue={catalogue} panel={panel} faces={faces} />
          </>
        ) : (
          <div className={css.group}>
            {tools
              .filter((tool) => tool.group === group)
              .map((tool) => (
                <ToolRows key={tool.op} catalogue={catalogue} tool={tool} />
              ))}
          </div>
        )}
      </div>
    </>
  );
}

function Chip({ name, on, onPick }: { name: string; on: boolean; onPick: () => void }): ReactNode {
  return (
    <button type="button" className={css.chip} aria-pressed={on} onClick={onPick}>
      {name}
    </button>
  );
}

type NaturalRowProps = { catalogue: Catalogue; panel: Panel; tools: Tool[] };

function NaturalRow({ catalogue, panel, tools }: NaturalRowProps): ReactNode {
  const { t } = useTranslation();
  const natural = () => {
    const recipe = withNatural(recipeNow(), catalogue.tools, tools, useDocument.getState());
    commit(`natural ${panel.name}`, recipe);
  };
  return (
    <div className={css.amount}>
      {hasNatural(tools) && (
        <Button onClick={natural} className={css.naturalButton}>
          <Sparkles size={15} aria-hidden="true" />
          {t("panel.natural")}
        </Button>
      )}
      <AmountRow panel={panel.name} />
    </div>
  );
}

/** Whom and what the sliders speak of, and the guards that hold. */
function Scope({ project, catalogue, panel, faces }: BodyProps): ReactNode {
  return (
    <div className={css.scope}>
      {faces?.length === 0 && !panel.whole && <NoFace />}
      {panel.name === "face" && faces?.some((face) => face.colorless) && <Colorless />}
      {panel.name === "reshape" && <ReshapeGuards catalogue={catalogue} />}
      <LockChips catalogue={catalogue} panel={panel.name} />
      {faces && !panel.whole && (faces.length > 1 || faces.some(isDoubted)) && <PersonBar project={project} catalogue={catalogue} faces={faces} />}
      {panel.areas.length > 1 && <AreaTabs areas={panel.areas} />}
    </div>
  );
}

/** Said where the sliders are: they would move and nothing would happen. */
function NoFace(): ReactNode {
  const { t } = useTranslation();
  return (
    <p className={css.noFace} role="status">
      <ScanFace size={18} strokeWidth={1.75} aria-hidden="true" />
      <span>
        <strong>{t("panel.noFace")}</strong>
        {t("panel.noFaceHelp")}
      </span>
    </p>
  );
}

/** Said where Blemishes is: it finds nothing to heal. */
function Colorless(): ReactNode {
  const { t } = useTranslation();
  return (
    <p className={css.noFace} role="status">
      <Contrast size={18} strokeWidth={1.75} aria-hidden="true" />
      <span>{t("panel.colorless")}</span>
    </p>
  );
}

function AreaTabs({ areas }: { areas: Area[] }): ReactNode {
  const { t } = useTranslation();
  const chosen = useDocument((s) => s.area);
  const row = useRoving<HTMLDivElement>();
  return (
    <div ref={row} className={css.segments} role="group" aria-label={t("area.label")}>
      {areas.map((area) => (
        <button
          key={area}
          type="button"
          className={css.segment}
          aria-pressed={area === chosen}
          onClick={() => useDocument.setState({ area })}
        >
          {t(`area.${area}`)}
        </button>
      ))}
    </div>
  );
}
