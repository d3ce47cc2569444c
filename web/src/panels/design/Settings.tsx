import { Dices } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useStyles } from "@/api/looks";
import type { LookStyle } from "@/api/types";
import { IconButton } from "@/kit/Button";
import { SwitchLine } from "@/kit/Form";
import { NumberField } from "@/kit/NumberField";
import { Line, SliderLine } from "@/panels/design/Lines";
import css from "@/panels/design/Design.module.css";
import { USUAL, setSettings, useDesign } from "@/panels/design/design-store";

const ASPECTS = ["1:1", "4:5", "3:4", "2:3", "9:16", "5:4", "4:3", "3:2", "16:9"];
const SCALES = [1, 1.5, 2, 3, 4];
const SEEDS = 2 ** 31;

/** What can be asked beside the words. */
export function Settings(): ReactNode {
  const { t } = useTranslation();
  const settings = useDesign((s) => s.settings);
  const keep = useDesign((s) => s.keep);
  return (
    <div className={css.settings}>
      <StyleLine />
      <SliderLine
        name={t("design.count")}
        value={settings.candidates}
        min={1}
        max={8}
        usual={USUAL.candidates}
        onChange={(candidates) => setSettings({ candidates })}
      />
      <SliderLine
        name={t("design.weight")}
        value={settings.weight}
        min={1}
        max={20}
        usual={USUAL.weight}
        onChange={(weight) => setSettings({ weight })}
      />
      <Line name={t("design.aspect")}>
        {(id) => (
          <select
            id={id}
            className={css.select}
            value={settings.aspect ?? ""}
            onChange={(event) => setSettings({ aspect: event.currentTarget.value || null })}
          >
            <option value="">{t("design.asItIs")}</option>
            {ASPECTS.map((aspect) => (
              <option key={aspect}>{aspect}</option>
            ))}
          </select>
        )}
      </Line>
      <Line name={t("design.scale")}>
        {(id) => (
          <select
            id={id}
            className={css.select}
            value={settings.scale}
            onChange={(event) => setSettings({ scale: Number(event.currentTarget.value) })}
          >
            {SCALES.map((scale) => (
              <option key={scale} value={scale}>
                {scale} ×
              </option>
            ))}
          </select>
        )}
      </Line>
      <Seed seed={settings.seed} />
      <SwitchLine
        text={t("lock.skin_tone")}
        note={t(settings.skin_lock ? "design.lockOn" : "design.lockOff")}
        on={settings.skin_lock}
        onChange={(skin_lock) => setSettings({ skin_lock })}
      />
      <SwitchLine
        text={t("design.keep")}
        note={t(keep ? "design.keepOn" : "design.keepOff")}
        on={keep}
        onChange={(on) => useDesign.setState({ keep: on })}
      />
    </div>
  );
}

export function styleText(style: LookStyle, language: string): string {
  return style.labels[language.split("-")[0] ?? "en"] ?? style.labels["en"] ?? style.key;
}

function StyleLine(): ReactNode {
  const { t, i18n } = useTranslation();
  const style = useDesign((s) => s.settings.style);
  const { data: styles = [] } = useStyles();
  return (
    <Line name={t("design.style")}>
      {(id) => (
        <select
          id={id}
          className={css.select}
          value={style ?? ""}
          onChange={(event) => setSettings({ style: event.currentTarget.value || null })}
        >
          <option value="">{t("design.anyStyle")}</option>
          {styles.map((each) => (
            <option key={each.key} value={each.key}>
              {styleText(each, i18n.language)}
            </option>
          ))}
        </select>
      )}
    </Line>
  );
}

/** The same seed gives the same candidates; the dice throw another. */
function Seed({ seed }: { seed: number }): ReactNode {
  const { t } = useTranslation();
  const take = (next: number) => setSettings({ seed: Math.round(next) });
  return (
    <div className={css.line}>
      <span className={css.lineName}>{t("design.seed")}</span>
      <NumberField
        label={t("design.seed")}
        value={seed}
        min={0}
        max={SEEDS - 1}
        step={1}
        onPreview={() => undefined}
        onCommit={take}
        onDrop={() => undefined}
      />
      <IconButton label={t("design.dice")} onClick={() => take(Math.floor(Math.random() * 10_000))}>
        <Dices size={17} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
