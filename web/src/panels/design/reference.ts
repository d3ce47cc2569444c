/** Pictures that lend their look: made small here, so that little travels. */

import { forget, setAsking, useDesign } from "@/panels/design/design-store";
import { borrow, cancel } from "@/panels/design/asking";

/** Longer side of what is sent, in pixels. */
const LONG = 1600;
const QUALITY = 0.92;

/** Takes a picture as the reference and asks what it lends. */
export async function takeReference(file: File): Promise<void> {
  dropReference();
  setAsking("reference", { state: "asking", trouble: null });
  const small = await smaller(file).catch(() => null);
  if (!small) {
    setAsking("reference", { state: "idle", trouble: { code: "unreadable" } });
    return;
  }
  useDesign.setState({ reference: { name: file.name, file: small, picture: URL.createObjectURL(small) } });
  await borrow();
}

export function dropReference(): void {
  const { reference, asking } = useDesign.getState();
  cancel("reference");
  forget(asking.reference.round);
  if (reference) URL.revokeObjectURL(reference.picture);
  useDesign.setState({ reference: null });
  setAsking("reference", { round: null, trouble: null });
}

async function smaller(file: Blob): Promise<Blob | null> {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONG / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  if (!context) return null;
  context.imageSmoothingQuality = "high";
  // JPEG knows no transparency: what is clear becomes paper.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Promise((made) => canvas.toBlob(made, "image/jpeg", QUALITY));
}
