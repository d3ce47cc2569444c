/** Frames around faces, drawn over the photo. */

import type { Face } from "@/api/types";
import { outlined } from "@/canvas/outline";
import { boxOnPane } from "@/canvas/placing";
import type { ViewState } from "@/canvas/view-store";
import type { Point, Size } from "@/canvas/viewport";

export function paintFaces(
  context: CanvasRenderingContext2D,
  state: ViewState,
  pane: Size,
  faces: Face[],
): void {
  for (const face of faces) {
    const [x, y, width, height] = boxOnPane(state, pane, face.box);
    outlined(context, 1.5 * state.dpr, "#fff", () => {
      context.beginPath();
      context.roundRect(x, y, width, height, 8 * state.dpr);
    });
  }
}

/** The smallest face frame around a point of the photo. */
export function faceAt(faces: readonly Face[], point: Point): Face | undefined {
  return faces
    .filter(({ box: [x, y, w, h] }) => point.x >= x && point.y >= y && point.x <= x + w && point.y <= y + h)
    .sort((a, b) => a.box[2] * a.box[3] - b.box[2] * b.box[3])[0];
}
