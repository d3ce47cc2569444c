/** How light is spread over a picture, and where it is clipped. */

export type Light = {
  /** Pixels by value 0 to 255 of each channel, and of luma (ITU-R BT.709), as the screen's JPEG has them. */
  red: Uint32Array;
  green: Uint32Array;
  blue: Uint32Array;
  luma: Uint32Array;
  /** Shares of the picture, 0 to 1. */
  shadows: number;
  highlights: number;
};

/** JPEG moves what is full or empty by one step. */
const FULL = 254;
const EMPTY = 1;
/** Pixels of a mask, as little-endian RGBA. */
const RED = 0xff2d2dff;
const BLUE = 0xffff6b2d;

/**
 * Counts RGBA pixels. Highlights are clipped where one channel is full: skin turns yellow there first.
 * Shadows are clipped where all are empty: a strong color has an empty channel and is none. With a
 * `mask`, one value for each pixel, highlights are marked red in it and shadows blue.
 */
export function lightOf(data: Uint8ClampedArray, mask?: Uint32Array): Light {
  const [red, green, blue, luma] = [bins(), bins(), bins(), bins()];
  let [dark, bright] = [0, 0];
  const count = data.length / 4;
  for (let pixel = 0, at = 0; pixel < count; pixel++, at += 4) {
    const r = data[at] as number;
    const g = data[at + 1] as number;
    const b = data[at + 2] as number;
    add(red, r);
    add(green, g);
    add(blue, b);
    add(luma, (54 * r + 183 * g + 19 * b) >> 8);
    const full = Math.max(r, g, b) >= FULL;
    const empty = Math.max(r, g, b) <= EMPTY;
    if (full) bright++;
    if (empty) dark++;
    if (mask) mask[pixel] = full ? RED : empty ? BLUE : 0;
  }
  return { red, green, blue, luma, shadows: dark / count, highlights: bright / count };
}

function bins(): Uint32Array {
  return new Uint32Array(256);
}

function add(counts: Uint32Array, value: number): void {
  counts[value] = (counts[value] as number) + 1;
}

/** The value that half of the pixels lie below, 0 to 255. */
export function median(counts: Uint32Array): number {
  const half = counts.reduce((a, b) => a + b, 0) / 2;
  let sum = 0;
  return Math.max(0, counts.findIndex((count) => (sum += count) >= half));
}
