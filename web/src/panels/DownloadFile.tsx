import { ChevronRight } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FileFormat } from "@/api/types";
import type { Size } from "@/document/affine";
import dialog from "@/kit/Dialogs.module.css";
import { Field, Segments, SwitchLine } from "@/kit/Form";
import { NumberField, parsed } from "@/kit/NumberField";
import { Track } from "@/kit/Slider";
import css from "@/panels/Download.module.css";
import {
  type Choices,
  type Known,
  MOST,
  UNITS,
  choose,
  densityOf,
  edgeOf,
  formatOf,
  holdsCredentials,
  qualityOf,
  sizeOf,
} from "@/panels/download";
import { Telling } from "@/panels/DownloadTelling";

type Props = { choices: Choices; known: Known };

/** One file: format, quality, size, and behind a fold what few people change. */
export function FileChoices({ choices, known }: Props): ReactNode {
  const { t } = useTranslation();
  const format = formatOf(choices, known);
  if (!format) return null;
  const offered = known.clear ? known.formats.filter((each) => !each.opaque) : known.formats;
  return (
    <>
      <div className={css.formats}>
        <Segments
          label={t("download.format")}
          value={format.name}
          options={offered.map(({ name, label }) => ({ value: name, text: label }))}
          onChange={(name) => choose({ formats: { ...choices.formats, [known.offer.format]: name } })}
        />
        <p className={css.hint}>{useHint(format, known)}</p>
      </div>
      {format.quality !== null && (
        <Quality
          key={format.name}
          value={qualityOf(choices, format, known.offer)}
          onChange={(quality) => choose({ quality: { ...choices.quality, [format.name]: quality } })}
        />
      )}
      <Dimensions choices={choices} own={known.own} />
      <details className={css.more}>
        <summary>
          <ChevronRight size={15} aria-hidden="true" />
          {t("download.more")}
          <span>{useSummary(choices)}</span>
        </summary>
        <More choices={choices} known={known} />
      </details>
    </>
  );
}

function useHint(format: FileFormat, { offer, clear }: Known): string {
  const { t } = useTranslation();
  if (format.opaque && offer.transparent && !clear) return t("download.onWhite");
  if (offer.bits > 8 && !format.deep) return t("download.fewerBits");
  if (format.name === offer.format) return t("download.asOriginal", { bits: format.deep ? offer.bits : 8 });
  return t("download.bits", { bits: format.deep ? offer.bits : 8 });
}

function useSummary({ space, sharpen, metadata, disclose }: Choices): string {
  const { t } = useTranslation();
  const changed = [
    space !== "keep" && t(`download.space_${space}`),
    sharpen !== "none" && t(`download.sharpen_${sharpen}`),
    metadata !== "keep" && t(`download.metadata_${metadata}`),
    disclose && t("download.disclose"),
  ];
  return changed.filter(Boolean).join(" · ");
}

function More({ choices, known }: Props): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Field label={t("download.space")}>
        {(id) => (
          <select
            id={id}
            className={css.select}
            value={choices.space}
            onChange={(event) => choose({ space: event.currentTarget.value as Choices["space"] })}
          >
            <option value="keep">{t("download.space_keep", { name: known.offer.space })}</option>
            <option value="srgb">{t("download.space_srgb")}</option>
            <option value="p3">{t("download.space_p3")}</option>
            <option value="adobe">{t("download.space_adobe")}</option>
          </select>
        )}
      </Field>
      <Segments
        label={t("download.sharpen")}
        value={choices.sharpen}
        options={(["none", "screen", "print"] as const).map((value) => ({ value, text: t(`download.sharpen_${value}`) }))}
        onChange={(sharpen) => choose({ sharpen })}
      />
      <Segments
        label={t("download.metadata")}
        value={choices.metadata}
        options={(["keep", "gps", "all"] as const).map((value) => ({ value, text: t(`download.metadata_${value}`) }))}
        onChange={(metadata) => choose({ metadata })}
      />
      <Telling choices={choices} signer={known.offer.signer} holds={holdsCredentials(choices, known)} />
      <Sidecar choices={choices} />
    </>
  );
}

export function Sidecar({ choices }: { choices: Choices }): ReactNode {
  const { t } = useTranslation();
  return (
    <SwitchLine
      text={t("download.sidecar")}
      note={t("download.sidecarHelp")}
      on={choices.sidecar}
      onChange={(sidecar) => choose({ sidecar })}
    />
  );
}

type NameProps = { name: string; ending: string; onChange: (name: string) => void };

