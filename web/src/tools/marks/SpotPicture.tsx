import type { CSSProperties, ReactNode } from "react";
import type { Spot } from "@/api/types";
import css from "@/tools/marks/Marks.module.css";
import type { FacePicture } from "@/tools/marks/use-face-pictures";

/** Side of the square, in CSS pixels, and how many radii of the spot it shows. */
const SIDE = 36;
const RADII = 6;

/** One spot as it came, cut from the picture of its face. */
export function SpotPicture({ spot, face }: { spot: Spot; face: FacePicture | undefined }): ReactNode {
  if (!face) return <span className={css.picture} aria-hidden="true" />;
  const { part, url } = face;
  const scale = SIDE / Math.min(RADII * spot.radius, part.w, part.h);
  const style: CSSProperties = {
    backgroundImage: `url(${url})`,
    backgroundSize: `${part.w * scale}px ${part.h * scale}px`,
    backgroundPosition: `${SIDE / 2 - (spot.x - part.x) * scale}px ${SIDE / 2 - (spot.y - part.y) * scale}px`,
  };
  return <span className={css.picture} style={style} aria-hidden="true" />;
}
