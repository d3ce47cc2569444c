/** Looks: words and pictures become recipes, and recipes small pictures. */

import { useQuery } from "@tanstack/react-query";
import type { components, operations } from "@/api/api.gen";
import { getJson, postBlob, postForFile, postForReply, postJson } from "@/api/client";
import { opened } from "@/api/recipes";
import type { HeardWord, LookCandidate, LookStyle, Recipe, StoredRecipe } from "@/api/types";

type Models = components["schemas"];

export type LookRequest = Omit<Models["LookWishes"], "recipe" | "grounds">;
export type LookAnswer = { words: HeardWord[]; unknown: string[]; candidates: LookCandidate[] };
/** What is taken from a reference. */
export type Lending = Omit<
  NonNullable<operations["lend_api_projects__project__looks_reference_post"]["parameters"]["query"]>,
  "strength"
>;
/** How far the skin of the largest face moved: degrees of the typology angle (none without a hue), and L*. */
export type Drift = { ita: number | null; color: number | null; lightness: number };
export type LookPicture = { blob: Blob; drift: Drift | null };

export function useStyles() {
  return useQuery({
    queryKey: ["styles"],
    queryFn: () => getJson<LookStyle[]>("looks/styles"),
    staleTime: Infinity,
  });
}

/** Candidates for words: looks alone, to lay over any recipe. */
export async function askLooks(project: string, request: LookRequest, signal: AbortSignal): Promise<LookAnswer> {
  type Reply = Omit<LookAnswer, "candidates"> & {
    candidates: (Omit<LookCandidate, "recipe"> & { recipe: StoredRecipe })[];
  };
  const reply = await postJson<Reply>(`projects/${project}/looks`, request, signal);
  return { ...reply, candidates: reply.candidates.map(opened) };
}

/** The look that a picture lends. */
export async function lend(project: string, picture: Blob, lending: Lending, signal: AbortSignal): Promise<Recipe> {
  const query = new URLSearchParams(Object.entries(lending).map(([name, on]) => [name, String(on)]));
  const path = `projects/${project}/looks/reference?${query.toString()}`;
  const reply = (await (await postBlob(path, picture, signal)).json()) as { look: StoredRecipe };
  return opened({ recipe: reply.look }).recipe;
}

/** The photo with a recipe, small, and what that does to the skin's tone. */
export async function drawLook(project: string, recipe: Recipe, size: number, signal: AbortSignal): Promise<LookPicture> {
  const reply = await postForReply(`projects/${project}/looks/picture`, { recipe, size }, signal);
  const drift = JSON.parse(reply.headers.get("X-Freckle-Drift") ?? "null") as Drift | null;
  return { blob: await reply.blob(), drift };
}

/** The color part of a recipe as a .cube file. */
export async function fetchCube(recipe: Recipe, title: string): Promise<Blob> {
  return (await postForFile("looks/cube", { recipe, title })).blob;
}
