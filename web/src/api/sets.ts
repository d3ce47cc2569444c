/** Sets of photos: what the pages read of them, and what is changed in them. */

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { apiUrl, getAll, getJson, getPage, patchJson, postJson, remove } from "@/api/client";
import { queries } from "@/api/queries";
import { opened } from "@/api/recipes";
import type { Applied, ExportSettings, PhotoSet, Recipe, SetExport, SetPhoto } from "@/api/types";

/** What of one photo's settings goes to others: everything, some panels, or one value (area.op.param). */
export type Part = { panels?: string[]; setting?: string };

const SETS_AT_ONCE = 60;

/** The workspace's sets, the last touched first. */
export function useSets() {
  return useInfiniteQuery({
    queryKey: ["sets"],
    queryFn: ({ pageParam }) => getPage<PhotoSet>("sets", pageParam, SETS_AT_ONCE),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    select: ({ pages }) => pages.flatMap((page) => page.items),
    refetchOnMount: "always",
  });
}

export function useSet(id: string) {
  return useQuery({ queryKey: ["set", id], queryFn: () => getJson<PhotoSet>(`sets/${id}`) });
}

const photosKey = (set: string) => ["set", set, "photos"];

/** All photos of a set in its order. */
export function useSetPhotos(set: string | null) {
  return useQuery({
    queryKey: photosKey(set ?? ""),
    queryFn: () => getAll<SetPhoto>(`sets/${set}/photos`),
    enabled: set !== null,
    refetchOnMount: "always",
  });
}

/** The photos that are known of a set without asking. */
export function photosKnown(set: string): SetPhoto[] {
  return queries.getQueryData<SetPhoto[]>(photosKey(set)) ?? [];
}

/** Changes what is known of photos, before or after the server does. */
export function patchPhotos(set: string, projects: ReadonlySet<string>, part: Partial<SetPhoto>): void {
  queries.setQueryData<SetPhoto[]>(photosKey(set), (known) =>
    known?.map((photo) => (projects.has(photo.project) ? { ...photo, ...part } : photo)),
  );
}

export function refreshSet(set: string): void {
  void queries.invalidateQueries({ queryKey: ["set", set] });
  void queries.invalidateQueries({ queryKey: ["sets"] });
}

export async function createSet(name: string, projects: string[] = []): Promise<PhotoSet> {
  const made = await postJson<PhotoSet>("sets", { name, projects });
  void queries.invalidateQueries({ queryKey: ["sets"] });
  return made;
}

export async function renameSet(set: string, name: string): Promise<void> {
  queries.setQueryData(["set", set], await patchJson<PhotoSet>(`sets/${set}`, { name }));
  void queries.invalidateQueries({ queryKey: ["sets"] });
}

/** Deletes a set; its photos go with it, or stand alone. */
export async function deleteSet(set: string, photos: boolean): Promise<void> {
  await remove(`sets/${set}?photos=${photos}`);
  queries.removeQueries({ queryKey: ["set", set] });
  void queries.invalidateQueries({ queryKey: ["sets"] });
  void queries.invalidateQueries({ queryKey: ["projects"] });
}

/** Stars and flags: shown at once, and as they were when the server refuses. */
export async function markPhotos(set: string, projects: string[], marks: { stars?: number; flag?: number }): Promise<void> {
  // A list that is on its way was read before the mark, and would hide it.
  const asking = queries.isFetching({ queryKey: photosKey(set) }) > 0;
  await queries.cancelQueries({ queryKey: photosKey(set) });
  const before = photosKnown(set);
  patchPhotos(set, new Set(projects), marks);
  try {
    await patchJson(`sets/${set}/photos`, { projects, ...marks });
    if (asking) await queries.invalidateQueries({ queryKey: photosKey(set) });
  } catch (error) {
    queries.setQueryData(photosKey(set), before);
    throw error;
  }
}

/** Lets photos stand alone again. */
export async function takeOut(set: string, projects: string[]): Promise<void> {
  await postJson(`sets/${set}/photos/out`, { projects });
  refreshSet(set);
  void queries.invalidateQueries({ queryKey: ["projects"] });
}

/** Moves photos before another one, or (null) to the end. */
export async function movePhotos(set: string, projects: string[], before: string | null): Promise<void> {
  await postJson(`sets/${set}/order`, { projects, before });
  refreshSet(set);
}

const APPLIED_AT_ONCE = 25;

/** Gives settings to photos of a set, some at a time; `told` hears how many are done. */
export async function applySettings(
  set: string,
  projects: string[],
  recipe: object,
  part: Part,
  label: string,
  told: (done: number) => void,
  signal?: AbortSignal,
): Promise<Applied> {
  const all: Applied = { changed: [], same: [], failed: [] };
  try {
    for (let start = 0; start < projects.length && !signal?.aborted; start += APPLIED_AT_ONCE) {
      const some = projects.slice(start, start + APPLIED_AT_ONCE);
      const done = await postJson<Applied>(`sets/${set}/apply`, { projects: some, recipe, label, ...part });
      for (const key of ["changed", "same"] as const) all[key].push(...done[key]);
      all.failed.push(...done.failed);
      told(start + some.length);
    }
  } finally {
    refreshSet(set);
  }
  return all;
}

/** Three photos that differ most in skin and light: a look is tried on them. */
export async function photosToTry(set: string, projects: string[], signal: AbortSignal): Promise<string[]> {
  return (await postJson<{ projects: string[] }>(`sets/${set}/trial`, { projects }, signal)).projects;
}

/** Settings of one recipe on another, which keeps what belongs to its photo. */
export async function carriedOver(recipe: object, onto: Recipe, part: Part): Promise<Recipe> {
  return opened(await postJson<{ recipe: object }>("recipes/carry", { recipe, onto, ...part })).recipe;
}

export function setThumbUrl(photo: Pick<SetPhoto, "project" | "revision">, size: number): string {
  return apiUrl(`projects/${photo.project}/thumb?size=${size}&at=r${photo.revision}`);
}

export function beginExport(set: string, projects: string[], settings: ExportSettings): Promise<SetExport> {
  return postJson<SetExport>(`sets/${set}/exports`, { projects, settings });
}

export function exportState(set: string, id: string): Promise<SetExport> {
  return getJson<SetExport>(`sets/${set}/exports/${id}`);
}

export function stopExport(set: string, id: string): Promise<void> {
  return remove(`sets/${set}/exports/${id}`);
}

export function exportUrl(set: string, id: string): string {
  return apiUrl(`sets/${set}/exports/${id}/file`);
}
