import { Tabs } from "@base-ui/react/tabs";
import { BookmarkPlus, ChevronDown, Lock, LockOpen, RotateCcw, Sparkles } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Area, Face, Project } from "@/api/types";
import type { Catalogue, Control, Panel, Tool } from "@/catalogue/catalogue";
import { commit, recipeNow, shownRecipe, useDocument } from "@/document/store";
import { groupText, opText, panelText } from "@/i18n/names";
import { AmountRow } from "@/panels/AmountRow";
import { SliderRow, resetTools } from "@/panels/ControlRow";
import { ChoiceRow, ColorRow, SwitchRow } from "@/panels/OtherControls";
import { PersonChips } from "@/panels/PersonChips";
import { PresetStrip } from "@/panels/PresetStrip";
import { isDirty, withLock, withNatural } from "@/recipe/recipe";
import { Button, IconButton, Tip, classes } from "@/ui/Button";
import { openDialog } from "@/editor/workbench";
import { setPref, usePrefs } from "@/ui/prefs";
import css from "@/panels/Panel.module.css";

type RetouchProps = { project: Project; catalogue: Catalogue; faces: Face[] };

/** Smart tools > Retouch: tabs, presets and sliders, all from the catalogue. */
export function RetouchPanel({ project, catalogue, faces }: RetouchProps): ReactNode {
  const { t } = useTranslation();
  const chosen = useDocument((s) => s.panel);
  const panel = catalogue.panels.find((each) => each.name === chosen) ?? catalogue.panels[0];
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
        <IconButton
          label={t("panel.reset", { name: panelText(t, catalogue, panel.name) })}
          onClick={() => resetTools(`panel ${panel.name}`, catalogue, toolsOf(catalogue, panel))}
        >
          <RotateCcw size={16} aria-hidden="true" />
        </IconButton>
      </header>
      <Tabs.List className={css.tabs}>
        {catalogue.panels.map((each) => (
          <PanelTab key={each.name} catalogue={catalogue} panel={each} />
        ))}
      </Tabs.List>
      {catalogue.panels.map((each) => (
        <Tabs.Panel key={each.name} value={each.name} className={classes(css.body, "scrolls")}>
          <PanelBody project={project} catalogue={catalogue} panel={each} faces={faces} />
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
  return (
    <Tabs.Tab value={panel.name} className={css.tab}>
      {panelText(t, catalogue, panel.name)}
      {dirty && <span className={css.dot} aria-label={t("panel.changed")} role="img" />}
    </Tabs.Tab>
  );
}

const LOCKS = ["natural", "skin_tone"] as const;

/** Guards of the whole recipe. */
function LockChips({ catalogue }: { catalogue: Catalogue }): ReactNode {
  const { t } = useTranslation();
  const locks = useDocument((s) => shownRecipe(s).locks);
  const toggle = (lock: (typeof LOCKS)[number]) =>
    commit(
      `lock ${lock} ${locks[lock] ? "off" : "on"}`,
      withLock(recipeNow(), catalogue.tools, lock, !locks[lock]),
    );
  return (
    <div className={css.locks}>
      {LOCKS.map((lock) => (
        <Tip key={lock} label={t(`lock.${lock}_${locks[lock] ? "on" : "off"}`)}>
          <button
            type="button"
            className={css.lock}
            aria-pressed={locks[lock]}
            onClick={() => toggle(lock)}
          >
            {locks[lock] ? (
              <Lock size={13} aria-hidden="true" />
            ) : (
              <LockOpen size={13} aria-hidden="true" />
            )}
            {t(`lock.${lock}`)}
          </button>
        </Tip>
      ))}
    </div>
  );
}

type BodyProps = RetouchProps & { panel: Panel };

function PanelBody({ project, catalogue, panel, faces }: BodyProps): ReactNode {
  const { t } = useTranslation();
  const area = useDocument((s) => s.area);
  const tools = toolsOf(catalogue, panel).filter(
    (tool) => panel.areas.length < 2 || tool.areas.includes(area),
  );
  const natural = () => {
    const recipe = withNatural(recipeNow(), catalogue.tools, tools, useDocument.getState());
    commit(`natural ${panel.name}`, recipe);
  };
  return (
    <>
      {panel.name === "face" && <PresetStrip project={project} catalogue={catalogue} />}
      <div className={css.sticky}>
        <div className={css.amount}>
          <Button onClick={natural} className={css.naturalButton}>
            <Sparkles size={15} aria-hidden="true" />
            {t("panel.natural")}
          </Button>
          <AmountRow panel={panel.name} />
        </div>
      </div>
      <div className={css.scope}>
        <LockChips catalogue={catalogue} />
        {faces.length > 1 && <PersonChips project={project} faces={faces} />}
        {panel.areas.length > 1 && <AreaTabs areas={panel.areas} />}
      </div>
      {panel.groups.map((group) => {
        const own = tools.filter((tool) => tool.group === group);
        return own.length === 0 ? null : (
          <Group key={group} catalogue={catalogue} panel={panel} group={group} tools={own} />
        );
      })}
    </>
  );
}

function AreaTabs({ areas }: { areas: Area[] }): ReactNode {
  const { t } = useTranslation();
  const chosen = useDocument((s) => s.area);
  return (
    <div className={css.segments} role="group" aria-label={t("area.label")}>
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

type GroupProps = { catalogue: Catalogue; panel: Panel; group: string; tools: Tool[] };

function Group({ catalogue, panel, group, tools }: GroupProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const key = `${panel.name}/${group}`;
  const folded = usePrefs((s) => s.folded[key] ?? false);
  const dirty = useDocument((s) => tools.some((tool) => isDirty(shownRecipe(s), tool, s)));
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
          tools.map((tool) => <ToolRows key={tool.op} catalogue={catalogue} tool={tool} />)}
      </div>
    </section>
  );
}

/** All controls of one tool: its slider, and the finer ones, which open once the tool is used. */
function ToolRows({ catalogue, tool }: { catalogue: Catalogue; tool: Tool }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const key = `tool/${tool.op}`;
  const choice = usePrefs((s) => s.folded[key]);
  const used = useDocument((s) => isDirty(shownRecipe(s), tool, s));
  const main = tool.controls.find((control) => control.kind === "slider");
  const finer = tool.controls.filter((control) => control !== main);
  const open = main === undefined || !(choice ?? !used);
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
  return <ColorRow {...common} control={control} />;
}
