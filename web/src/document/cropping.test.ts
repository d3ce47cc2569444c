import { describe, expect, it } from "vitest";
import type { Face, Recipe, Step } from "@/api/types";
import { UNCROPPED, hasCut } from "@/document/crop";
import { cropName, cropOf, drawsTheSame, finished, finishedSize, headsOf, laidOpen, withCrop } from "@/document/cropping";
import { EMPTY } from "@/document/recipe";

const photo = { width: 3000, height: 2000 };
const step: Step = { edit: { op: "smooth", version: 1, amount: 30 }, opacity: 1, area: "face", person: null, mask: null };
const smooth: Recipe = { ...EMPTY, steps: [step] };
const face: Face = {
  key: "a",
  box: [1000, 500, 600, 800],
  head: [950, 300, 700, 1000],
  confidence: 1,
  pose: { pitch: 0, roll: 0, yaw: 0 },
  editable: true,
  colorless: false,
  verdict: "face",
  to_face: [[1, 0, 0], [0, 1, 0]],
  landmarks: [],
  skin: null,
  spots: [],
};
const square = withCrop(smooth, { ...UNCROPPED, ratio: "1:1" });

describe("the crop of a recipe", () => {
  it("is one step for the whole picture, and none where nothing is cut", () => {
    expect(square.steps).toHaveLength(2);
    expect(cropOf(square).ratio).toBe("1:1");
    const turned = withCrop(square, { ...UNCROPPED, turn: "90" });
    expect(turned.steps).toHaveLength(2);
    expect(cropOf(turned)).toEqual({ ...UNCROPPED, turn: "90" });
    expect(withCrop(turned, UNCROPPED).steps).toEqual([step]);
    expect(cropName(smooth)).toBe("");
  });

  it("is not seen while its step is hidden", () => {
    const hidden = { ...square, steps: square.steps.map((each) => ({ ...each, opacity: 0 })) };
    expect(finishedSize(hidden, photo, [])).toEqual(photo);
  });

  it("is said in numbers to the server until the heads are known", () => {
    expect(hasCut(cropOf(finished(square, photo, []).recipe))).toBe(true);
    expect(finished(square, photo, [face]).recipe).toBe(square);
    expect(finished(square, photo, [face]).shown.size).toEqual({ width: 2000, height: 2000 });
  });

  it("is built around the people to retouch, or else around everybody", () => {
    const small: Face = { ...face, key: "b", editable: false, head: [0, 0, 10, 10] };
    expect(headsOf([face, small])).toEqual([face.head]);
    expect(headsOf([small])).toEqual([small.head]);
  });
});

describe("while it is cut", () => {
  it("the server draws the same picture, whatever the cut and the angle", () => {
    const moved = withCrop(smooth, { ...UNCROPPED, left: 0.1, width: 0.5, angle: 7 });
    expect(drawsTheSame(laidOpen(square, photo).recipe, laidOpen(moved, photo).recipe)).toBe(true);
    expect(laidOpen(moved, photo).asked.size).toEqual(photo);
    const mirrored = withCrop(smooth, { ...UNCROPPED, mirror: true });
    expect(drawsTheSame(laidOpen(square, photo).recipe, laidOpen(mirrored, photo).recipe)).toBe(false);
    expect(drawsTheSame(smooth, { ...smooth, amounts: { face: 50 } })).toBe(false);
    expect(drawsTheSame(smooth, { ...smooth, steps: [{ ...step }] })).toBe(false);
  });
});
