import { ArrowDown, ArrowUp, Circle, Eye, EyeOff, Group, Image as Picture, Lock, LockOpen, type LucideIcon, QrCode, Square, Trash2, Type, Ungroup, UserRound } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { type TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Poster, PosterLayer, PosterLayout } from "@/api/types";
import { IconButton } from "@/kit/Button";
import { choose, chooseLayer, useChosen } from "@/tools/poster/chosen";
import { changeOf, changed, freshId, reordered, withLayer, without } from "@/tools/poster/layers";
import css from "@/tools/poster/Layers.module.css";
import { Bring } from "@/tools/poster/OwnFiles";
import { type Added, added } from "@/tools/poster/own-layers";
import { changePoster, posterNow, usePoster } from "@/tools/poster/store";

const ICONS: Record<PosterLayer["kind"], LucideIcon> = { photo: UserRound, shape: Square, column: Type, code: QrCode, image: Picture };
const ADDED: readonly { what: Exclude<Added, "image">; icon: LucideIcon }[] = [
  { what: "text", icon: Type },
  { what: "rect", icon: Square },
  { what: "ellipse", icon: Circle },
  { what: "code", icon: QrCode },
];
const SHORT = 60;

export function layerText(t: TFunction, layer: PosterLayer): string {
  const kind = t(`posterLayers.kind_${layer.kind}`);
  return layer.text ? `${kind}: ${layer.text.slice(0, SHORT)}` : kind;
}

type Props = { poster: Poster; layout: PosterLayout };

/** All layers, the front one first. */
export function LayerList({ poster, layout }: Props): ReactNode {
  const { t } = useTranslation();
  const { ids } = useChosen();
  const front = layout.layers.toReversed();
  return (
    <>
      <div className={css.bar} role="group" aria-label={t("posterLayers.add")}>
        {ADDED.map(({ what, icon: Icon }) => (
          <IconButton key={what} label={t(`posterLayers.add_${what}`)} onClick={() => add(layout, what, t("posterLayers.newText"))}>
            <Icon size={17} aria-hidden="true" />
          </IconButton>
        ))}
        <Bring text={t("posterFiles.addPicture")} onBrought={(file) => file.kind === "logo" && add(layout, "image", file.name)} />
      </div>
      <ul className={css.list} aria-label={t("posterLayers.title")}>
        {front.map((layer) => (
          <Row key={layer.id} layer={layer} poster={poster} layout={layout} chosen={ids.includes(layer.id)} />
        ))}
      </ul>
      <Acts poster={poster} layout={layout} ids={ids} />
    </>
  );
}

function add(layout: PosterLayout, what: Added, text: string): void {
  const poster = posterNow(usePoster.getState());
  if (!poster) return;
  const kind = { text: "column", rect: "shape", ellipse: "shape", code: "code", image: "image" }[what];
  const layer = added(what, freshId(poster, kind), layout, text);
  changePoster(withLayer(poster, layer));
  choose([layer.id]);
}

type RowProps = Props & { layer: PosterLayer; chosen: boolean };

function Row({ layer, poster, layout, chosen }: RowProps): ReactNode {
  const { t } = useTranslation();
  const change = changeOf(poster, layer.id);
  const Icon = ICONS[layer.kind];
  const name = layerText(t, layer);
  const put = (patch: { hidden?: boolean; locked?: boolean }) => changePoster(changed(poster, [layer.id], patch));
  const keys = (event: KeyboardEvent) => {
    const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!event.altKey || way === undefined) return;
    event.preventDefault();
    step(poster, layout, layer.id, way);
  };
  return (
    <li className={css.row} data-chosen={chosen ? "" : undefined} data-off={change.hidden ? "" : undefined} data-grouped={change.group ? "" : undefined}>
      <button type="button" className={css.name} aria-pressed={chosen} title={name} onClick={(event) => chooseLayer(poster, layer.id, event.shiftKey || event.ctrlKey || event.metaKey)} onKeyDown={keys}>
        <Icon size={15} aria-hidden="true" fill={layer.kind === "shape" ? (layer.color ?? "none") : "none"} />
        <span>{layer.text || t(`posterLayers.kind_${layer.kind}`)}</span>
      </button>
      <IconButton label={t(change.locked ? "posterLayers.unlock" : "posterLayers.lock", { name })} pressed={change.locked} onClick={() => put({ locked: !change.locked })}>
        {change.locked ? <Lock size={14} aria-hidden="true" /> : <LockOpen size={14} aria-hidden="true" opacity={0.55} />}
      </IconButton>
      <IconButton label={t(change.hidden ? "posterLayers.show" : "posterLayers.hide", { name })} pressed={change.hidden} onClick={() => put({ hidden: !change.hidden })}>
        {change.hidden ? <EyeOff size={14} aria-hidden="true" /> : <Eye size={14} aria-hidden="true" />}
      </IconButton>
    </li>
  );
}

function step(poster: Poster, layout: PosterLayout, id: string, way: number): void {
  const at = layout.layers.findIndex((layer) => layer.id === id);
  changePoster(reordered(poster, layout.layers, id, at + way));
}

/** What can be done with what is chosen. */
function Acts({ poster, layout, ids }: Props & { ids: string[] }): ReactNode {
  const { t } = useTranslation();
  const [only] = ids.length === 1 ? ids : [];
  const at = layout.layers.findIndex((layer) => layer.id === only);
  const grouped = ids.some((id) => changeOf(poster, id).group !== "");
  const group = (name: string) => changePoster(changed(poster, ids, { group: name }));
  return (
    <div className={css.bar} role="group" aria-label={t("posterLayers.acts")}>
      <IconButton label={t("posterLayers.forward")} disabled={!only || at === layout.layers.length - 1} onClick={() => only && step(poster, layout, only, 1)}>
        <ArrowUp size={16} aria-hidden="true" />
      </IconButton>
      <IconButton label={t("posterLayers.backward")} disabled={!only || at === 0} onClick={() => only && step(poster, layout, only, -1)}>
        <ArrowDown size={16} aria-hidden="true" />
      </IconButton>
      <IconButton label={t("posterLayers.group")} disabled={ids.length < 2 || grouped} onClick={() => group([...ids].sort().join(" ").slice(0, 60))}>
        <Group size={16} aria-hidden="true" />
      </IconButton>
      <IconButton label={t("posterLayers.ungroup")} disabled={!grouped} onClick={() => group("")}>
        <Ungroup size={16} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={t("posterLayers.delete")}
        disabled={ids.length === 0}
        onClick={() => {
          changePoster(without(poster, ids));
          choose([]);
        }}
      >
        <Trash2 size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