export function NameField({ name, ending, onChange }: NameProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Field label={t("download.name")}>
      {(id) => (
        <div className={css.name}>
          <input
            id={id}
            className={dialog.text}
            maxLength={200}
            spellCheck={false}
            value={name}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          <span aria-hidden="true">{ending}</span>
        </div>
      )}
    </Field>
  );
}

function Quality({ value, onChange }: { value: number; onChange: (value: number) => void }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const [shown, setShown] = useState(value);
  const name = t("download.quality");
  const take = (next: number) => {
    setShown(next);
    onChange(next);
  };
  return (
    <Field label={name}>
      {(field) => (
        <div className={dialog.quality} id={field}>
          <span id={id} className="visually-hidden">
            {name}
          </span>
          <Track
            labelId={id}
            valueText={t("control.value", { name, value: shown, max: 100 })}
            value={shown}
            min={1}
            max={100}
            step={1}
            origin={1}
            onPreview={setShown}
            onCommit={take}
          />
          <NumberField
            label={name}
            value={shown}
            min={1}
            max={100}
            step={1}
            onPreview={setShown}
            onCommit={take}
            onDrop={() => setShown(value)}
          />
        </div>
      )}
    </Field>
  );
}

function Dimensions({ choices, own }: { choices: Choices; own: Size }): ReactNode {
  const { t } = useTranslation();
  const size = sizeOf(choices, own);
  const longest = Math.max(own.width, own.height);
  const edge = edgeOf(choices, own);
  const factor = edge / longest;
  return (
    <div className={css.dimensions}>
      <Segments
        label={t("download.dimensions")}
        value={choices.size}
        options={[
          { value: "original", text: t("download.sizeOriginal") },
          { value: "pixels", text: t("download.sizePixels") },
          { value: "print", text: t("download.sizePrint") },
        ]}
        onChange={(way) => choose(way === "pixels" ? { size: way, edge: Math.min(choices.edge, longest) } : { size: way })}
      />
      {choices.size === "pixels" && (
        <div className={css.sides}>
          <Side
            label={t("download.width")}
            unit="px"
            value={size.width}
            onChange={(width) => choose({ edge: Math.round((width * longest) / own.width) })}
          />
          <span aria-hidden="true">×</span>
          <Side
            label={t("download.height")}
            unit="px"
            value={size.height}
            onChange={(height) => choose({ edge: Math.round((height * longest) / own.height) })}
          />
        </div>
      )}
      {choices.size === "print" && <Paper choices={choices} own={own} />}
      <p className={css.hint}>
        {t("download.pixels", { width: size.width, height: size.height })}
        {factor > 1.001 && ` · ${t("download.enlarged", { factor: Number(factor.toFixed(2)) })}`}
        {choices.size === "print" && ` · ${densityOf(choices, own)} dpi`}
        {factor >= MOST && ` · ${t("download.most")}`}
      </p>
    </div>
  );
}

function Paper({ choices, own }: { choices: Choices; own: Size }): ReactNode {
  const { t } = useTranslation();
  const { unit, paper, dpi } = choices;
  const longest = Math.max(own.width, own.height);
  const [width, height] = [own.width, own.height].map((side) => {
    const long = (paper * side) / longest / UNITS[unit];
    return Math.round(long * 100) / 100;
  }) as [number, number];
  const take = (value: number, side: number) => choose({ paper: (value * UNITS[unit] * longest) / side });
  return (
    <div className={css.sides}>
      <Side label={t("download.width")} value={width} onChange={(value) => take(value, own.width)} />
      <span aria-hidden="true">×</span>
      <Side label={t("download.height")} value={height} onChange={(value) => take(value, own.height)} />
      <select
        className={css.unit}
        aria-label={t("download.unit")}
        value={unit}
        onChange={(event) => choose({ unit: event.currentTarget.value === "in" ? "in" : "cm" })}
      >
        <option value="cm">cm</option>
        <option value="in">in</option>
      </select>
      <Side label={t("download.dpi")} unit="dpi" value={dpi} onChange={(value) => choose({ dpi: Math.min(2400, Math.max(36, Math.round(value))) })} />
    </div>
  );
}

type SideProps = { label: string; unit?: string; value: number; onChange: (value: number) => void };

/** A number that counts while it is typed; what was typed stays until the field is left. */
function Side({ label, unit, value, onChange }: SideProps): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <label className={css.side}>
      <span className="visually-hidden">{label}</span>
      <input
        type="text"
        inputMode="decimal"
        value={typed ?? value}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          const number = parsed(event.currentTarget.value);
          if (number !== null && number >= 1) onChange(number);
        }}
        onBlur={() => setTyped(null)}
      />
      {unit && <span aria-hidden="true">{unit}</span>}
    </label>
  );
}
