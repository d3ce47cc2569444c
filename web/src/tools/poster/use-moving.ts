/** Moving and resizing layers by pointer and keys, and what a click on a chosen one opens. */

import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import type { Poster, PosterLayer, PosterLayout, PosterLine } from "@/api/types";
import { type Moving, choose, chooseLayer, move, useChosen } from "@/tools/poster/chosen";
import { changeOf, placed, roomIn, without } from "@/tools/poster/layers";
import { fieldOf } from "@/tools/poster/poster";
import { type Corner, type Lines, type Room, joined, linesOf, movedBy, resized, snapped } from "@/tools/poster/rooms";
import { useSheet } from "@/tools/poster/sheet";
import { changePoster, focusField } from "@/tools/poster/store";

/** A press that moves less far is a click, in CSS pixels. */
const STILL = 3;
/** Lines pull from so far, in CSS pixels. */
const REACH = 6;
/** Arrow keys: one pixel or half a millimetre; ten times that with Shift. */
const STEP = { px: 1, pt: 0.5 };
const FAR = 10;
const ARROWS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export type Stage = { poster: Poster; size: string; layout: PosterLayout; /** CSS pixels of a point. */ scale: number };

type Press = {
  x: number;
  y: number;
  layer: PosterLayer;
  corner: Corner | null;
  /** A click on what was chosen before opens its words. */
  again: boolean;
  /** What covers the sheet is moved once it is chosen: a press beside the words would take the ground along. */
  still: boolean;
  from: Record<string, Room>;
  lines: Lines;
  moving: Moving | null;
};

export function useMoving(stage: Stage) {
  const press = useRef<Press | null>(null);

  const start = (event: PointerEvent<HTMLElement>, layer: PosterLayer, corner: Corner | null) => {
    if (event.button !== 0) return;
    const again = useChosen.getState().ids.includes(layer.id);
    if (!corner) chooseLayer(stage.poster, layer.id, event.shiftKey);
    const { ids } = useChosen.getState();
    event.currentTarget.setPointerCapture(event.pointerId);
    const from = roomsOf(stage, ids);
    press.current = {
      ...{ x: event.clientX, y: event.clientY, layer, corner, again, from, moving: null },
      still: Object.keys(from).length === 0 || (!again && covers(stage.layout, from[layer.id])),
      lines: linesOf(stage.layout, stage.layout.safe, others(stage, ids)),
    };
  };

  const drag = (event: PointerEvent<HTMLElement>) => {
    const now = press.current;
    if (!now || now.still) return;
    const [x, y] = [event.clientX - now.x, event.clientY - now.y];
    if (!now.moving && Math.hypot(x, y) < STILL) return;
    const reach = event.ctrlKey || event.altKey ? 0 : REACH / stage.scale;
    now.moving = moved(now, x / stage.scale, y / stage.scale, event.shiftKey, reach);
    move(now.moving);
  };

  const end = (event: PointerEvent<HTMLElement>) => {
    const now = press.current;
    press.current = null;
    if (!now) return;
    if (now.moving) {
      const made = placed(stage.poster, stage.size, stage.layout, now.moving.to);
      changePoster(made);
      move({ ...now.moving, guides: [], made });
    } else if (now.again && !now.corner && !event.shiftKey && event.type === "pointerup") {
      openWords(stage.layout, now.layer, event);
    }
  };

  const cancel = () => {
    press.current = null;
    move(null);
  };

  return { start, drag, end, cancel, keys: (event: KeyboardEvent<HTMLElement>, layer: PosterLayer) => keys(stage, event, layer) };
}

function moved(now: Press, dx: number, dy: number, straight: boolean, reach: number): Moving {
  const { from, corner, layer } = now;
  const room = from[layer.id];
  if (!corner || !room) return carried(now, dx, dy, straight, reach);
  const ratio = straight || layer.kind === "code" || layer.kind === "image";
  const { room: to, guides } = resized(room, corner, dx, dy, ratio, now.lines, reach);
  return { from, to: { ...from, [layer.id]: to }, guides, made: null };
}

