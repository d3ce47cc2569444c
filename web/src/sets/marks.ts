/** Stars and flags by keys: 0 to 5, P, X and U, as programs for photographers have them. */

import i18next from "i18next";
import { markPhotos, photosKnown } from "@/api/sets";
import type { SetPhoto } from "@/api/types";
import { announce } from "@/kit/announce";
import { notify } from "@/kit/notices";

export type Mark = { stars: number } | { flag: number };

const FLAGS: Record<string, number> = { p: 1, x: -1, u: 0 };

type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** The mark that a key gives where photos have the focus, or null. */
export function markOf(event: Pressed): Mark | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null;
  const digit = /^(?:Digit|Numpad)([0-5])$/.exec(event.code)?.[1] ?? /^[0-5]$/.exec(event.key)?.[0];
  if (digit) return { stars: Number(digit) };
  const flag = FLAGS[event.key.toLowerCase()];
  return flag === undefined ? null : { flag };
}

/** The same mark again takes it away. */
export function turned(photo: Pick<SetPhoto, "stars" | "flag"> | undefined, mark: Mark): Mark {
  if (!photo) return mark;
  if ("stars" in mark) return mark.stars === photo.stars ? { stars: 0 } : mark;
  return mark.flag === photo.flag ? { flag: 0 } : mark;
}

/** Marks photos; the first one says whether a mark is given or taken away. */
export function mark(set: string, projects: string[], asked: Mark): void {
  if (projects.length === 0) return;
  const first = photosKnown(set).find(({ project }) => project === projects[0]);
  const given = turned(first, asked);
  markPhotos(set, projects, given).then(
    () => announce(said(given)),
    () => notify({ kind: "bad", text: i18next.t("sets.notMarked") }),
  );
}

function said(given: Mark): string {
  if ("stars" in given) return i18next.t("sets.starsOf", { count: given.stars });
  return i18next.t(given.flag === 1 ? "sets.picked" : given.flag === -1 ? "sets.rejected" : "sets.noFlag");
}
