import { describe, expect, it } from "vitest";
import { aligned, distributed, linesOf, placeOf, resized, roomOf, snapped } from "@/tools/poster/rooms";

const PAGE = { width: 400, height: 600 };
const SAFE = { x: 20, y: 30, w: 360, h: 540 };

describe("snapping", () => {
  const lines = linesOf(PAGE, SAFE, [{ x: 100, y: 100, w: 50, h: 50 }]);

  it("draws a middle to the page's and an edge to another layer's, and says which", () => {
    const { room, guides } = snapped({ x: 152, y: 147, w: 100, h: 40 }, lines, 4);
    expect(room).toEqual({ x: 150, y: 150, w: 100, h: 40 });
    expect(guides).toEqual([{ axis: "x", at: 200 }, { axis: "y", at: 150 }]);
  });

  it("leaves alone what is near to nothing", () => {
    const room = { x: 231, y: 401, w: 33, h: 41 };
    expect(snapped(room, lines, 2)).toEqual({ room, guides: [] });
  });
});

describe("corners", () => {
  const from = { x: 100, y: 100, w: 100, h: 50 };
  const none = { x: [], y: [] };

  it("leave the opposite one where it is", () => {
    expect(resized(from, "nw", -10, 5, false, none, 3).room).toEqual({ x: 90, y: 105, w: 110, h: 45 });
    expect(resized(from, "se", 10, 5, true, none, 3).room).toEqual({ x: 100, y: 100, w: 110, h: 55 });
  });

  it("never turn a layer inside out", () => {
    const { room } = resized(from, "se", -500, -500, false, none, 3);
    expect([room.x, room.y, room.w > 0, room.h > 0]).toEqual([100, 100, true, true]);
  });
});

it("keeps a place as shares of the page", () => {
  const room = { x: 40, y: 60, w: 200, h: 300 };
  expect(roomOf(placeOf(room, PAGE), { x: 0, y: 0, w: 400, h: 600 })).toEqual(room);
});

it("lines up and spreads", () => {
  const rooms = [{ x: 0, y: 0, w: 10, h: 10 }, { x: 80, y: 5, w: 20, h: 10 }, { x: 30, y: 9, w: 10, h: 10 }];
  expect(aligned(rooms, "right", SAFE).map((room) => room.x)).toEqual([370, 360, 370]);
  expect(distributed(rooms, "x").map((room) => room.x)).toEqual([0, 80, 40]);
});
