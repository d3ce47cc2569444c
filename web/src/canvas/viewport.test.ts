import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as v from "@/canvas/viewport";

const sizes = fc.record({
  width: fc.integer({ min: 64, max: 12000 }),
  height: fc.integer({ min: 64, max: 12000 }),
});
const panes = fc.record({
  width: fc.integer({ min: 100, max: 4000 }),
  height: fc.integer({ min: 100, max: 4000 }),
});
const views = fc.record({
  scale: fc.double({ min: 0.02, max: 16, noNaN: true }),
  cx: fc.double({ min: 0, max: 12000, noNaN: true }),
  cy: fc.double({ min: 0, max: 12000, noNaN: true }),
  fit: fc.boolean(),
});
const points = fc.record({
  x: fc.double({ min: -5000, max: 5000, noNaN: true }),
  y: fc.double({ min: -5000, max: 5000, noNaN: true }),
});

describe("the viewport", () => {
  it("goes to the screen and back", () => {
    fc.assert(
      fc.property(views, panes, points, (view, pane, point) => {
        const back = v.toPicture(view, pane, v.toScreen(view, pane, point));
        expect(back.x).toBeCloseTo(point.x, 5);
        expect(back.y).toBeCloseTo(point.y, 5);
      }),
    );
  });

  it("never enlarges a small photo to fit it", () => {
    expect(v.fitted({ width: 400, height: 300 }, { width: 1600, height: 1200 }, 32).scale).toBe(1);
  });

  it("shows the whole photo when fitted", () => {
    fc.assert(
      fc.property(sizes, panes, (photo, pane) => {
        const rect = v.seen(v.fitted(photo, pane, 12), photo, pane);
        expect(rect.x).toBe(0);
        expect(rect.y).toBe(0);
        expect(rect.w).toBeCloseTo(photo.width, 3);
        expect(rect.h).toBeCloseTo(photo.height, 3);
      }),
    );
  });

  it("keeps the point under the pointer while zooming inside a large photo", () => {
    const photo = { width: 6000, height: 4000 };
    const pane = { width: 1000, height: 800 };
    const view = { scale: 1, cx: 3000, cy: 2000, fit: false };
    const at = { x: 700, y: 300 };
    const before = v.toPicture(view, pane, at);
    const after = v.toPicture(v.zoomedAt(view, photo, pane, 2, at), pane, at);
    expect(after.x).toBeCloseTo(before.x, 6);
    expect(after.y).toBeCloseTo(before.y, 6);
  });

  it("never loses the photo off the screen", () => {
    fc.assert(
      fc.property(sizes, panes, points, fc.double({ min: 0.02, max: 16, noNaN: true }), (photo, pane, by, scale) => {
        const middle = { x: pane.width / 2, y: pane.height / 2 };
        const zoomed = v.zoomedAt(v.fitted(photo, pane, 0), photo, pane, scale, middle);
        const rect = v.seen(v.panned(zoomed, photo, pane, by.x * 9, by.y * 9), photo, pane);
        expect(rect.w).toBeGreaterThan(0);
        expect(rect.h).toBeGreaterThan(0);
      }),
    );
  });

  it("asks for what is seen with a rim, on the grid, never finer than the photo", () => {
    fc.assert(
      fc.property(sizes, panes, fc.double({ min: 0.02, max: 16, noNaN: true }), (photo, pane, scale) => {
        const middle = { x: pane.width / 2, y: pane.height / 2 };
        const view = v.zoomedAt(v.fitted(photo, pane, 0), photo, pane, scale, middle);
        const asked = v.request(view, photo, pane);
        expect(v.covers(asked, v.seen(view, photo, pane))).toBe(true);
        expect(asked.x % 16).toBe(0);
        expect(asked.y % 16).toBe(0);
        expect(asked.x + asked.w).toBeLessThanOrEqual(photo.width);
        expect(asked.y + asked.h).toBeLessThanOrEqual(photo.height);
        expect(asked.width).toBeLessThanOrEqual(asked.w);
        expect(asked.height).toBeLessThanOrEqual(asked.h);
      }),
    );
  });

  it("steps between the stops", () => {
    expect(v.nextStop(0.62, 1)).toBe(1);
    expect(v.nextStop(1, 1)).toBe(2);
    expect(v.nextStop(1, -1)).toBe(0.5);
    expect(v.nextStop(0.62, -1)).toBe(0.5);
  });
});
