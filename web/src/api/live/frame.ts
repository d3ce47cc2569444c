/** The binary frames of the live preview: a 32-byte header, then a JPEG. */

export type FrameHeader = {
  /** A patch lies over the edited frame before it. */
  kind: "edited" | "original" | "patch";
  id: number;
  /** The part of the photo that the frame shows, in full-size pixels. */
  x: number;
  y: number;
  w: number;
  h: number;
  renderMs: number;
  encodeMs: number;
};

export const HEADER_BYTES = 32;
const MAGIC = 0x4c4b5246; // "FRKL"
const VERSION = 1;
const KINDS = ["edited", "original", "patch"] as const;

/** Reads the header, or returns null where the bytes are not a frame of this version. */
export function readHeader(bytes: ArrayBuffer): FrameHeader | null {
  if (bytes.byteLength <= HEADER_BYTES) return null;
  const view = new DataView(bytes);
  if (view.getUint32(0, true) !== MAGIC || view.getUint16(4, true) !== VERSION) return null;
  return {
    kind: KINDS[view.getUint16(6, true)] ?? "edited",
    id: view.getUint32(8, true),
    x: view.getFloat32(12, true),
    y: view.getFloat32(16, true),
    w: view.getFloat32(20, true),
    h: view.getFloat32(24, true),
    renderMs: view.getUint16(28, true),
    encodeMs: view.getUint16(30, true),
  };
}

export function jpegOf(bytes: ArrayBuffer): Blob {
  return new Blob([new Uint8Array(bytes, HEADER_BYTES)], { type: "image/jpeg" });
}
