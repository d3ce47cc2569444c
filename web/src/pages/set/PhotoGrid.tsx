import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Hints } from "@/api/suggestions";
import type { SetPhoto } from "@/api/types";
import { useSpan } from "@/kit/use-span";
import { type Move, PhotoCell } from "@/pages/set/PhotoCell";
import { takeKey } from "@/sets/photo-keys";
import css from "@/sets/Photos.module.css";
import { goTo, useSelection } from "@/sets/selection";
import { keepPlace, useShowing } from "@/sets/showing";

/** CSS pixels: least width of a photo, room between two, and the line below a picture. */
const LEAST = 184;
const LEAST_NARROW = 140;
const GAP = 8;
const FOOT = 30;

type Props = {
  set: string;
  photos: SetPhoto[];
  /** What is suggested of them; null until it is known. */
  hints: Hints | null;
  onOpen: (project: string) => void;
  onMove: Move;
};

/** All photos of a set. Of two thousand, those near the eye are drawn. */
export function PhotoGrid({ set, photos, hints, onOpen, onMove }: Props): ReactNode {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const least = width < 520 ? LEAST_NARROW : LEAST;
  const columns = Math.max(1, Math.floor((width + GAP) / (least + GAP)));
  const cell = (width - GAP * (columns - 1)) / columns;
  const pitch = Math.round(cell * 0.75) + FOOT + GAP;
  const rows = Math.ceil(photos.length / columns);
  const span = useSpan(box, { axis: "y", pitch: width > 0 ? pitch : 0, count: rows, over: 2 });
  const order = useMemo(() => photos.map(({ project }) => project), [photos]);
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
          return (
            <PhotoCell
              key={photo.project}
              photo={photo}
              hints={hints?.get(photo.project)}
              set={set}
              order={order}
              place={place}
              cursor={photo.project === cursor}
              width={cell}
              left={(place % columns) * (cell + GAP)}
              top={Math.floor(place / columns) * pitch}
              onOpen={onOpen}
              onMove={onMove}
            />
          );
        })}
      </div>
    </div>
  );
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
