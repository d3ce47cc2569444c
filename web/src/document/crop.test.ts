import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Region } from "@/document/affine";
import { moved } from "@/document/affine";
import { type Crop, UNCROPPED, edgesOf, frameOf, planeOf, rotation, turnedFrame } from "@/document/crop";
import frames from "@/document/frames.json";

type Known = { crop: Partial<Crop>; photo: [number, number]; heads: Region[]; size: number[]; to_source: number[][] };

describe("the frame", () => {
  it.each(frames as unknown as Known[])("is the engine's: $crop", ({ crop, photo, heads, size, to_source }) => {
    const frame = frameOf({ ...UNCROPPED, ...crop }, { width: photo[0], height: photo[1] }, heads);
    expect([frame.size.width, frame.size.height]).toEqual(size);
    frame.toSource.forEach((row, k) => {
      row.forEach((value, l) => expect(value).toBeCloseTo(to_source[k]?.[l] ?? NaN, 6));
    });
  });
});

const crops = fc.record({
  left: fc.double({ min: 0, max: 0.9, noNaN: true }),
  top: fc.double({ min: 0, max: 0.9, noNaN: true }),
  width: fc.double({ min: 0.05, max: 1, noNaN: true }),
  height: fc.double({ min: 0.05, max: 1, noNaN: true }),
  angle: fc.double({ min: -45, max: 45, noNaN: true }),
  turn: fc.constantFrom("0", "90", "180", "270"),
  mirror: fc.boolean(),
  flip: fc.boolean(),
  ratio: fc.constantFrom("free", "original", "4:5"),
  head: fc.constant(0),
}) as fc.Arbitrary<Crop>;
const photo = { width: 3000, height: 2000 };

describe("every cut", () => {
  it("shows nothing beside the photo", () => {
    fc.assert(
      fc.property(crops, (crop) => {
        const around = turnedFrame(crop, photo).size;
        const { left, top, right, bottom } = edgesOf(crop, photo, []);
        for (const corner of [
          { x: left, y: top },
          { x: right, y: top },
          { x: left, y: bottom },
          { x: right, y: bottom },
        ]) {
          const { x, y } = moved(rotation(crop.angle, around), corner);
          expect(Math.min(x, y, around.width - x, around.height - y)).toBeGreaterThan(-1e-6);
        }
      }),
    );
  });

  it("lies where the whole straightened picture has it", () => {
    fc.assert(
      fc.property(crops, (crop) => {
        const frame = frameOf(crop, photo, []);
        const edges = edgesOf(crop, photo, []);
        const corner = moved(planeOf(crop, photo).fromSource, moved(frame.toSource, { x: 0, y: 0 }));
        expect(Math.hypot(corner.x - edges.left, corner.y - edges.top)).toBeLessThan(1.5);
      }),
    );
  });
});
