/** Presets that a person saved: the server keeps them, so every browser of theirs has them. */

import { queryOptions, useQuery } from "@tanstack/react-query";
import { ApiError, getBlob, getJson, patchJson, postBlob, postJson, putForJson, remove } from "@/api/client";
import { queries } from "@/api/queries";
import { opened } from "@/api/recipes";
import type { OwnPreset, Recipe } from "@/api/types";
import { saveBlob } from "@/kit/save-blob";

const PATH = "presets/own";
const KEY = ["own-presets"];

type Sent = Omit<OwnPreset, "recipe"> & { recipe: object };

const OWN = queryOptions({
  queryKey: KEY,
  queryFn: async () => {
    await lift();
    return (await getJson<Sent[]>(PATH)).map(opened);
  },
  refetchOnWindowFocus: true,
});

const NONE: OwnPreset[] = [];

export function useOwnPresets(): OwnPreset[] {
  return useQuery(OWN).data ?? NONE;
}

function show(list: Sent[]): void {
  queries.setQueryData<OwnPreset[]>(KEY, list.map(opened));
}

function shown(): OwnPreset[] {
  return queries.getQueryData<OwnPreset[]>(KEY) ?? NONE;
}

/** Keeps the sliders under a name; the same name again replaces them. */
export async function savePreset(name: string, recipe: Recipe): Promise<void> {
  show(await postJson<Sent[]>(PATH, { presets: [{ name, recipe }] }));
}

export async function changePreset(id: string, change: { name?: string; favourite?: boolean }): Promise<void> {
  const changed = opened(await patchJson<Sent>(`${PATH}/${id}`, change));
  queries.setQueryData<OwnPreset[]>(KEY, (list = NONE) => list.map((each) => (each.id === id ? changed : each)));
}

/** Removes a preset; what it returns brings it back to its place. */
export async function deletePreset(preset: OwnPreset): Promise<() => Promise<void>> {
  const before = shown().map(({ id }) => id);
  await remove(`${PATH}/${preset.id}`);
  queries.setQueryData<OwnPreset[]>(KEY, (list = NONE) => list.filter(({ id }) => id !== preset.id));
  return async () => {
    const { name, recipe, favourite } = preset;
    const kept = await postJson<Sent[]>(PATH, { presets: [{ name, recipe, favourite }], taken: "number" });
    const back = kept.at(-1)?.id ?? preset.id;
    await orderPresets(before.map((id) => (id === preset.id ? back : id)));
  };
}

export async function orderPresets(order: string[]): Promise<void> {
  const place = new Map(order.map((id, at) => [id, at]));
  // Seen at once; what the server says comes after.
  queries.setQueryData<OwnPreset[]>(KEY, (list = NONE) =>
    [...list].sort((a, b) => (place.get(a.id) ?? order.length) - (place.get(b.id) ?? order.length)),
  );
  show(await putForJson<Sent[]>(`${PATH}/order`, { order }));
}

export type Taken = { added: number; left: string[] };

/** Takes presets from a file. */
export async function importPresets(file: File): Promise<Taken> {
  const query = new URLSearchParams({ name: file.name.slice(-255) });
  const response = await postBlob(`${PATH}/file?${query.toString()}`, file);
  const { presets, added, left } = (await response.json()) as Taken & { presets: Sent[] };
  show(presets);
  return { added, left };
}

export async function exportPresets(): Promise<void> {
  saveBlob(await getBlob(`${PATH}/file`), "freckle-presets.json");
}

const STARRED = ["favourites"];

const STARS = queryOptions({ queryKey: STARRED, queryFn: () => getJson<string[]>("presets/favourites"), refetchOnWindowFocus: true });

const NO_STARS: string[] = [];

/** Names of the built-in presets that are favourites. */
export function useFavourites(): string[] {
  return useQuery(STARS).data ?? NO_STARS;
}

export async function starPreset(name: string, favourite: boolean): Promise<void> {
  queries.setQueryData<string[]>(STARRED, await putForJson<string[]>(`presets/favourites/${name}`, { favourite }));
}

/** Where presets stayed before the server kept them. */
const BEFORE = "freckle.presets";

type Kept = { name: string; recipe: object };

/** Hands what this browser kept to the server, once; what it refuses stays here. */
async function lift(): Promise<void> {
  const kept = keptHere();
  if (kept.length === 0) return;
  const refused: Kept[] = [];
  for (const { name, recipe } of kept) {
    try {
      await postJson(PATH, { presets: [{ name, recipe }], taken: "number" });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      refused.push({ name, recipe });
    }
  }
  if (refused.length === 0) localStorage.removeItem(BEFORE);
  else localStorage.setItem(BEFORE, JSON.stringify({ refused }));
}

function keptHere(): Kept[] {
  try {
    const { state } = JSON.parse(localStorage.getItem(BEFORE) ?? "{}") as { state?: { list?: Kept[] } };
    return state?.list ?? [];
  } catch {
    return [];
  }
}
