import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Region, moved } from "@/document/affine";
import { type Crop, UNCROPPED, edgesOf, frameOf } from "@/document/crop";
import { flippedOver, leveledAlong, mirrored, swapped, turned, withHead, withRatio } from "@/tools/crop/changes";
import { PARTS, type Part, fits, pulled } from "@/tools/crop/pulling";

const photo = { width: 3000, height: 2000 };
const own: Crop = { ...UNCROPPED, left: 0.1, top: 0.2, width: 0.3, height: 0.5 };
const crops = fc.record({
  left: fc.double({ min: 0.05, max: 0.4, noNaN: true }),
  top: fc.double({ min: 0.05, max: 0.4, noNaN: true }),
  width: fc.double({ min: 0.2, max: 0.5, noNaN: true }),
  height: fc.double({ min: 0.2, max: 0.5, noNaN: true }),
  angle: fc.double({ min: -45, max: 45, noNaN: true }),
  turn: fc.constantFrom("0", "90", "180", "270"),
  mirror: fc.boolean(),
  flip: fc.boolean(),
  ratio: fc.constant("free"),
  head: fc.constant(0),
}) as fc.Arbitrary<Crop>;

/** Where a point of the photo is seen, as shares of the finished picture. */
function seen(crop: Crop, x: number, y: number) {
  const frame = frameOf(crop, photo, []);
  const at = moved(frame.fromSource, { x, y });
  return { x: at.x / frame.size.width, y: at.y / frame.size.height };
}

function expectSeen(crop: Crop, next: Crop, move: (at: { x: number; y: number }) => { x: number; y: number }) {
  const then = move(seen(crop, 1400, 900));
  const now = seen(next, 1400, 900);
  expect(now.x).toBeCloseTo(then.x, 1);
  expect(now.y).toBeCloseTo(then.y, 1);
}

describe("the hand's changes", () => {
  it("turn, mirror and flip what is seen, however it was turned and mirrored before", () => {
    fc.assert(
      fc.property(crops, (crop) => {
        expectSeen(crop, turned(crop, 1), ({ x, y }) => ({ x: 1 - y, y: x }));
        expectSeen(crop, turned(crop, -1), ({ x, y }) => ({ x: y, y: 1 - x }));
        expectSeen(crop, mirrored(crop), ({ x, y }) => ({ x: 1 - x, y }));
        expectSeen(crop, flippedOver(crop), ({ x, y }) => ({ x, y: 1 - y }));
      }),
    );
  });

  it("come back after four turns and two mirrors", () => {
    const turns = [1, 1, 1, 1].reduce((crop) => turned(crop, 1), own);
    for (const [key, value] of Object.entries(own)) {
      if (typeof value === "number") expect(turns[key as "left"]).toBeCloseTo(value, 9);
      else expect(turns[key as "left"]).toBe(value);
    }
    expect(mirrored(mirrored({ ...own, angle: 7 })).left).toBeCloseTo(own.left, 9);
  });

  it("level a line that was drawn along the horizon, or upright", () => {
    expect(leveledAlong(UNCROPPED, 100, 10).angle).toBeCloseTo(-5.71, 2);
    expect(leveledAlong(UNCROPPED, -100, -10).angle).toBeCloseTo(-5.71, 2);
    expect(leveledAlong(UNCROPPED, 10, 100).angle).toBeCloseTo(5.71, 2);
    expect(leveledAlong({ ...UNCROPPED, angle: 3 }, 100, 0).angle).toBe(3);
  });
});

describe("a format", () => {
  it("keeps the area of a cut of one's own, and the head in it", () => {
    const head: Region = [350, 420, 300, 380];
    const wide = withRatio(own, "16:9", photo, [head]);
    const { left, top, right, bottom } = edgesOf(wide, photo, [head]);
    expect((right - left) / (bottom - top)).toBeCloseTo(16 / 9, 3);
    expect((right - left) * (bottom - top)).toBeCloseTo(900 * 1000, -2);
    expect(left).toBeLessThanOrEqual(350);
    expect(top).toBeLessThanOrEqual(420.01);
    expect(bottom).toBeGreaterThanOrEqual(800);
  });

  it("swaps, and swaps back", () => {
    expect(swapped({ ...UNCROPPED, ratio: "4:5" }, photo, []).ratio).toBe("5:4");
    const tall = swapped({ ...UNCROPPED, ratio: "original" }, photo, []);
    expect(tall.ratio).toBe("2000:3000");
    expect(swapped(tall, photo, []).ratio).toBe("original");
    const cut = swapped(own, photo, []);
    expect([cut.width * photo.width, cut.height * photo.height].map(Math.round)).toEqual([1000, 900]);
  });

  it("goes free with the cut that is seen", () => {
    const free = withRatio({ ...UNCROPPED, ratio: "1:1" }, "free", photo, []);
    expect(free).toMatchObject({ ratio: "free", top: 0, height: 1 });
    expect(free.width).toBeCloseTo(2 / 3, 6);
  });

  it("is placed by the engine once the face is framed", () => {
    expect(withHead(own, 70)).toMatchObject({ left: 0, top: 0, width: 1, height: 1, head: 70 });
  });
});

describe("pulling", () => {
  const room = { around: photo, ratio: null, least: 32 };
  const parts = fc.constantFrom<Part>("move", ...PARTS);
  const way = fc.double({ min: -4000, max: 4000, noNaN: true });

  it("never leaves the picture, whatever the angle", () => {
    fc.assert(
      fc.property(parts, way, way, fc.double({ min: -45, max: 45, noNaN: true }), fc.constantFrom(null, 0.8, 1.5), (part, x, y, angle, ratio) => {
        const from = edgesOf({ ...UNCROPPED, angle, ratio: ratio === null ? "free" : `${ratio * 10}:10` }, photo, []);
        const to = pulled(from, part, { x, y }, { ...room, angle, ratio });
        expect(fits(to, { around: photo, angle })).toBe(true);
        expect(Math.min(to.right - to.left, to.bottom - to.top)).toBeGreaterThan(31);
        if (ratio !== null) expect((to.right - to.left) / (to.bottom - to.top)).toBeCloseTo(ratio, 2);
      }),
    );
  });

  it("moves what is pulled at and nothing else", () => {
    const from = { left: 300, top: 200, right: 900, bottom: 800 };
    const free = { ...room, angle: 0 };
    expect(pulled(from, "nw", { x: 10, y: 20 }, free)).toEqual({ ...from, left: 310, top: 220 });
    expect(pulled(from, "e", { x: 10, y: 20 }, free)).toEqual({ ...from, right: 910 });
    expect(pulled(from, "move", { x: -500, y: 20 }, free).left).toBeCloseTo(0, 1);
    expect(pulled(from, "move", { x: -500, y: 20 }, free).top).toBe(220);
    expect(pulled(from, "se", { x: -5000, y: 0 }, free).right).toBe(332);
  });
});
