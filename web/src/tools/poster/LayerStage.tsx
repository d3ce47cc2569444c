import { type CSSProperties, type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Poster, PosterLayer, PosterLayout } from "@/api/types";
import { Floating } from "@/tools/poster/Floating";
import { choose, move, useChosen } from "@/tools/poster/chosen";
import { layerText } from "@/tools/poster/LayerList";
import { changeOf, hitOf, roomIn } from "@/tools/poster/layers";
import css from "@/tools/poster/Layers.module.css";
import { drop, lift } from "@/tools/poster/lifted";
import { fieldOf } from "@/tools/poster/poster";
import { type Corner, type Room, joined } from "@/tools/poster/rooms";
import { useSheet } from "@/tools/poster/sheet";
import { usePoster } from "@/tools/poster/store";
import { type Stage, covers, useMoving } from "@/tools/poster/use-moving";

const CORNERS: readonly Corner[] = ["nw", "ne", "se", "sw"];

type Props = { project: string; poster: Poster; size: string; layout: PosterLayout; longer: number; scale: number };

/** The layers over their picture: chosen by a click, moved by the pointer and by arrow keys. */
export function LayerStage(props: Props): ReactNode {
  const { t } = useTranslation();
  const { poster, size, layout, scale } = props;
  const { ids, moving } = useChosen();
  const stage: Stage = { poster, size, layout, scale };
  const { start, drag, end, cancel, keys } = useMoving(stage);
  useLifting(props, ids);
  useSettling(poster);
  useEffect(() => () => choose([]), []);
  const shown = layout.layers.filter((layer) => !changeOf(poster, layer.id).hidden);
  const roomNow = (layer: PosterLayer) => moving?.to[layer.id] ?? roomIn(poster, size, layout, layer);
  const chosen = shown.filter((layer) => ids.includes(layer.id));
  const [only] = chosen.length === 1 ? chosen : [];
  return (
    <>
      <Floating layout={layout} scale={scale} />
      <div role="group" aria-label={t("posterLayers.onSheet")} onPointerMove={drag} onPointerUp={end} onPointerCancel={cancel}>
        {shown.map((layer) => {
          const room = roomNow(layer);
          const { locked } = changeOf(poster, layer.id);
          return (
            <button
              key={layer.id}
              type="button"
              className={css.layer}
              style={at(layout, hitOf(layout, layer, room))}
              aria-label={layerText(t, layer)}
              aria-pressed={ids.includes(layer.id)}
              data-layer={layer.id}
              data-locked={locked ? "" : undefined}
              data-ground={covers(layout, room) ? "" : undefined}
              onPointerDown={(event) => start(event, layer, null)}
              onKeyDown={(event) => keys(event, layer)}
            />
          );
        })}
        {chosen.map((layer) => (
          <span key={layer.id} className={css.frame} style={at(layout, roomNow(layer))} aria-hidden="true" />
        ))}
        {chosen.length > 1 && <span className={css.around} style={at(layout, joined(chosen.map(roomNow)))} aria-hidden="true" />}
        {only &&
          !changeOf(poster, only.id).locked &&
          CORNERS.map((corner) => (
            <span
              key={corner}
              className={css.corner}
              data-corner={corner}
              style={cornerAt(layout, roomNow(only), corner)}
              aria-hidden="true"
              onPointerDown={(event) => start(event, only, corner)}
            />
          ))}
      </div>
      <Marks layout={layout} />
      {moving && !moving.made && <Guides layout={layout} />}
    </>
  );
}

/** Pictures of what is chosen are asked for before it is moved: once the sheet is drawn and rests. */
function useLifting({ project, poster, size, longer }: Props, ids: string[]): void {
  const ready = useSheet((s) => s.laid === poster && !s.busy);
  const resting = useChosen((s) => s.moving === null);
  useEffect(() => {
    if (ready && resting) lift({ project, poster, size, longer, ids });
  }, [project, poster, size, longer, ids, ready, resting]);
  useEffect(() => drop, []);
}

/** A movement is over when its poster is drawn, refused, or no longer the poster. */
function useSettling(poster: Poster): void {
  const made = useChosen((s) => s.moving?.made ?? null);
  const over = useSheet((s) => made !== null && (s.shown === made || s.trouble !== undefined));
  useEffect(() => {
    if (made && (over || poster !== made)) move(null);
  }, [made, over, poster]);
}

export function at(layout: PosterLayout, room: Room): CSSProperties {
  const share = (part: number, of: number) => `${((part / of) * 100).toFixed(3)}%`;
  return {
    left: share(room.x, layout.width),
    top: share(room.y, layout.height),
    width: share(room.w, layout.width),
    height: share(room.h, layout.height),
  };
}

function cornerAt(layout: PosterLayout, room: Room, corner: Corner): CSSProperties {
  const x = corner.endsWith("w") ? room.x : room.x + room.w;
  const y = corner.startsWith("n") ? room.y : room.y + room.h;
  return { left: `${(x / layout.width) * 100}%`, top: `${(y / layout.height) * 100}%` };
}

/** Rings around the words whose field is being typed in. */
function Marks({ layout }: { layout: PosterLayout }): ReactNode {
  const focus = usePoster((s) => s.focus);
  const content = useSheet((s) => s.laid?.content);
  if (!focus || !content) return null;
  return layout.lines
    .filter((line) => fieldOf(content, line.text) === focus)
    .map((line, k) => <span key={`${line.layer} ${k}`} className={css.mark} style={at(layout, line.room)} aria-hidden="true" />);
}

/** The safe area, and the lines that the moved layer stands on. */
function Guides({ layout }: { layout: PosterLayout }): ReactNode {
  const guides = useChosen((s) => s.moving?.guides ?? []);
  return (
    <>
      <span className={css.safe} style={at(layout, layout.safe)} aria-hidden="true" />
      {guides.map(({ axis, at: place }) => (
        <span
          key={`${axis} ${place}`}
          className={css.guide}
          data-axis={axis}
          data-guide=""
          style={axis === "x" ? { left: `${(place / layout.width) * 100}%` } : { top: `${(place / layout.height) * 100}%` }}
          aria-hidden="true"
        />
      ))}
    </>
  );
}
