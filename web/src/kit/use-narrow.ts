import { useSyncExternalStore } from "react";

/** The width below which the panel is a sheet under the photo; the style sheets say the same. */
const NARROW = "(max-width: 759px)";

function subscribe(changed: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches);
}
