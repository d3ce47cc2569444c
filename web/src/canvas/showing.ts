/** What the canvas shows of the open document, and in which frame each picture that it asked for comes. */

import { inHand } from "@/canvas/tool";
import { reframe, useView } from "@/canvas/view-store";
import { type Showing, finished, laidOpen } from "@/document/cropping";
import { type Framing, sameFraming } from "@/document/framing";
import { picturedRecipe, useDocument } from "@/document/store";

/** Works out what is shown now, and has the view follow. */
export function showing(): Showing {
  const { photo, frame, open } = useView.getState();
  const document = useDocument.getState();
  const lay = inHand()?.open === true;
  const recipe = picturedRecipe(document);
  const next = lay ? laidOpen(recipe, photo) : finished(recipe, photo, document.faces);
  if (lay !== open || !sameFraming(next.shown, frame)) reframe(next.shown, lay);
  return next;
}

/** The frames of pictures that are on their way, by the numbers they were asked for with. */
export class Frames {
  private readonly asked = new Map<number, Framing>();

  ask(id: number, frame: Framing): void {
    this.asked.set(id, frame);
  }

  /** The frame of a picture that has come; what was asked for before it is not waited for. */
  of(id: number, latest: Framing): Framing {
    for (const older of this.asked.keys()) if (older < id) this.asked.delete(older);
    return this.asked.get(id) ?? latest;
  }
}
