import { AlignHorizontalDistributeCenter, AlignHorizontalJustifyCenter, AlignHorizontalJustifyEnd, AlignHorizontalJustifyStart, AlignVerticalDistributeCenter, AlignVerticalJustifyCenter, AlignVerticalJustifyEnd, AlignVerticalJustifyStart, type LucideIcon, RotateCcw } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Poster, PosterChange, PosterLayer, PosterLayout, PosterOffer } from "@/api/types";
import { IconButton } from "@/kit/Button";
import { NumberField } from "@/kit/NumberField";
import { Track } from "@/kit/Slider";
import { HouseColors } from "@/panels/HouseColors";
import { useChosen } from "@/tools/poster/chosen";
import { changeOf, changed, placed, roomIn } from "@/tools/poster/layers";
import css from "@/tools/poster/Layers.module.css";
import { type Edge, type Room, aligned, distributed, joined } from "@/tools/poster/rooms";
import { changePoster } from "@/tools/poster/store";
import { OwnWords, TypeForm } from "@/tools/poster/TypeForm";

const FULL = 100;
const EDGES: readonly { edge: Edge; icon: LucideIcon }[] = [
  { edge: "left", icon: AlignHorizontalJustifyStart },
  { edge: "center", icon: AlignHorizontalJustifyCenter },
  { edge: "right", icon: AlignHorizontalJustifyEnd },
  { edge: "top", icon: AlignVerticalJustifyStart },
  { edge: "middle", icon: AlignVerticalJustifyCenter },
  { edge: "bottom", icon: AlignVerticalJustifyEnd },
];

type Props = { poster: Poster; size: string; layout: PosterLayout; layers: PosterLayer[]; offer: PosterOffer };

/** What can be set of the chosen layers, in numbers. */
export function LayerForm({ poster, size, layout, layers, offer }: Props): ReactNode {
  const [only] = layers.length === 1 ? layers : [];
  const ids = layers.map((layer) => layer.id);
  const change = (patch: Partial<PosterChange>, key: string | null = null) => changePoster(changed(poster, ids, patch), key);
  return (
    <div className={css.form}>
      {only && <OwnWords poster={poster} layer={only} />}
      <Lineup poster={poster} size={size} layout={layout} layers={layers} />
      {only && <Place poster={poster} size={size} layout={layout} layer={only} />}
      {only?.kind === "column" && <TypeForm key={only.id} poster={poster} layout={layout} layer={only} offer={offer} change={change} />}
      {only && (only.kind === "shape" || only.kind === "code") && <Paint layer={only} own={changeOf(poster, only.id).color ?? null} change={change} />}
      <Opacity poster={poster} ids={ids} change={change} />
    </div>
  );
}

/** Lines up several with each other, one with the safe area. */
function Lineup({ poster, size, layout, layers }: Omit<Props, "offer">): ReactNode {
  const { t } = useTranslation();
  const free = layers.filter((layer) => !changeOf(poster, layer.id).locked);
  const rooms = free.map((layer) => roomIn(poster, size, layout, layer));
  const put = (next: readonly Room[]) => {
    const named = Object.fromEntries(free.map((layer, k) => [layer.id, next[k] as Room]));
    changePoster(placed(poster, size, layout, named));
  };
  return (
    <div className={css.bar} role="group" aria-label={t("posterLayers.lineUp")}>
      {EDGES.map(({ edge, icon: Icon }) => (
        <IconButton key={edge} label={t(`posterLayers.to_${edge}`)} disabled={free.length === 0} onClick={() => put(aligned(rooms, edge, rooms.length > 1 ? joined(rooms) : layout.safe))}>
          <Icon size={16} aria-hidden="true" />
        </IconButton>
      ))}
      {layers.length > 2 && (
        <>
          <IconButton label={t("posterLayers.spreadAcross")} onClick={() => put(distributed(rooms, "x"))}>
            <AlignHorizontalDistributeCenter size={16} aria-hidden="true" />
          </IconButton>
          <IconButton label={t("posterLayers.spreadDown")} onClick={() => put(distributed(rooms, "y"))}>
            <AlignVerticalDistributeCenter size={16} aria-hidden="true" />
          </IconButton>
        </>
      )}
    </div>
  );
}

