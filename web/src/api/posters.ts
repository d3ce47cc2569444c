/** Posters: what there is to choose, a sheet for the screen, where it all lies, a file. */

import { useQuery } from "@tanstack/react-query";
import { type Made, apiUrl, getJson, postBlob, postForFile, postJson, putForJson, remove } from "@/api/client";
import type { KeptPoster, Poster, PosterFile, PosterLayout, PosterOffer, PosterOwnFile, PosterPack } from "@/api/types";

export function usePosterOffer() {
  return useQuery({
    queryKey: ["posters"],
    queryFn: ({ signal }) => getJson<PosterOffer>("posters", signal),
    staleTime: Infinity,
  });
}

/** Typefaces and logos that were brought for a project. */
export function usePosterFiles(project: string) {
  return useQuery({
    queryKey: ["posterFiles", project],
    queryFn: ({ signal }) => getJson<PosterOwnFile[]>(`projects/${project}/posters/files`, signal),
    enabled: project !== "",
  });
}

export async function bringPosterFile(project: string, file: File): Promise<PosterOwnFile> {
  const path = `projects/${project}/posters/files?label=${encodeURIComponent(file.name.slice(-120))}`;
  return (await (await postBlob(path, file)).json()) as PosterOwnFile;
}

export function forgetPosterFile(project: string, name: string): Promise<void> {
  return remove(`projects/${project}/posters/files/${name}`);
}

/** A template with its sample words and the project's photo; `at` makes a later retouch another address. */
export function posterThumbUrl(project: string, template: string, size: number, at: number): string {
  return apiUrl(`projects/${project}/posters/${template}/thumb?size=${size}&at=${at}`);
}

/** The sheet as the file will have it, with its longer side at so many pixels. */
export async function posterPreview(project: string, poster: Poster, size: string, longer: number): Promise<Blob> {
  return (await postForFile(`projects/${project}/posters/preview`, { poster, size, longer })).blob;
}

/** Some layers alone on nothing, or the sheet without some. */
export async function posterPart(
  project: string,
  sheet: { poster: Poster; size: string; longer: number },
  part: { only: string[] } | { without: string[] },
  signal: AbortSignal,
): Promise<Blob> {
  return (await postForFile(`projects/${project}/posters/preview`, { ...sheet, ...part }, signal)).blob;
}

export function keptPoster(project: string): Promise<KeptPoster> {
  return getJson<KeptPoster>(`projects/${project}/poster`);
}

/** Keeps a poster that was made of revision `base`; refused as `stale` when another was kept since. */
export function keepPoster(project: string, base: number, poster: Poster): Promise<KeptPoster> {
  return putForJson<KeptPoster>(`projects/${project}/poster`, { base, poster });
}

export function posterLayout(project: string, poster: Poster, size: string): Promise<PosterLayout> {
  return postJson<PosterLayout>(`projects/${project}/posters/layout`, { poster, size });
}

/** Many sheets in a ZIP. */
export function posterPack(project: string, pack: PosterPack, signal: AbortSignal): Promise<Made> {
  return postForFile(`projects/${project}/posters/pack`, pack, signal);
}

export function posterFile(project: string, file: PosterFile, signal: AbortSignal): Promise<Made> {
  return postForFile(`projects/${project}/posters/export`, file, signal);
}
