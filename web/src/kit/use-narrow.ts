import { useSyncExternalStore } from "react";

/** Upright phones: the panel is a sheet under the photo. The style sheets say the same. */
export const SHEET = "(max-width: 759px) and (min-height: 521px), (max-width: 519px)";
/** Phones, and windows that are low: one group of sliders at a time. The style sheets say the same. */
export const COMPACT = "(max-width: 759px), (max-height: 520px)";

function useMedia(media: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = matchMedia(media);
      query.addEventListener("change", changed);
      return () => query.removeEventListener("change", changed);
    },
    () => matchMedia(media).matches,
  );
}

export function useSheet(): boolean {
  return useMedia(SHEET);
}

export function useCompact(): boolean {
  return useMedia(COMPACT);
}

/** Whether there is a finger and no mouse. */
export function useTouch(): boolean {
  return useMedia("(hover: none) and (pointer: coarse)");
}
