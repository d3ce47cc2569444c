import { Ban, Star } from "lucide-react";
import { type PointerEvent, type ReactNode, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue } from "@/api/catalogue";
import { presetThumbUrl, usePresets } from "@/api/queries";
import type { OwnPreset, Preset, Project, Recipe } from "@/api/types";
import { presetHelp, presetText } from "@/document/names";
import { isWorn, lookAt, panelsOf, tabOf, wear } from "@/document/presets";
import { EMPTY } from "@/document/recipe";
import { keptRecipe, useDocument } from "@/document/store";
import { Tip } from "@/kit/Button";
import { notify } from "@/kit/notices";
import { useRoving } from "@/kit/roving";
import { useFavourites, useOwnPresets } from "@/panels/own-presets";
import { OwnPresetPicture } from "@/panels/OwnPresetPicture";
import css from "@/panels/Panel.module.css";
import { Picture } from "@/panels/PresetPicture";
import { deleteWithUndo } from "@/panels/PresetsDialog";
import { openDialog } from "@/panels/workbench";

type StripProps = { project: Project; catalogue: Catalogue; panel: string };

/** Presets or looks of one tab, as pictures of this photo. */
export function PresetStrip({ project, catalogue, panel }: StripProps): ReactNode {
  const { t } = useTranslation();
  const { tools } = catalogue;
  const { data: all } = usePresets();
  const inTab = (preset: { recipe: Recipe }) => tabOf(preset.recipe, tools) === panel;
  const presets = all?.filter(inTab);
  const own = useOwnPresets().filter(inTab);
  const stars = useFavourites();
  const liked = (preset: Preset) => stars.includes(preset.name);
  const pick = (label: string, recipe: Recipe, panels: string[]) => {
    wear(label, recipe, panels).catch(() => notify({ kind: "bad", text: t("save.tryAgain") }));
  };
  const row = useRoving<HTMLUListElement>();
  if (presets?.length === 0 && own.length === 0) return null;
  const ownTile = (preset: OwnPreset) => (
    <li key={preset.id}>
      <Tile
        recipe={preset.recipe}
        catalogue={catalogue}
        panels={panelsOf(preset.recipe, tools)}
        name={preset.name}
        help={t("preset.ownHelp")}
        onPick={() => pick(`preset ${preset.name}`, preset.recipe, panelsOf(preset.recipe, tools))}
        onDelete={() => deleteWithUndo(t, preset)}
      >
        <OwnPresetPicture project={project} preset={preset} />
        {preset.favourite && <Star className={css.presetStar} size={13} aria-hidden="true" />}
      </Tile>
    </li>
  );
  const tile = (preset: Preset) => (
    <li key={preset.name}>
      <Tile
        recipe={preset.recipe}
        catalogue={catalogue}
        panels={panelsOf(preset.recipe, tools)}
        name={presetText(t, preset.name, preset.label)}
        help={presetHelp(t, preset.name, preset.summary)}
        onPick={() => pick(`preset ${preset.name}`, preset.recipe, panelsOf(preset.recipe, tools))}
      >
        <Picture url={presetThumbUrl(project.id, preset.name, 160)} />
        {liked(preset) && <Star className={css.presetStar} size={13} aria-hidden="true" />}
      </Tile>
    </li>
  );
  return (
    <ul ref={row} className={css.presets} aria-label={t(panel === "makeup" ? "preset.looks" : "preset.label")}>
      <li>
        <Tile
          recipe={EMPTY}
          catalogue={catalogue}
          panels={[panel]}
          name={t("preset.none")}
          help={t(panel === "face" ? "preset.noneHelp" : "preset.nonePanelHelp")}
          onPick={() => pick("preset none", EMPTY, [panel])}
        >
          <Picture url={presetThumbUrl(project.id, "none", 160)} />
          <Ban className={css.presetIcon} size={18} aria-hidden="true" />
        </Tile>
      </li>
      {presets?.filter(liked).map(tile)}
      {own.filter((preset) => preset.favourite).map(ownTile)}
      {presets?.filter((preset) => !liked(preset)).map(tile)}
      {own.filter((preset) => !preset.favourite).map(ownTile)}
    </ul>
  );
}

type TileProps = {
  recipe: Recipe;
  catalogue: Catalogue;
  /** Panels that the preset sets. */
  panels: string[];
  name: string;
  help: string;
  onPick: () => void;
  onDelete?: () => void;
  children: ReactNode;
};

function Tile(props: TileProps): ReactNode {
  const { recipe, catalogue, panels, name, help, onPick, onDelete, children } = props;
  const kept = useDocument(keptRecipe);
  const area = useDocument((s) => s.area);
  const person = useDocument((s) => s.person);
  const worn = useMemo(
    () => isWorn(kept, recipe, catalogue.tools, { area, person }, panels),
    [kept, recipe, catalogue, area, person, panels],
  );
  const look = useLook(recipe, panels);
  return (
    <Tip label={help}>
      <button
        type="button"
        className={css.preset}
        aria-pressed={worn}
        onClick={onPick}
        {...look}
        onContextMenu={(event) => {
          event.preventDefault();
          openDialog("presets");
        }}
        onKeyDown={(event) => {
          if (event.key === "Delete") onDelete?.();
        }}
      >
        <span className={css.presetPicture}>{children}</span>
        <span className={css.presetName}>{name}</span>
      </button>
    </Tip>
  );
}

/** How long a mouse rests on a preset before the photo shows it. */
const REST_MS = 160;

/** The photo wears a preset for as long as the mouse rests on it. */
function useLook(recipe: Recipe, panels: readonly string[]) {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const stop = () => {
    if (timer.current) clearTimeout(timer.current);
    timer.current = null;
    void lookAt(null, []);
  };
  useEffect(() => stop, []);
  return {
    onPointerEnter: (event: PointerEvent) => {
      if (event.pointerType !== "mouse") return;
      timer.current = setTimeout(() => void lookAt(recipe, panels).catch(() => undefined), REST_MS);
    },
    onPointerLeave: stop,
  };
}
