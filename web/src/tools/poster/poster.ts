/** A poster as the editor holds it: what a template asks for, and what becomes of words in another one. */

import type { Poster, PosterContent, PosterOffer, PosterTemplate } from "@/api/types";

export type Word = Exclude<keyof PosterContent, "items" | "lang">;
export type Field = Word | "items";
export type Portrait = Poster["portraits"][number];

/** In the order of the form. */
export const WORDS: readonly Word[] = [
  ...(["kicker", "headline", "subline", "body", "name", "role"] as const),
  ...(["price", "date", "place", "cta", "link"] as const),
];
export const LEVEL: Portrait = { photo: "", recipe: null, zoom: 1, shift: [0, 0] };

/** A poster with the template's own words, to be typed over. */
export function fresh(template: PosterTemplate): Poster {
  return {
    format: "freckle-poster",
    version: 2,
    template: template.name,
    content: template.sample,
    portraits: [LEVEL],
    brand: {},
    colors: "template",
    ground: "template",
    sizes: [template.size],
    layers: [],
    changes: {},
    order: [],
  };
}

/** The same in another template: what was typed stays, what never was takes the new sample's words. */
export function switched(poster: Poster, from: PosterTemplate | undefined, to: PosterTemplate): Poster {
  const content = { ...to.sample, lang: poster.content.lang };
  for (const field of [...WORDS, "items"] as const) {
    const own = poster.content[field];
    const typed = own.length > 0 && JSON.stringify(own) !== JSON.stringify(from?.sample[field] ?? "");
    if (typed) Object.assign(content, { [field]: own });
  }
  const untouched = poster.sizes.length === 1 && poster.sizes[0] === from?.size;
  return {
    ...poster,
    template: to.name,
    content,
    sizes: untouched ? [to.size] : poster.sizes,
    portraits: [LEVEL],
    // What was changed of layers means those of the template before; layers of one's own stay.
    changes: Object.fromEntries(Object.entries(poster.changes).filter(([id]) => poster.layers.some((layer) => layer.id === id))),
    order: [],
  };
}

/** What the template has a place for, and what has been written besides. */
export function fieldsOf(template: PosterTemplate | undefined, content: PosterContent): Field[] {
  const wanted = (field: Field) => (template?.sample[field].length ?? 0) > 0 || content[field].length > 0;
  return [...WORDS, "items" as const].filter((field) => wanted(field) || field === "link");
}

/** The field that a line on the sheet was typed in. Lines may stand in capitals, and in parts. */
export function fieldOf(content: PosterContent, text: string): Field | null {
  const plain = (value: string) => value.toLowerCase().replace(/\s+/g, " ").trim();
  const line = plain(text);
  const exact = WORDS.find((field) => plain(content[field]) === line);
  if (exact) return exact;
  const pairs = content.items.flatMap(({ text, beside, more }) => [text, beside, more, `${text} ${beside}`]);
  if (pairs.some((each) => plain(each) === line)) return "items";
  const holds = WORDS.find((field) => content[field] !== "" && line !== "" && plain(content[field]).includes(line));
  return holds ?? WORDS.find((field) => content[field] !== "" && line.includes(plain(content[field]))) ?? null;
}

type Pairs = PosterContent["items"];

/** Lines of a list as they are typed: text | beside | more. */
export function typedPairs(items: Pairs): string {
  return items.map(({ text, beside, more }) => [text, beside, more].join(" | ").replace(/( \| )+$/, "")).join("\n");
}

export function pairsOf(typed: string): Pairs {
  return typed
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(0, 40)
    .map((line) => {
      const [text = "", beside = "", ...more] = line.split("|").map((part) => part.trim());
      return { text, beside, more: more.join(" | ") };
    });
}

export type Board = { width: number; height: number; unit: "px" | "mm" };

/** The measures of a size's name: one of the list, one that lies, or one of its own such as 1200x800px. */
export function boardOf(offer: PosterOffer, name: string): Board | null {
  const known = offer.sizes.find((size) => size.name === name);
  if (known) return known;
  const upright = offer.sizes.find((size) => `${size.name}-wide` === name);
  if (upright) return { width: upright.height, height: upright.width, unit: upright.unit };
  const own = /^(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(px|mm)$/.exec(name);
  return own ? { width: Number(own[1]), height: Number(own[2]), unit: own[3] as "px" | "mm" } : null;
}
