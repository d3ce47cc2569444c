import { Ban } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { presetThumbUrl, thumbUrl, usePresets } from "@/api/queries";
import type { Preset, Project, Recipe } from "@/api/types";
import type { Catalogue } from "@/catalogue/catalogue";
import { commit, recipeNow, shownRecipe, useDocument } from "@/document/store";
import { presetHelp, presetText } from "@/i18n/names";
import { type OwnPreset, deletePreset, useOwnPresets } from "@/panels/own-presets";
import { EMPTY, sameRecipe, withPreset } from "@/recipe/recipe";
import { Tip } from "@/ui/Button";
import { OwnPresetPicture } from "@/panels/OwnPresetPicture";
import css from "@/panels/Panel.module.css";

type StripProps = { project: Project; catalogue: Catalogue };

/** Presets as pictures of this photo. */
export function PresetStrip({ project, catalogue }: StripProps): ReactNode {
  const { t } = useTranslation();
  const { data: presets } = usePresets();
  const own = useOwnPresets((s) => s.list);
  const wear = (label: string, recipe: Recipe) =>
    commit(label, withPreset(recipeNow(), recipe, catalogue.tools));
  return (
    <ul className={css.presets} aria-label={t("preset.label")}>
      <li>
        <Tile
          recipe={EMPTY}
          catalogue={catalogue}
          name={t("preset.none")}
          help={t("preset.noneHelp")}
          onPick={() => wear("preset none", EMPTY)}
        >
          <img src={thumbUrl(project.photo, 160)} alt="" draggable={false} />
          <Ban className={css.presetIcon} size={18} aria-hidden="true" />
        </Tile>
      </li>
      {(presets ?? []).map((preset: Preset) => (
        <li key={preset.name}>
          <Tile
            recipe={preset.recipe}
            catalogue={catalogue}
            name={presetText(t, preset.name, preset.label)}
            help={presetHelp(t, preset.name, preset.summary)}
            onPick={() => wear(`preset ${preset.name}`, preset.recipe)}
          >
            <Picture url={presetThumbUrl(project.id, preset.name, 160)} />
          </Tile>
        </li>
      ))}
      {own.map((preset: OwnPreset) => (
        <li key={preset.id}>
          <Tile
            recipe={preset.recipe}
            catalogue={catalogue}
            name={preset.name}
            help={t("preset.ownHelp")}
            onPick={() => wear(`preset ${preset.name}`, preset.recipe)}
            onDelete={() => deletePreset(preset.id)}
          >
            <OwnPresetPicture project={project} preset={preset} />
          </Tile>
        </li>
      ))}
    </ul>
  );
}

type TileProps = {
  recipe: Recipe;
  catalogue: Catalogue;
  name: string;
  help: string;
  onPick: () => void;
  onDelete?: () => void;
  children: ReactNode;
};

function Tile({ recipe, catalogue, name, help, onPick, onDelete, children }: TileProps): ReactNode {
  const worn = useDocument((s) => {
    const now = shownRecipe(s);
    return sameRecipe({ ...withPreset(now, recipe, catalogue.tools), amounts: now.amounts }, now);
  });
  return (
    <Tip label={help}>
      <button
        type="button"
        className={css.preset}
        aria-pressed={worn}
        onClick={onPick}
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

/** A picture that appears when it has come; while it is rendered its place stays. */
export function Picture({ url }: { url: string }): ReactNode {
  const [state, setState] = useState<"waiting" | "there" | "failed">("waiting");
  useEffect(() => setState("waiting"), [url]);
  if (state === "failed") return null;
  return (
    <img
      src={url}
      alt=""
      draggable={false}
      data-state={state}
      onLoad={() => setState("there")}
      onError={() => setState("failed")}
    />
  );
}
