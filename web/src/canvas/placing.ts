/** Places of the photo on a pane and back: through the frame and the viewport. */

import type { ViewState } from "@/canvas/view-store";
import { toPicture, toScreen } from "@/canvas/viewport";
import { type Point, type Region, type Size, moved, regionMoved } from "@/document/affine";

type Seen = Pick<ViewState, "viewport" | "frame">;

export function onPane(state: Seen, pane: Size, point: Point): Point {
  return toScreen(state.viewport, pane, moved(state.frame.fromSource, point));
}

export function onPhoto(state: Seen, pane: Size, at: Point): Point {
  return moved(state.frame.toSource, toPicture(state.viewport, pane, at));
}

/** The region of the pane around a region of the photo. */
export function boxOnPane({ viewport, frame }: Seen, pane: Size, region: Region): Region {
  const [x, y, w, h] = regionMoved(frame.fromSource, region);
  const at = toScreen(viewport, pane, { x, y });
  return [at.x, at.y, w * viewport.scale, h * viewport.scale];
}
