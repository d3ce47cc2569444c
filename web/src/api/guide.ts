/** The style guide of the workspace, and which photos of a set break it. */

import { useQuery } from "@tanstack/react-query";
import { apiUrl, getBlob, getJson, postJson, putFile, remove } from "@/api/client";
import { queries } from "@/api/queries";
import type { Guide, StyleAnswer } from "@/api/types";

const KEY = ["guide"];
/** Photos that are checked by one request: so often it is said how far that is. */
export const CHECKED_AT_ONCE = 4;

/** The guide's rules; null where the workspace has none, undefined until it is known. */
export function useGuide(): Guide | null | undefined {
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: () => getJson<{ guide: Guide | null }>("guide"),
    staleTime: 60_000,
  });
  return data?.guide;
}

/** Colors of the house: their names and #rrggbb, in the guide's order. */
export function useHouseColors(): [string, string][] {
  return Object.entries(useGuide()?.colors ?? {});
}

/** Gives the workspace another guide: guide.json, or its ZIP. */
export async function bringGuide(file: File): Promise<void> {
  queries.setQueryData(KEY, await putFile("guide", file));
}

export async function dropGuide(): Promise<void> {
  await remove("guide");
  queries.setQueryData(KEY, { guide: null });
}

export function guideUrl(): string {
  return apiUrl("guide/file");
}

export async function guideLogo(name: string): Promise<File> {
  return new File([await getBlob("guide/logo")], name);
}

/** Which rules some photos of a set break. */
export function checkStyle(set: string, projects: string[], signal: AbortSignal): Promise<StyleAnswer> {
  return postJson<StyleAnswer>(`sets/${set}/style`, { projects }, signal);
}
