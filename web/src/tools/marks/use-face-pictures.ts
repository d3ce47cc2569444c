/** One picture of each face, from which its spots are cut. */

import { useQueries } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { fetchPreview } from "@/api/queries";
import { inTurn } from "@/api/turns";
import type { Face, Project } from "@/api/types";
import type { Rect } from "@/canvas/viewport";
import { EMPTY } from "@/document/recipe";

/** Longer side of a face's picture, in pixels. */
const LONG = 1600;

export type FacePicture = { url: string; part: Rect };

/** The part of the photo in which a face and all that is listed on it lie, with room for the cut around each. */
export function partOf(face: Face, photo: { width: number; height: number }): Rect {
  const [left, top, wide, tall] = face.box;
  const listed = face.spots.map(({ x, y, radius }) => [x - 4 * radius, y - 4 * radius, x + 4 * radius, y + 4 * radius]);
  const reach = [[left, top, left + wide, top + tall], ...listed];
  const side = (at: number, pick: (...all: number[]) => number) => pick(...reach.map((each) => each[at] ?? 0));
  const x = Math.max(0, Math.floor(side(0, Math.min)));
  const y = Math.max(0, Math.floor(side(1, Math.min)));
  const w = Math.min(photo.width, Math.ceil(side(2, Math.max))) - x;
  const h = Math.min(photo.height, Math.ceil(side(3, Math.max))) - y;
  return { x, y, w: Math.max(1, w), h: Math.max(1, h) };
}

/** Pictures by the key of the face; of the photo as it came, so that a healed spot can be seen. */
export function useFacePictures(project: Project, spotted: readonly Face[]): Map<string, FacePicture> {
  const parts = useMemo(() => spotted.map((face) => partOf(face, project)), [spotted, project]);
  const found = useQueries({
    queries: spotted.map((face, at) => ({
      queryKey: ["spots", project.id, face.key],
      queryFn: ({ signal }: { signal: AbortSignal }) => {
        const { x, y, w, h } = parts[at] ?? { x: 0, y: 0, w: 1, h: 1 };
        const scale = Math.min(1, LONG / Math.max(w, h));
        const view = { x, y, w, h, width: Math.max(1, Math.round(w * scale)), height: Math.max(1, Math.round(h * scale)) };
        return inTurn(() => fetchPreview(project.id, EMPTY, view, 88, signal));
      },
      staleTime: Infinity,
    })),
    combine: (results) => results.map(({ data }) => data),
  });
  const [pictures, setPictures] = useState(new Map<string, FacePicture>());
  useEffect(() => {
    const made = new Map<string, FacePicture>();
    spotted.forEach((face, at) => {
      const [blob, part] = [found[at], parts[at]];
      if (blob && part) made.set(face.key, { url: URL.createObjectURL(blob), part });
    });
    setPictures(made);
    return () => made.forEach(({ url }) => URL.revokeObjectURL(url));
  }, [found, spotted, parts]);
  return pictures;
}
