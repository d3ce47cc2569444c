import { type DragEvent, type MouseEvent, type ReactNode, memo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SetPhoto, Suggestion } from "@/api/types";
import { useWork } from "@/sets/exporting";
import { HintBadge, onHint } from "@/sets/HintBadge";
import { hintText, nameIn } from "@/sets/hints";
import { mark } from "@/sets/marks";
import css from "@/sets/Photos.module.css";
import { Marks, PhotoThumb, Stars, described, starAt } from "@/sets/PhotoThumb";
import { choose, useSelection } from "@/sets/selection";

/** Longer side of a picture in pixels. */
const THUMB = 420;
const NONE: readonly Suggestion[] = [];

/** Puts the chosen photos before another one, or (null) at the end; null where the order is not the set's. */
export type Move = ((before: string | null) => void) | null;

type Props = {
  photo: SetPhoto;
  hints: readonly Suggestion[] | undefined;
  set: string;
  order: readonly string[];
  place: number;
  cursor: boolean;
  /** CSS pixels. */
  width: number;
  left: number;
  top: number;
  onOpen: (project: string) => void;
  onMove: Move;
};

/** One photo of the gallery. While it is scrolled past others it stays as it is: nothing of it is worked out anew. */
export const PhotoCell = memo(function PhotoCell(props: Props): ReactNode {
  const { photo, hints = NONE, set, order, place, cursor, width, left, top, onOpen, onMove } = props;
  const { t } = useTranslation();
  const { project } = photo;
  const chosen = useSelection((s) => s.chosen.has(project));
  const work = useWork(set, project);
  const touch = useRef(false);
  const dragging = useDragging(order, photo, onMove);
  const nameOf = nameIn(set);
  const click = (event: MouseEvent) => {
    const stars = starAt(event.target);
    if (stars !== null && !touch.current) mark(set, [project], { stars });
    else if (touch.current && !useSelection.getState().choosing && !onHint(event.target)) onOpen(project);
    else choose(order, project, event);
  };
  return (
    <div
      id={`photo-${project}`}
      className={`${css.cell ?? ""} ${photo.flag < 0 ? (css.dim ?? "") : ""}`}
      role="option"
      aria-selected={chosen}
      aria-label={[described(t, photo, work), ...hints.map((hint) => hintText(t, hint, nameOf))].join(", ")}
      aria-setsize={order.length}
      aria-posinset={place + 1}
      data-cursor={cursor}
      style={{ width, transform: `translate(${left}px, ${top}px)` }}
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
      <span className={css.frame} style={{ height: Math.round(width * 0.75) - 12 }}>
        <PhotoThumb photo={photo} size={THUMB} />
        <Marks photo={photo} work={work} />
        <HintBadge hints={hints} nameOf={nameOf} />
      </span>
      <span className={css.foot}>
        <span className={css.name}>{photo.name}</span>
        <Stars stars={photo.stars} />
      </span>
    </div>
  );
});

const DRAGGED = "application/x-freckle-photos";

/** Dragging chosen photos to another place of the set. */
function useDragging(order: readonly string[], { project }: SetPhoto, onMove: Move) {
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
