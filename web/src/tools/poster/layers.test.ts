import { describe, expect, it } from "vitest";
import type { Poster, PosterLayer, PosterLayout } from "@/api/types";
import type { Room } from "@/tools/poster/rooms";
import { changeOf, changed, hitOf, placed, reordered, roomIn, together, without } from "@/tools/poster/layers";

const POSTER: Poster = {
  format: "freckle-poster",
  version: 2,
  template: "launch",
  content: {
    headline: "", subline: "", kicker: "", body: "", name: "", role: "", date: "", place: "", price: "", cta: "", link: "",
    items: [], lang: "en",
  },
  portraits: [], brand: {}, colors: "template", ground: "template", sizes: ["a4"], layers: [], changes: {}, order: [],
};

function layer(id: string, x: number): PosterLayer {
  return {
    id, kind: "column", room: { x, y: 10, w: 100, h: 100 }, hidden: false, opacity: 1, text: "", size: null, family: null,
    side: "left", stand: "top", color: null,
  };
}

const LAYERS = [layer("a", 0), layer("b", 50), layer("c", 90)];
const LAYOUT: PosterLayout = {
  width: 200, height: 400, unit: "pt", safe: { x: 10, y: 10, w: 180, h: 380 }, bleed: 8, point: 2.83, contrast: 7, smallest: 9,
  least: 6, layers: LAYERS,
  lines: [{ layer: "a", text: "x", room: { x: 5, y: 12, w: 40, h: 8 }, contrast: 7, size: 9, safe: true, over_face: false }],
};
const rounded = (room: Room) => Object.fromEntries(Object.entries(room).map(([name, value]) => [name, Number(value.toFixed(6))]));
const [A] = LAYERS as [PosterLayer];

describe("a moved layer", () => {
  const moved = placed(POSTER, "a4", LAYOUT, { a: { x: 20, y: 40, w: 100, h: 100 } });

  it("moves in the size that was looked at, and in no other", () => {
    expect(rounded(roomIn(moved, "a4", LAYOUT, A))).toEqual({ x: 20, y: 40, w: 100, h: 100 });
    expect(roomIn(moved, "story", LAYOUT, A)).toEqual(A.room);
  });

  it("takes what is to be clicked with it", () => {
    expect(rounded(hitOf(LAYOUT, A, roomIn(moved, "a4", LAYOUT, A)))).toEqual({ x: 25, y: 42, w: 40, h: 8 });
  });
});

it("orders from back to front, and keeps ids of other sizes", () => {
  const next = reordered({ ...POSTER, order: ["z"] }, LAYERS, "c", 0);
  expect(next.order).toEqual(["c", "a", "b", "z"]);
  expect(reordered(POSTER, LAYERS, "a", 3)).toBe(POSTER);
});

it("hides a template's layer and takes an own one away with all that was changed of it", () => {
  const own = { kind: "code" as const, id: "own-code-1", place: { frame: "page" as const, left: 0, top: 0, right: 1, bottom: 1 }, text: "x", ink: "ink", ground: "paper", opacity: 1 };
  const poster = changed({ ...POSTER, layers: [own], order: ["a", "own-code-1"] }, ["own-code-1"], { opacity: 0.5 });
  const next = without(poster, ["a", "own-code-1"]);
  expect(changeOf(next, "a").hidden).toBe(true);
  expect([next.layers, next.order, next.changes["own-code-1"]]).toEqual([[], ["a"], undefined]);
});

it("chooses groups whole", () => {
  const grouped = changed(POSTER, ["a", "c"], { group: "g" });
  expect(together(grouped, "c")).toEqual(["a", "c"]);
  expect(together(grouped, "b")).toEqual(["b"]);
});