/** Left, top, width and height in the artboard's own unit. */
function Place({ poster, size, layout, layer }: Pick<Props, "poster" | "size" | "layout"> & { layer: PosterLayer }): ReactNode {
  const { t } = useTranslation();
  const moving = useChosen((s) => s.moving?.to[layer.id]);
  const room = moving ?? roomIn(poster, size, layout, layer);
  const change = changeOf(poster, layer.id);
  const unit = layout.unit === "px" ? "px" : "mm";
  const step = unit === "px" ? 1 : 0.5;
  const most = (2 * Math.max(layout.width, layout.height)) / layout.point;
  const put = (name: keyof Room, value: number) =>
    changePoster(placed(poster, size, layout, { [layer.id]: { ...room, [name]: value * layout.point } }), `place ${layer.id} ${name}`);
  const moved = size in change.places || change.place !== null;
  const reset = () => {
    const places = Object.fromEntries(Object.entries(change.places).filter(([name]) => name !== size));
    changePoster(changed(poster, [layer.id], { places, ...(size in change.places ? {} : { place: null }) }));
  };
  return (
    <div className={css.numbers} role="group" aria-label={t("posterLayers.place")}>
      {(["x", "y", "w", "h"] as const).map((name) => {
        const value = round(room[name] / layout.point, unit === "px" ? 0 : 1);
        const label = t(`posterLayers.${name}`);
        const small = name === "w" || name === "h";
        return (
          <span key={name} className={css.number}>
            {label}
            <span className={css.pair}>
              <NumberField label={label} value={value} min={small ? step : -most} max={most} step={step} disabled={change.locked} onPreview={(next) => put(name, next)} onCommit={(next) => put(name, next)} onDrop={() => undefined} />
              <small>{unit}</small>
            </span>
          </span>
        );
      })}
      <IconButton label={t("posterLayers.resetPlace")} disabled={!moved} onClick={reset}>
        <RotateCcw size={15} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

export type Change = (patch: Partial<PosterChange>, key?: string | null) => void;

/** A color of the layer's own. */
export function Paint({ layer, own, change }: { layer: PosterLayer; own: string | null; change: Change }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className={css.number}>
      <label htmlFor={id}>{t("posterLayers.color")}</label>
      <span className={css.pair}>
        <input id={id} type="color" value={layer.color ?? "#000000"} onChange={(event) => change({ color: event.currentTarget.value }, `color ${layer.id}`)} />
        <IconButton label={t("posterLayers.resetColor")} disabled={own === null} onClick={() => change({ color: null })}>
          <RotateCcw size={15} aria-hidden="true" />
        </IconButton>
      </span>
      <HouseColors value={layer.color ?? null} onPick={(color) => change({ color })} />
    </div>
  );
}

function Opacity({ poster, ids, change }: { poster: Poster; ids: string[]; change: Change }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const value = Math.round(changeOf(poster, ids[0] ?? "").opacity * FULL);
  const put = (next: number) => change({ opacity: Math.round(next) / FULL }, `opacity ${ids.join(" ")}`);
  return (
    <div>
      <div className={css.number}>
        <span id={id}>{t("posterLayers.opacity")}</span>
        <NumberField label={t("control.number", { name: t("posterLayers.opacity") })} value={value} min={0} max={FULL} step={1} onPreview={put} onCommit={put} onDrop={() => undefined} />
      </div>
      <Track labelId={id} valueText={`${value} %`} value={value} min={0} max={FULL} step={1} origin={FULL} onPreview={put} onCommit={put} onReset={() => put(FULL)} />
    </div>
  );
}
