// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import type { SetPhoto } from "@/api/types";
import { spanOf } from "@/kit/use-span";
import { markOf, turned } from "@/sets/marks";
import { ALL, seen } from "@/sets/showing";

function photo(name: string, part: Partial<SetPhoto> = {}): SetPhoto {
  const at = "2026-05-01T12:00:00Z";
  const times = { created: at, updated: at, taken: null };
  const marks = { stars: 0, flag: 0, edited: false, place: 0, revision: 0 };
  return { project: name, name, photo: name, width: 1, height: 1, format: "jpeg", ...times, ...marks, ...part };
}

const PHOTOS = [
  photo("IMG_10", { stars: 3, flag: 1, taken: "2026-05-01T09:00:00" }),
  photo("IMG_9", { flag: -1, taken: "2026-05-01T10:00:00" }),
  photo("IMG_1", { stars: 5, edited: true, taken: "2026-05-01T08:00:00" }),
];
const names = (photos: SetPhoto[]) => photos.map(({ name }) => name);

describe("a gallery", () => {
  it("shows what fits the filters, and the open photo always", () => {
    expect(names(seen(PHOTOS, { ...ALL, stars: 3 }, null))).toEqual(["IMG_10", "IMG_1"]);
    expect(names(seen(PHOTOS, { ...ALL, flag: "rejected" }, null))).toEqual(["IMG_9"]);
    expect(names(seen(PHOTOS, { ...ALL, flag: "none", edited: "edited" }, null))).toEqual(["IMG_1"]);
    expect(names(seen(PHOTOS, { ...ALL, flag: "picked" }, null, "IMG_9"))).toEqual(["IMG_10", "IMG_9"]);
  });

  it("shows what is suggested, and everything until that is known", () => {
    const hints = new Map([
      ["IMG_9", [{ project: "IMG_9", kind: "closed" as const, other: null }]],
      ["IMG_1", [{ project: "IMG_1", kind: "alike" as const, other: "IMG_9" }]],
    ]);
    expect(names(seen(PHOTOS, { ...ALL, suggested: "any" }, hints))).toEqual(["IMG_9", "IMG_1"]);
    expect(names(seen(PHOTOS, { ...ALL, suggested: "alike" }, hints))).toEqual(["IMG_1"]);
    expect(names(seen(PHOTOS, { ...ALL, suggested: "soft" }, hints, "IMG_10"))).toEqual(["IMG_10"]);
    expect(names(seen(PHOTOS, { ...ALL, suggested: "any" }, null))).toHaveLength(3);
  });

  it("sorts names as people count, and photos as they were taken", () => {
    expect(names(seen(PHOTOS, { ...ALL, sort: "name" }, null))).toEqual(["IMG_1", "IMG_9", "IMG_10"]);
    expect(names(seen(PHOTOS, { ...ALL, sort: "time" }, null))).toEqual(["IMG_1", "IMG_10", "IMG_9"]);
    expect(names(PHOTOS)).toEqual(["IMG_10", "IMG_9", "IMG_1"]);
  });

  it("draws what is near the eye", () => {
    const line = { axis: "y", pitch: 100, count: 500, over: 2 } as const;
    expect(spanOf(line, 0, 800)).toEqual({ first: 0, last: 10 });
    expect(spanOf(line, 25_050, 800)).toEqual({ first: 248, last: 261 });
    expect(spanOf(line, 49_200, 800)).toEqual({ first: 490, last: 500 });
    expect(spanOf({ ...line, count: 3 }, 5000, 800)).toEqual({ first: 3, last: 3 });
    expect(spanOf({ ...line, pitch: 0 }, 0, 800)).toEqual({ first: 0, last: 0 });
  });
});

describe("marks by keys", () => {
  const key = (name: string, part: object = {}) =>
    markOf({ key: name, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...part });

  it("are digits and letters without others held", () => {
    expect([key("4"), key("P"), key("x"), key("u"), key("0")]).toEqual([
      { stars: 4 },
      { flag: 1 },
      { flag: -1 },
      { flag: 0 },
      { stars: 0 },
    ]);
    expect([key("6"), key("a"), key("p", { ctrlKey: true }), key("1", { altKey: true })]).toEqual([null, null, null, null]);
    expect(key("&", { code: "Digit1" })).toEqual({ stars: 1 });
  });

  it("are taken away by the same key", () => {
    const marked = { stars: 3, flag: 1 };
    expect([turned(marked, { stars: 3 }), turned(marked, { stars: 4 })]).toEqual([{ stars: 0 }, { stars: 4 }]);
    expect([turned(marked, { flag: 1 }), turned(marked, { flag: -1 })]).toEqual([{ flag: 0 }, { flag: -1 }]);
  });
});
