import { type DragEvent, type MouseEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SetPhoto } from "@/api/types";
import { useSpan } from "@/kit/use-span";
import { keepPlace, useShowing } from "@/sets/showing";
import css from "@/sets/Photos.module.css";
import { Marks, PhotoThumb, Stars, described, starAt } from "@/sets/PhotoThumb";
import { useWork } from "@/sets/exporting";
import { mark } from "@/sets/marks";
import { takeKey } from "@/sets/photo-keys";
import { choose, goTo, useSelection } from "@/sets/selection";

/** CSS pixels: least width of a photo, room between two, and the line below a picture. */
const LEAST = 184;
const LEAST_NARROW = 140;
const GAP = 8;
const FOOT = 30;
/** Longer side of a picture in pixels. */
const THUMB = 420;

type Props = {
  set: string;
  photos: SetPhoto[];
  onOpen: (project: string) => void;
  /** Puts the chosen photos before another one, or (null) at the end; null where the order is not the set's. */
  onMove: ((before: string | null) => void) | null;
};

/** All photos of a set. Of two thousand, those near the eye are drawn. */
export function PhotoGrid({ set, photos, onOpen, onMove }: Props): ReactNode {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const least = width < 520 ? LEAST_NARROW : LEAST;
  const columns = Math.max(1, Math.floor((width + GAP) / (least + GAP)));
  const cell = (width - GAP * (columns - 1)) / columns;
  const pitch = Math.round(cell * 0.75) + FOOT + GAP;
  const rows = Math.ceil(photos.length / columns);
  const span = useSpan(box, { axis: "y", pitch: width > 0 ? pitch : 0, count: rows, over: 2 });
  const order = photos.map(({ project }) => project);
  const cursor = useCursor(order);
  usePlace(box, set, rows * pitch, width > 0);
  useInView(box, cursor === null ? -1 : order.indexOf(cursor), columns, pitch);

  const byPlaces = (by: number) => {
    const { chosen } = useSelection.getState();
    const rest = order.filter((project) => !chosen.has(project));
    const at = rest.length - order.slice(order.findIndex((project) => chosen.has(project))).filter((p) => !chosen.has(p)).length;
    onMove?.(rest[Math.max(0, at + by)] ?? null);
  };
  const listed = {
    set,
    order,
    columns,
    page: Math.max(1, Math.floor((box.current?.clientHeight ?? pitch) / pitch)),
    cursor,
    onGo: (project: string, extend: boolean) => goTo(order, project, extend),
    onOpen,
    onMove: onMove && byPlaces,
  };
  return (
    <div
      ref={box}
      className={`${css.box ?? ""} scrolls`}
      role="listbox"
      aria-label={t("sets.photos")}
      aria-multiselectable="true"
      aria-activedescendant={cursor === null ? undefined : `photo-${cursor}`}
      tabIndex={0}
      data-grid=""
      data-shares-keys=""
      onKeyDown={(event) => {
        if (takeKey(event, listed)) event.preventDefault();
      }}
    >
      <div className={css.sheet} role="presentation" style={{ height: rows * pitch }}>
        {photos.slice(span.first * columns, span.last * columns).map((photo, k) => {
          const place = span.first * columns + k;
          const left = (place % columns) * (cell + GAP);
          return (
            <Cell
              key={photo.project}
              photo={photo}
              set={set}
              order={order}
              place={place}
              cursor={photo.project === cursor}
              style={{ width: cell, transform: `translate(${left}px, ${Math.floor(place / columns) * pitch}px)` }}
              height={Math.round(cell * 0.75) - 12}
              onOpen={onOpen}
              onMove={onMove}
            />
          );
        })}
      </div>
    </div>
  );
}

type CellProps = {
  photo: SetPhoto;
  set: string;
  order: readonly string[];
  place: number;
  cursor: boolean;
  style: React.CSSProperties;
  height: number;
  onOpen: (project: string) => void;
  onMove: Props["onMove"];
};

