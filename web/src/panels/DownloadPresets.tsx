import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import type { ExportPreset } from "@/api/types";
import { exportText } from "@/document/names";
import css from "@/panels/Download.module.css";
import { Sidecar } from "@/panels/DownloadFile";
import { type Choices, choose, grouped } from "@/panels/download";
import { Telling } from "@/panels/DownloadTelling";

type Props = { choices: Choices; presets: readonly ExportPreset[]; signer: string | null };

/** Places that pictures go to; each asks for its own shape, size and color space. */
export function PresetChoices({ choices, presets, signer }: Props): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <div className={css.presets}>
        {grouped(presets).map((group) => (
          <fieldset key={group.name} className={css.group}>
            <legend>{t(`download.group_${group.name}`)}</legend>
            <div>
              {group.presets.map((preset) => (
                <Preset key={preset.name} preset={preset} chosen={choices.presets} />
              ))}
            </div>
          </fieldset>
        ))}
      </div>
      <p className={css.hint}>{t(choices.presets.length > 1 ? "download.presetsZip" : "download.presetsHelp")}</p>
      <Telling choices={choices} signer={signer} holds />
      <Sidecar choices={choices} />
    </>
  );
}

function Preset({ preset, chosen }: { preset: ExportPreset; chosen: string[] }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const on = chosen.includes(preset.name);
  const size = preset.width > 0 ? `${preset.width} × ${preset.height}` : t("download.upTo", { side: preset.longest });
  const toggle = () =>
    choose({ presets: on ? chosen.filter((each) => each !== preset.name) : [...chosen, preset.name] });
  return (
    <label className={css.preset} htmlFor={id}>
      <input id={id} type="checkbox" checked={on} onChange={toggle} />
      <span>{exportText(t, preset.name, preset.label)}</span>
      <small>{size}</small>
    </label>
  );
}
