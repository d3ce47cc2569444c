/** Where Enter works while the photo has the focus by keys: its middle, under which arrows move the photo. */

import { outlined } from "@/canvas/outline";
import type { Paint } from "@/canvas/tool";

/** From where to where the cross's arms go, in CSS pixels. */
const ARM = [5, 14] as const;

export function isAimed(): boolean {
  return document.querySelector("[data-canvas]:focus-visible") !== null;
}

export const paintAim: Paint = (context, { dpr }, { width, height }) => {
  const [from, to] = [ARM[0] * dpr, ARM[1] * dpr];
  outlined(context, 1.75 * dpr, "#fff", () => {
    context.beginPath();
    for (const [x, y] of [[1, 0], [-1, 0], [0, 1], [0, -1]] as const) {
      context.moveTo(width / 2 + x * from, height / 2 + y * from);
      context.lineTo(width / 2 + x * to, height / 2 + y * to);
    }
  });
};
