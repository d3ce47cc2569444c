import { describe, expect, it } from "vitest";
import { lightOf, median } from "@/canvas/light";

const pixels = (...colors: [number, number, number][]) => new Uint8ClampedArray(colors.flatMap((color) => [...color, 255]));

describe("the light of a picture", () => {
  it("is counted by channel and by luma", () => {
    const { red, green, blue, luma } = lightOf(pixels([10, 20, 30], [10, 200, 30], [128, 128, 128]));
    expect([red[10], red[128], green[200], blue[30]]).toEqual([2, 1, 1, 2]);
    expect(luma[128]).toBe(1);
    for (const counts of [red, green, blue, luma]) expect(counts.reduce((a, b) => a + b, 0)).toBe(3);
  });

  it("is clipped where one channel is full, or all are empty", () => {
    const { highlights, shadows } = lightOf(pixels([255, 90, 80], [255, 255, 255], [1, 0, 0], [200, 0, 0]));
    expect(highlights).toBe(0.5);
    expect(shadows).toBe(0.25);
  });

  it("marks what is clipped, and nothing else", () => {
    const mask = new Uint32Array(4).fill(7);
    lightOf(pixels([254, 0, 0], [0, 0, 0], [253, 2, 2], [30, 30, 30]), mask);
    expect([...new Uint8Array(mask.buffer)].slice(0, 8)).toEqual([255, 45, 45, 255, 45, 107, 255, 255]);
    expect([...mask].slice(2)).toEqual([0, 0]);
  });

  it("has a median", () => {
    expect(median(lightOf(pixels([9, 9, 9], [50, 50, 50], [250, 250, 250])).luma)).toBe(50);
  });
});
