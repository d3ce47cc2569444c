/** What the pages read from the server, cached by TanStack Query. */

import { QueryClient, keepPreviousData, queryOptions, skipToken, useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { readCatalogue } from "@/api/catalogue";
import { ApiError, apiUrl, getAll, getBlob, getJson, getPage, patchJson, postForFile, postJson, remove } from "@/api/client";
import { opened } from "@/api/recipes";
import type {
  Analysis,
  CatalogueReply,
  ExportOffer,
  ExportSettings,
  LookSettings,
  Face,
  Photo,
  Pointed,
  Preset,
  Project,
  Recipe,
  Report,
  Revision,
  StoredRecipe,
  View,
} from "@/api/types";

/** What holds a recipe, as the server sends it. */
export type Stored<T> = Omit<T, "recipe"> & { recipe: StoredRecipe };

export const queries = new QueryClient({
  defaultOptions: {
    // A browser that is offline still reaches a server on its own machine.
    mutations: { networkMode: "always" },
    queries: {
      networkMode: "always",
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      // What the server refuses once it refuses again.
      retry: (count, error) => !(error instanceof ApiError) && count < 3,
    },
  },
});

export const CATALOGUE = queryOptions({
  queryKey: ["catalogue"],
  queryFn: async () => readCatalogue(await getJson<CatalogueReply>("catalogue")),
  staleTime: Infinity,
});

export function useCatalogue() {
  return useQuery(CATALOGUE);
}

export function usePresets() {
  return useQuery({
    queryKey: ["presets"],
    queryFn: async () => (await getJson<Stored<Preset>[]>("presets")).map(opened),
    staleTime: Infinity,
  });
}

/** A server that is away is asked again this often. */
const AGAIN_MS = 5000;

const PROJECTS_AT_ONCE = 60;

/** What is looked for, and in which order it comes. */
export type Find = { search: string; sort: "changed" | "opened" | "name" };
const ALL: Find = { search: "", sort: "changed" };

/** The workspace's projects; those of sets are only found by a search. `fetchNextPage` brings more. */
export function useProjects(find: Find = ALL) {
  return useInfiniteQuery({
    queryKey: ["projects", find],
    queryFn: async ({ pageParam }) => {
      const asked = find.search === "" ? { ...find, loose: "true" } : find;
      const page = await getPage<Stored<Project>>("projects", pageParam, PROJECTS_AT_ONCE, asked);
      return { ...page, items: page.items.map(opened) };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    select: ({ pages }) => pages.flatMap((page) => page.items),
    placeholderData: keepPreviousData,
    // A list that is old says so, and comes anew by itself once the server is back.
    refetchOnMount: "always",
    refetchInterval: ({ state }) => (state.status === "error" ? AGAIN_MS : false),
  });
}

export async function getProject(id: string): Promise<Project> {
  return opened(await getJson<Stored<Project>>(`projects/${id}`));
}

export function useProject(id: string) {
  return useQuery({
    queryKey: ["project", id],
    queryFn: async () => {
      const [project, log] = await Promise.all([
        getProject(id),
        getAll<Stored<Revision>>(`projects/${id}/history`),
      ]);
      return { project, log: log.map(opened) };
    },
    // The open document is the truth from then on; a new visit asks again.
    staleTime: Infinity,
    gcTime: 0,
  });
}

/** The steps after a revision, oldest first. */
export async function fetchHistory(id: string, known: number): Promise<Revision[]> {
  const log = await queries.query({
    queryKey: ["newer", id, known],
    queryFn: () => getAll<Stored<Revision>>(`projects/${id}/history`, { known: String(known) }),
    staleTime: 0,
    gcTime: 0,
    retry: true,
  });
  return log.map(opened);
}

/** All faces with their marks; of a crowd they come in parts, the largest faces first. */
export function useAnalysis(id: string) {
  return useQuery({
    queryKey: ["analysis", id],
    queryFn: async ({ signal }) => {
      const faces: Face[] = [];
      for (;;) {
        const part = await getJson<Analysis>(`projects/${id}/analysis?known=${faces.length}`, signal);
        faces.push(...part.faces);
        queries.setQueryData<Analysis>(["found", id], { faces: [...faces], people: part.people });
        if (faces.length >= part.people) return { faces, people: part.people };
      }
    },
    staleTime: Infinity,
  });
}

/** How much of a crowd has been looked at closely; null before and after. */
export function useLooking(id: string): { done: number; all: number } | null {
  const found = useFound(id);
  if (!found || found.faces.length >= found.people) return null;
  return { done: found.faces.length, all: found.people };
}

/** What has come of the analysis so far. */
function useFound(id: string): Analysis | undefined {
  return useQuery<Analysis>({ queryKey: ["found", id], queryFn: skipToken, staleTime: Infinity }).data;
}

/** Who is in the photo, as soon as that is known; their marks come with the analysis. */
export function usePeople(id: string): Face[] | undefined {
  const { data: full } = useAnalysis(id);
  const { data: quick } = useQuery({
    queryKey: ["people", id],
    queryFn: ({ signal }) => getJson<Analysis>(`projects/${id}/analysis?quick=true`, signal),
    enabled: full === undefined,
    staleTime: Infinity,
  });
  const found = useFound(id);
  return useMemo(
    () => full?.faces ?? quick?.faces.map((face, place) => found?.faces[place] ?? face) ?? found?.faces,
    [full, quick, found],
  );
}

/** How large the spot is at a place of the photo; null beside skin. */
export function fetchSpot(project: string, place: { x: number; y: number }): Promise<Pointed | null> {
  return postJson<Pointed | null>(`projects/${project}/spot`, place);
}

/** Numbers about what the saved recipe changed. */
export function useReport(id: string, revision: number | null) {
  return useQuery({
    queryKey: ["report", id, revision],
    queryFn: ({ signal }) => getJson<Report>(`projects/${id}/report`, signal),
    enabled: revision !== null,
    staleTime: Infinity,
    placeholderData: (before) => before,
  });
}

/** Whether the report of a revision is there already. */
export function hasReport(id: string, revision: number | null): boolean {
  return queries.getQueryData(["report", id, revision]) !== undefined;
}

export function useRename(id: string) {
  return useMutation({
    mutationFn: async (name: string) =>
      opened(await patchJson<Stored<Project>>(`projects/${id}`, { name })),
    onSuccess: takeIn,
  });
}

/** Shows what the server says of a project everywhere. */
export function takeIn(project: Project): void {
  queries.setQueryData<{ project: Project; log: Revision[] }>(["project", project.id], (old) =>
    old ? { ...old, project } : old,
  );
  void queries.invalidateQueries({ queryKey: ["projects"] });
}

/** Where a photo stands: in which set, and at which place of it. */
export type Place = { set: string; place: number };

/** Starts a project, called as its file is without the ending. */
export async function createProject(photo: Photo, within: Place | null = null): Promise<Project> {
  const name = photo.name.replace(/\.[a-z0-9]{2,5}$/i, "");
  const project = opened(await postJson<Stored<Project>>("projects", { photo: photo.id, name, ...within }));
  if (within) return project;
  void queries.invalidateQueries({ queryKey: ["projects"] });
  return project;
}

export async function deleteProject(id: string): Promise<void> {
  await remove(`projects/${id}`);
}

/** A project like another, its history included. */
export async function duplicateProject(id: string, name: string): Promise<void> {
  await postJson(`projects/${id}/copies`, { name });
  await queries.invalidateQueries({ queryKey: ["projects"] });
}

/** Says that a project is being looked at: lists can be sorted by that. */
export function tellOpened(id: string): void {
  void postJson(`projects/${id}/opened`, {}).then(
    () => queries.invalidateQueries({ queryKey: ["projects"] }),
    () => undefined,
  );
}

export function thumbUrl(photo: string, size: number): string {
  return apiUrl(`photos/${photo}/thumb?size=${size}`);
}

/** The edited photo, small; a later edit has another address. */
export function projectThumbUrl(project: Project, size: number): string {
  return apiUrl(`projects/${project.id}/thumb?size=${size}&at=${encodeURIComponent(project.updated)}`);
}

export function presetThumbUrl(project: string, preset: string, size: number): string {
  return apiUrl(`projects/${project}/presets/${encodeURIComponent(preset)}/thumb?size=${size}`);
}

/** A recipe, drawn small where presets are drawn. */
export async function fetchLook(project: string, recipe: Recipe, size: number, signal: AbortSignal): Promise<Blob> {
  return (await postForFile(`projects/${project}/presets/thumb`, { recipe, size }, signal)).blob;
}

export function fetchHeat(project: string, signal: AbortSignal): Promise<Blob> {
  return getBlob(`projects/${project}/heatmap?size=1600`, signal);
}

/** Where the cut-out of the saved recipe is unsure: a tint over the whole photo. */
export function fetchUnsure(project: string, signal: AbortSignal): Promise<Blob> {
  return getBlob(`projects/${project}/unsure?size=1600`, signal);
}

export async function fetchPreview(
  project: string,
  recipe: Recipe,
  view: View,
  quality: number,
  signal?: AbortSignal,
): Promise<Blob> {
  return (await postForFile(`projects/${project}/preview`, { recipe, view, quality }, signal)).blob;
}

export function exportFile(project: string, settings: ExportSettings, signal?: AbortSignal) {
  return postForFile(`projects/${project}/export`, settings, signal);
}

/** The original's form, which a file has where nothing else is asked for. */
export function useExportOffer(project: string) {
  return useQuery({
    queryKey: ["offer", project],
    queryFn: ({ signal }) => getJson<ExportOffer>(`projects/${project}/export`, signal),
    staleTime: Infinity,
  });
}

/** A square of the enlarged picture. */
export async function exportLook(project: string, look: LookSettings, signal: AbortSignal): Promise<Blob> {
  return (await postForFile(`projects/${project}/export/look`, look, signal)).blob;
}

/** The share of a file that is made, 0 to 1. */
export async function exportProgress(project: string, settings: ExportSettings, signal: AbortSignal): Promise<number> {
  return (await postJson<{ share: number }>(`projects/${project}/export/progress`, settings, signal)).share;
}

export async function exportSize(
  project: string,
  settings: ExportSettings,
  signal: AbortSignal,
): Promise<number> {
  const path = `projects/${project}/export/size`;
  return (await postJson<{ bytes: number }>(path, settings, signal)).bytes;
}
