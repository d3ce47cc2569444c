/** Pictures that the server's image generator makes from words, where one is set up. */

import { useQuery } from "@tanstack/react-query";
import type { components } from "@/api/api.gen";
import { getBlob, getJson, postJson, remove } from "@/api/client";

type Models = components["schemas"];

export type Wishes = Models["GenerationWishes"];
export type Generation = Models["GenerationState"];

/** The generator's name; null where none is set up. */
export function useGenerator(): string | null | undefined {
  const { data } = useQuery({
    queryKey: ["generator"],
    queryFn: () => getJson<Models["GeneratorFacts"]>("generator"),
    staleTime: Infinity,
  });
  return data?.name;
}

export function beginGeneration(project: string, wishes: Wishes, signal: AbortSignal): Promise<Generation> {
  return postJson(`projects/${project}/generations`, wishes, signal);
}

export function lookAtGeneration(project: string, id: string, signal: AbortSignal): Promise<Generation> {
  return getJson(`projects/${project}/generations/${id}`, signal);
}

export function fetchGenerated(project: string, id: string, number: number, signal: AbortSignal): Promise<Blob> {
  return getBlob(`projects/${project}/generations/${id}/pictures/${String(number)}`, signal);
}

/** Ends the work, and frees what it made. */
export function dropGeneration(project: string, id: string): Promise<void> {
  return remove(`projects/${project}/generations/${id}`);
}
