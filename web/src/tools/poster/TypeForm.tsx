import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Poster, PosterLayer, PosterLayout, PosterOffer } from "@/api/types";
import { Field as Labelled, Segments } from "@/kit/Form";
import { NumberField } from "@/kit/NumberField";
import { type Change, Paint } from "@/tools/poster/LayerForm";
import { changeOf, ownPatched } from "@/tools/poster/layers";
import css from "@/tools/poster/Layers.module.css";
import { type Field, fieldOf } from "@/tools/poster/poster";
import { Typefaces } from "@/tools/poster/OwnFiles";
import posterCss from "@/tools/poster/Poster.module.css";
import { useSheet } from "@/tools/poster/sheet";
import { changePoster } from "@/tools/poster/store";
import { WordsField } from "@/tools/poster/WordsForm";

const SCALE = [0.2, 5] as const;
/** Type that came out so much smaller than asked found its place full. */
const SHORT = 0.97;
const SIDES = ["left", "center", "right"] as const;
const STANDS = ["top", "middle", "bottom"] as const;

type Props = { poster: Poster; layout: PosterLayout; layer: PosterLayer; offer: PosterOffer; change: Change };

/** Size, typeface, alignment and color of a column of type. */
export function TypeForm({ poster, layout, layer, offer, change }: Props): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const now = changeOf(poster, layer.id);
  return (
    <>
      <Size layer={layer} scale={now.scale} unit={layout.unit} change={change} />
      <div className={css.number}>
        <label htmlFor={id}>{t("posterLayers.font")}</label>
        <select id={id} className={posterCss.input} value={now.font ?? ""} onChange={(event) => change({ font: event.currentTarget.value || null })}>
          <Typefaces offer={offer} />
        </select>
      </div>
      <Segments label={t("posterLayers.side")} value={layer.side ?? "left"} options={SIDES.map((value) => ({ value, text: t(`posterLayers.side_${value}`) }))} onChange={(side) => change({ side })} />
      <Segments label={t("posterLayers.stand")} value={layer.stand ?? "top"} options={STANDS.map((value) => ({ value, text: t(`posterLayers.stand_${value}`) }))} onChange={(stand) => change({ stand })} />
      <Paint layer={layer} own={now.color ?? null} change={change} />
    </>
  );
}

type SizeProps = { layer: PosterLayer; scale: number; unit: string; change: Change };

function Size({ layer, scale, unit, change }: SizeProps): ReactNode {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<number | null>(null);
  const size = layer.size ?? 0;
  const full = asked !== null && size < asked * SHORT;
  const put = (next: number) => {
    if (size <= 0) return;
    setAsked(next);
    const [least, most] = SCALE;
    change({ scale: Math.min(most, Math.max(least, (scale * next) / size)) });
  };
  return (
    <div>
      <div className={css.number}>
        {t("posterLayers.size")}
        <span className={css.pair}>
          <NumberField label={t("posterLayers.size")} value={Number(size.toFixed(1))} min={1} max={4000} step={1} onPreview={() => undefined} onCommit={put} onDrop={() => setAsked(null)} />
          <small>{unit}</small>
        </span>
      </div>
      {full && <p className={posterCss.hint}>{t("posterLayers.full")}</p>}
    </div>
  );
}

/** The words of a layer: the poster's fields that stand in it, or its own text. */
export function OwnWords({ poster, layer }: { poster: Poster; layer: PosterLayer }): ReactNode {
  const { t } = useTranslation();
  const own = poster.layers.find((each) => each.id === layer.id);
  if (own?.kind === "column" || own?.kind === "code") {
    const text = own.kind === "code" ? own.text : (own.items[0]?.text ?? "");
    const put = (next: string) => {
      const poster_ = ownPatched(poster, layer.id, (each) => {
        if (each.kind === "code") return { ...each, text: next || "https://" };
        return each.kind === "column" ? { ...each, items: each.items.map((item, k) => (k === 0 ? { ...item, text: next } : item)) } : each;
      });
      changePoster(poster_, `own ${layer.id}`);
    };
    return (
      <Labelled label={t(own.kind === "code" ? "poster.fields.link" : "posterLayers.kind_column")}>
        {(id) => <textarea id={id} data-poster-own="" rows={1} dir="auto" className={posterCss.input} value={text} maxLength={1200} onChange={(event) => put(event.currentTarget.value)} />}
      </Labelled>
    );
  }
  return <Fields poster={poster} layer={layer} />;
}

function Fields({ poster, layer }: { poster: Poster; layer: PosterLayer }): ReactNode {
  const laid = useSheet((s) => s.laid);
  const layout = useSheet((s) => s.layout);
  const lines = layout?.lines.filter((line) => line.layer === layer.id) ?? [];
  const found = laid ? lines.map((line) => fieldOf(laid.content, line.text)) : [];
  const here = new Set(found.filter((field): field is Field => field !== null));
  if (layer.kind === "code") here.add("link");
  const fields = useSeen(layer.id, here);
  return fields.map((field) => <WordsField key={field} field={field} poster={poster} />);
}

/** A field stays while its layer is chosen, also when its words were just deleted. */
function useSeen(layer: string, here: ReadonlySet<Field>): Field[] {
  const [seen, setSeen] = useState<{ layer: string; fields: Field[] }>({ layer, fields: [] });
  const before = seen.layer === layer ? seen.fields : [];
  const fresh = [...here].filter((field) => !before.includes(field));
  const fields = [...before, ...fresh];
  if (seen.layer !== layer || fresh.length > 0) setSeen({ layer, fields });
  return fields;
}
