/** A poster with layers changed, added, ordered, grouped: pure, over what its template says. */

import type { OwnLayer, Poster, PosterChange, PosterLayer, PosterLayout } from "@/api/types";
import { type Room, joined, movedBy, placeOf, roomOf } from "@/tools/poster/rooms";

export const UNCHANGED: PosterChange = {
  place: null,
  places: {},
  hidden: false,
  locked: false,
  group: "",
  opacity: 1,
  scale: 1,
  color: null,
  font: null,
  side: null,
  stand: null,
};

export function changeOf(poster: Poster, id: string): PosterChange {
  return poster.changes[id] ?? UNCHANGED;
}

export function changed(poster: Poster, ids: readonly string[], patch: Partial<PosterChange>): Poster {
  const changes = { ...poster.changes };
  for (const id of ids) changes[id] = { ...changeOf(poster, id), ...patch };
  return { ...poster, changes };
}

/** Layers in other rooms, in the size that is looked at: another size has another layout. */
export function placed(poster: Poster, size: string, layout: PosterLayout, rooms: Readonly<Record<string, Room>>): Poster {
  let next = poster;
  for (const [id, room] of Object.entries(rooms)) {
    const places = { ...changeOf(next, id).places, [size]: placeOf(room, layout) };
    next = changed(next, [id], { places });
  }
  return next;
}

/** Where a layer lies: as the server said, but for what was moved since. */
export function roomIn(poster: Poster, size: string, layout: PosterLayout, layer: PosterLayer): Room {
  const change = changeOf(poster, layer.id);
  const own = poster.layers.find((each) => each.id === layer.id);
  const place = change.places[size] ?? change.place ?? own?.place;
  if (!place) return layer.room;
  const page = { x: 0, y: 0, w: layout.width, h: layout.height };
  const { bleed } = layout;
  const bled = { x: -bleed, y: -bleed, w: page.w + 2 * bleed, h: page.h + 2 * bleed };
  return roomOf(place, { page, bleed: bled, safe: layout.safe }[place.frame]);
}

/** What of a layer is to be clicked: its type rather than the place that the type may fill. */
export function hitOf(layout: PosterLayout, layer: PosterLayer, room: Room): Room {
  const lines = layout.lines.filter((line) => line.layer === layer.id).map((line) => line.room);
  const same = Math.abs(room.w - layer.room.w) < 0.01 && Math.abs(room.h - layer.room.h) < 0.01;
  if (lines.length === 0 || !same) return room;
  return movedBy(joined(lines), room.x - layer.room.x, room.y - layer.room.y);
}

/** The sheet's ids from back to front with one moved by so many steps; those of other sizes stay. */
export function reordered(poster: Poster, layers: readonly PosterLayer[], id: string, to: number): Poster {
  const ids = layers.map((layer) => layer.id);
  const from = ids.indexOf(id);
  if (from < 0 || to < 0 || to >= ids.length || to === from) return poster;
  ids.splice(from, 1);
  ids.splice(to, 0, id);
  return { ...poster, order: [...ids, ...poster.order.filter((each) => !ids.includes(each))] };
}

/** Own layers go, the template's are hidden. */
export function without(poster: Poster, ids: readonly string[]): Poster {
  const own = poster.layers.filter((layer) => ids.includes(layer.id)).map((layer) => layer.id);
  const hidden = changed(poster, ids.filter((id) => !own.includes(id)), { hidden: true });
  const changes = Object.fromEntries(Object.entries(hidden.changes).filter(([id]) => !own.includes(id)));
  return {
    ...hidden,
    changes,
    layers: poster.layers.filter((layer) => !own.includes(layer.id)),
    order: poster.order.filter((id) => !own.includes(id)),
  };
}

export function withLayer(poster: Poster, layer: OwnLayer): Poster {
  return { ...poster, layers: [...poster.layers, layer], order: poster.order.length > 0 ? [...poster.order, layer.id] : [] };
}

export function ownPatched(poster: Poster, id: string, patch: (layer: OwnLayer) => OwnLayer): Poster {
  return { ...poster, layers: poster.layers.map((layer) => (layer.id === id ? patch(layer) : layer)) };
}

/** The ids that are chosen together with one: its group. */
export function together(poster: Poster, id: string): string[] {
  const { group } = changeOf(poster, id);
  if (!group) return [id];
  const ids = Object.keys(poster.changes).filter((each) => changeOf(poster, each).group === group);
  return ids.includes(id) ? ids : [id];
}

/** A name that no layer has. */
export function freshId(poster: Poster, kind: string): string {
  const taken = new Set(poster.layers.map((layer) => layer.id));
  let number = 1;
  while (taken.has(`own-${kind}-${number}`)) number += 1;
  return `own-${kind}-${number}`;
}
