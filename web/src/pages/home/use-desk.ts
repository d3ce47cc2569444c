/** Cards as a grid for the keyboard, and which of them are chosen. */

import { type KeyboardEvent, useMemo, useState } from "react";

/** The card that a key goes to from another, by where they lie; null at the rim and for other keys. */
export function cardFor(cards: readonly HTMLElement[], from: HTMLElement, key: string): HTMLElement | null {
  const at = cards.indexOf(from);
  const straight: Record<string, number> = { Home: 0, End: cards.length - 1, ArrowRight: at + 1, ArrowLeft: at - 1 };
  const place = straight[key];
  if (place !== undefined) return cards[place] ?? null;
  if (key === "ArrowDown") return inNextRow(cards, from, 1);
  return key === "ArrowUp" ? inNextRow(cards, from, -1) : null;
}

/** Of the row below (1) or above (−1), the card that lies nearest. */
function inNextRow(cards: readonly HTMLElement[], from: HTMLElement, way: 1 | -1): HTMLElement | null {
  const here = from.getBoundingClientRect();
  const ahead = cards
    .map((card) => ({ card, box: card.getBoundingClientRect() }))
    .filter(({ box }) => way * (box.top - here.top) > here.height / 2);
  const row = Math.min(...ahead.map(({ box }) => Math.abs(box.top - here.top)));
  const near = ahead.filter(({ box }) => Math.abs(box.top - here.top) < row + here.height / 2);
  near.sort((a, b) => Math.abs(a.box.left - here.left) - Math.abs(b.box.left - here.left));
  return near[0]?.card ?? null;
}

export type Picked = {
  has: (id: string) => boolean;
  ids: readonly string[];
  /** `through` takes along all between this and the last that was chosen. */
  toggle: (id: string, through?: boolean) => void;
  all: () => void;
  none: () => void;
};

export function usePicked(ids: readonly string[]): Picked {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<string | null>(null);
  return useMemo(() => {
    const toggle = (id: string, through = false) => {
      const [a, b] = [ids.indexOf(anchor ?? id), ids.indexOf(id)];
      const span = through && a >= 0 ? ids.slice(Math.min(a, b), Math.max(a, b) + 1) : [id];
      const on = !chosen.has(id);
      const next = new Set(chosen);
      for (const each of span) {
        if (on) next.add(each);
        else next.delete(each);
      }
      setAnchor(id);
      setChosen(next);
    };
    return {
      has: (id) => chosen.has(id),
      // What has gone is no longer chosen.
      ids: ids.filter((id) => chosen.has(id)),
      toggle,
      all: () => setChosen(new Set(ids)),
      none: () => setChosen(new Set()),
    };
  }, [ids, chosen, anchor]);
}

export type CardKeys = { rename: (id: string) => void; remove: (id: string) => void };

/** What the keys do in the list of cards; a card is what has `data-card`. */
export function cardKeys(picked: Picked, { rename, remove }: CardKeys) {
  const onCard: Record<string, (id: string, shift: boolean) => void> = {
    " ": picked.toggle,
    F2: rename,
    Delete: remove,
  };
  /** Returns whether the key was ours. */
  const pressed = (event: KeyboardEvent<HTMLElement>, card: HTMLElement, id: string): boolean => {
    if (event.ctrlKey || event.metaKey) {
      if (event.key === "a") picked.all();
      return event.key === "a";
    }
    const act = onCard[event.key];
    act?.(id, event.shiftKey);
    return act !== undefined || goOn(event.currentTarget, card, event.key);
  };
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "Escape") picked.none();
    const card = event.target instanceof HTMLElement ? event.target : null;
    const id = card?.dataset["card"];
    if (card && id && !event.altKey && pressed(event, card, id)) event.preventDefault();
  };
}

function goOn(list: HTMLElement, from: HTMLElement, key: string): boolean {
  const next = cardFor([...list.querySelectorAll<HTMLElement>("[data-card]")], from, key);
  next?.focus();
  return next !== null;
}