function Cell({ photo, set, order, place, cursor, style, height, onOpen, onMove }: CellProps): ReactNode {
  const { t } = useTranslation();
  const { project } = photo;
  const chosen = useSelection((s) => s.chosen.has(project));
  const work = useWork(set, project);
  const touch = useRef(false);
  const dragging = useDragging(order, photo, onMove);
  const click = (event: MouseEvent) => {
    const stars = starAt(event.target);
    if (stars !== null && !touch.current) mark(set, [project], { stars });
    else if (touch.current && !useSelection.getState().choosing) onOpen(project);
    else choose(order, project, event);
  };
  return (
    <div
      id={`photo-${project}`}
      className={`${css.cell ?? ""} ${photo.flag < 0 ? (css.dim ?? "") : ""}`}
      role="option"
      aria-selected={chosen}
      aria-label={described(t, photo, work)}
      aria-setsize={order.length}
      aria-posinset={place + 1}
      data-cursor={cursor}
      style={style}
      onPointerDown={(event) => {
        touch.current = event.pointerType === "touch";
      }}
      onClick={click}
      onDoubleClick={(event) => {
        if (starAt(event.target) === null) onOpen(project);
      }}
      onContextMenu={(event) => {
        // A long press begins to choose.
        if (!touch.current) return;
        event.preventDefault();
        useSelection.setState({ choosing: true });
        choose(order, project, event);
      }}
      {...dragging}
    >
      <span className={css.frame} style={{ height }}>
        <PhotoThumb photo={photo} size={THUMB} />
        <Marks photo={photo} work={work} />
      </span>
      <span className={css.foot}>
        <span className={css.name}>{photo.name}</span>
        <Stars stars={photo.stars} />
      </span>
    </div>
  );
}

const DRAGGED = "application/x-freckle-photos";

/** Dragging chosen photos to another place of the set. */
function useDragging(order: readonly string[], { project }: SetPhoto, onMove: Props["onMove"]) {
  const [drop, setDrop] = useState<"before" | "after" | null>(null);
  if (onMove === null) return {};
  const side = (event: DragEvent): "before" | "after" => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return event.clientX < left + width / 2 ? "before" : "after";
  };
  const own = (event: DragEvent) => event.dataTransfer.types.includes(DRAGGED);
  return {
    draggable: true,
    "data-drop": drop ?? undefined,
    onDragStart: (event: DragEvent) => {
      if (!useSelection.getState().chosen.has(project)) choose(order, project, { shiftKey: false, ctrlKey: false, metaKey: false });
      event.dataTransfer.setData(DRAGGED, project);
      event.dataTransfer.effectAllowed = "move";
    },
    onDragOver: (event: DragEvent) => {
      if (!own(event)) return;
      event.preventDefault();
      setDrop(side(event));
    },
    onDragLeave: () => setDrop(null),
    onDrop: (event: DragEvent) => {
      setDrop(null);
      if (!own(event)) return;
      event.preventDefault();
      const { chosen } = useSelection.getState();
      const from = order.indexOf(project) + (side(event) === "after" ? 1 : 0);
      onMove(order.slice(from).find((each) => !chosen.has(each)) ?? null);
    },
  };
}

function useWidth(box: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const { paddingLeft, paddingRight } = getComputedStyle(element);
    const look = () => setWidth(element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight));
    look();
    const watch = new ResizeObserver(look);
    watch.observe(element);
    return () => watch.disconnect();
  }, [box]);
  return width;
}

/** The photo that keys speak of: as long as it is seen, else the first. */
function useCursor(order: readonly string[]): string | null {
  const cursor = useSelection((s) => s.cursor);
  return cursor !== null && order.includes(cursor) ? cursor : (order[0] ?? null);
}

/** Whoever comes back finds the gallery where they left it. */
function usePlace(box: React.RefObject<HTMLElement | null>, set: string, height: number, ready: boolean): void {
  const there = useRef(false);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || !ready || there.current || height === 0) return;
    element.scrollTop = useShowing.getState().places[set] ?? 0;
    there.current = true;
    const keep = () => keepPlace(set, element.scrollTop);
    element.addEventListener("scrollend", keep);
  }, [box, set, height, ready]);
  useEffect(() => {
    const element = box.current;
    return () => {
      if (element && there.current) keepPlace(set, element.scrollTop);
    };
  }, [box, set]);
}

/** Keeps the photo that has the focus on the screen, when another one gets it. */
function useInView(box: React.RefObject<HTMLElement | null>, place: number, columns: number, pitch: number): void {
  const last = useRef(place);
  useEffect(() => {
    const element = box.current;
    if (!element || place === last.current || place < 0) return;
    last.current = place;
    const top = Math.floor(place / columns) * pitch;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + pitch > element.scrollTop + element.clientHeight) element.scrollTop = top + pitch - element.clientHeight;
  }, [box, place, columns, pitch]);
}