function carried({ from, lines }: Press, dx: number, dy: number, straight: boolean, reach: number): Moving {
  const all = joined(Object.values(from));
  const across = !straight || Math.abs(dx) >= Math.abs(dy);
  const down = !straight || !across;
  const wanted = movedBy(all, across ? dx : 0, down ? dy : 0);
  const axes: Lines = { x: across ? lines.x : [], y: down ? lines.y : [] };
  const { room, guides } = snapped(wanted, axes, reach);
  return { from, to: shifted(from, room.x - all.x, room.y - all.y), guides, made: null };
}

function shifted(rooms: Readonly<Record<string, Room>>, dx: number, dy: number): Record<string, Room> {
  return Object.fromEntries(Object.entries(rooms).map(([id, room]) => [id, movedBy(room, dx, dy)]));
}

/** Where the chosen layers lie that may be moved. */
export function roomsOf({ poster, size, layout }: Stage, ids: readonly string[]): Record<string, Room> {
  const layers = layout.layers.filter((layer) => ids.includes(layer.id) && !changeOf(poster, layer.id).locked);
  return Object.fromEntries(layers.map((layer) => [layer.id, roomIn(poster, size, layout, layer)]));
}

function others({ poster, size, layout }: Stage, ids: readonly string[]): Room[] {
  return layout.layers
    .filter((layer) => !ids.includes(layer.id) && !changeOf(poster, layer.id).hidden)
    .map((layer) => roomIn(poster, size, layout, layer));
}

export function covers(page: { width: number; height: number }, room: Room | undefined): boolean {
  if (!room) return false;
  return room.x <= 1 && room.y <= 1 && room.x + room.w >= page.width - 1 && room.y + room.h >= page.height - 1;
}

/** Takes a person to the words under the pointer, or to how the portrait lies. */
function openWords(layout: PosterLayout, layer: PosterLayer, event?: PointerEvent<HTMLElement>): void {
  if (layer.kind === "photo") focusField("photo");
  else if (layer.kind === "code") focusField("link");
  else if (layer.kind === "column") openLine(lineAt(layout, layer, event));
}

function openLine(line: PosterLine | undefined): void {
  const content = useSheet.getState().laid?.content;
  const field = line && content && fieldOf(content, line.text);
  if (field) focusField(field);
  else document.querySelector<HTMLTextAreaElement>("[data-poster-own]")?.focus();
}

/** The line under the pointer, the first one without a pointer. */
function lineAt(layout: PosterLayout, layer: PosterLayer, event?: PointerEvent<HTMLElement>): PosterLine | undefined {
  const lines = layout.lines.filter((line) => line.layer === layer.id);
  const box = event?.currentTarget.closest("[data-sheet]")?.getBoundingClientRect();
  if (!box || !event) return lines[0];
  const y = ((event.clientY - box.top) / box.height) * layout.height;
  const away = ({ room }: PosterLine) => Math.abs(room.y + room.h / 2 - y);
  return lines.toSorted((a, b) => away(a) - away(b))[0];
}

function keys(stage: Stage, event: KeyboardEvent<HTMLElement>, layer: PosterLayer): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const now = useChosen.getState().ids;
  const ids = now.includes(layer.id) ? now : [layer.id];
  const arrow = ARROWS[event.key];
  if (arrow) {
    choose(ids);
    nudge(stage, ids, arrow, event.shiftKey);
  } else if (!pressed(stage, event, layer, ids)) return;
  event.preventDefault();
}

function pressed(stage: Stage, event: KeyboardEvent<HTMLElement>, layer: PosterLayer, ids: string[]): boolean {
  const again = useChosen.getState().ids.includes(layer.id);
  const open = () => {
    if (again && !event.shiftKey) openWords(stage.layout, layer);
    else chooseLayer(stage.poster, layer.id, event.shiftKey);
  };
  const gone = () => {
    changePoster(without(stage.poster, ids));
    choose([]);
  };
  const act = { Enter: open, " ": open, Delete: gone, Backspace: gone, Escape: again ? () => choose([]) : undefined }[event.key];
  act?.();
  return act !== undefined;
}

function nudge(stage: Stage, ids: readonly string[], [x, y]: [number, number], far: boolean): void {
  const step = STEP[stage.layout.unit] * stage.layout.point * (far ? FAR : 1);
  const rooms = shifted(roomsOf(stage, ids), x * step, y * step);
  changePoster(placed(stage.poster, stage.size, stage.layout, rooms), `nudge ${ids.join(" ")}`);
}
