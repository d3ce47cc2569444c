import type { CSSProperties, ReactNode } from "react";
import type { PosterLayer, PosterLayout } from "@/api/types";
import { useChosen } from "@/tools/poster/chosen";
import css from "@/tools/poster/Layers.module.css";
import { useLifted } from "@/tools/poster/lifted";
import type { Room } from "@/tools/poster/rooms";
import { useSheet } from "@/tools/poster/sheet";

type Props = { layout: PosterLayout; scale: number };

/** What is being moved, as a picture under the pointer, until the renderer's answer is there. */
export function Floating({ layout, scale }: Props): ReactNode {
  const moving = useChosen((s) => s.moving);
  const ids = useChosen((s) => s.ids);
  const lift = useLifted((s) => s.lift);
  const { url, shown } = useSheet();
  if (!moving || !url) return null;
  const names = Object.keys(moving.from);
  const ready = lift !== null && (lift.poster === shown || moving.made !== null);
  const whole = names.length === ids.length;
  if (!ready || !whole) {
    return (
      <div className={css.floating} data-floating="ghost">
        {names.map((id) => (
          <Ghost key={id} url={url} from={moving.from[id]} to={moving.to[id]} layout={layout} scale={scale} />
        ))}
      </div>
    );
  }
  const [first = ""] = names;
  const [from, to] = [moving.from[first], moving.to[first]];
  const layer = layout.layers.find((each) => each.id === first);
  if (!from || !to || !layer) return null;
  const grown = from.w !== to.w || from.h !== to.h;
  return (
    <div className={css.floating} data-floating="lifted">
      <img className={css.whole} src={lift.rest} alt="" draggable={false} />
      {grown ? (
        <Grown url={lift.alone} from={from} to={to} layer={layer} layout={layout} scale={scale} />
      ) : (
        <img
          className={css.whole}
          src={lift.alone}
          alt=""
          draggable={false}
          style={{ transform: `translate(${(to.x - from.x) * scale}px, ${(to.y - from.y) * scale}px)` }}
        />
      )}
    </div>
  );
}

type GrownProps = { url: string; from: Room; to: Room; layer: PosterLayer; layout: PosterLayout; scale: number };

/** A layer in another size: a photo fills its place, a code keeps its shape, a form is stretched; type waits. */
function Grown({ url, from, to, layer, layout, scale }: GrownProps): ReactNode {
  const [x, y] = [to.w / from.w, to.h / from.h];
  const grows = { photo: [Math.max(x, y), Math.max(x, y)], shape: [x, y], column: [1, 1], code: [Math.min(x, y), Math.min(x, y)], image: [Math.min(x, y), Math.min(x, y)] };
  const [across = 1, down = 1] = grows[layer.kind];
  const clips = layer.kind === "photo";
  const frame: CSSProperties = {
    left: to.x * scale,
    top: to.y * scale,
    width: to.w * scale,
    height: to.h * scale,
    overflow: clips ? "hidden" : "visible",
  };
  // A photo stays in the middle of its place, all others at its left upper corner.
  const free = clips ? { x: (to.w - from.w * across) / 2, y: (to.h - from.h * down) / 2 } : { x: 0, y: 0 };
  const inner: CSSProperties = {
    width: layout.width * scale,
    height: layout.height * scale,
    transform: `translate(${(free.x - from.x * across) * scale}px, ${(free.y - from.y * down) * scale}px) scale(${across}, ${down})`,
  };
  return (
    <div className={css.grown} style={frame}>
      <img src={url} alt="" draggable={false} style={inner} />
    </div>
  );
}

type GhostProps = { url: string; from: Room | undefined; to: Room | undefined; layout: PosterLayout; scale: number };

/** The layer's part of the whole picture, where there is no picture of it alone yet. */
function Ghost({ url, from, to, layout, scale }: GhostProps): ReactNode {
  if (!from || !to) return null;
  const style: CSSProperties = {
    left: to.x * scale,
    top: to.y * scale,
    width: to.w * scale,
    height: to.h * scale,
    backgroundImage: `url("${url}")`,
    backgroundSize: `${layout.width * scale}px ${layout.height * scale}px`,
    backgroundPosition: `${-from.x * scale}px ${-from.y * scale}px`,
  };
  return <div className={css.ghost} style={style} />;
}
