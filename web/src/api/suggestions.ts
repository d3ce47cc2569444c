/** What stands out in the photos of a set: looked for when somebody asks, kept by the server. */

import { useQuery } from "@tanstack/react-query";
import { getJson, postJson, remove } from "@/api/client";
import { queries } from "@/api/queries";
import type { Suggestion, Suggestions, SuggestionKind } from "@/api/types";

/** What is suggested of each photo, by its project. */
export type Hints = ReadonlyMap<string, readonly Suggestion[]>;

/** While photos are looked at it is asked so often how far that is. */
const ASK_MS = 1500;

const key = (set: string) => ["set", set, "suggestions"];

const BY_PROJECT = new WeakMap<Suggestions, Hints>();

/** Sorts suggestions by their photos; the same answer gives the same map. */
function hintsOf(found: Suggestions): Hints {
  const known = BY_PROJECT.get(found);
  if (known) return known;
  const made = new Map<string, Suggestion[]>();
  for (const each of found.suggestions) {
    const own = made.get(each.project);
    if (own) own.push(each);
    else made.set(each.project, [each]);
  }
  BY_PROJECT.set(found, made);
  return made;
}

export function useSuggestions(set: string) {
  return useQuery({
    queryKey: key(set),
    queryFn: () => getJson<Suggestions>(`sets/${set}/suggestions`),
    refetchOnMount: "always",
    refetchInterval: ({ state }) => (state.data?.running ? ASK_MS : false),
  });
}

/** What is suggested of a set's photos; null until it is known. */
export function useHints(set: string): Hints | null {
  const { data } = useSuggestions(set);
  return data ? hintsOf(data) : null;
}

/** The same without asking. */
export function hintsKnown(set: string): Hints | null {
  const found = queries.getQueryData<Suggestions>(key(set));
  return found ? hintsOf(found) : null;
}

/** Has all photos looked at that nobody looked at yet. */
export async function lookThrough(set: string): Promise<void> {
  queries.setQueryData(key(set), await postJson<Suggestions>(`sets/${set}/suggestions`, {}));
}

export async function stopLooking(set: string): Promise<void> {
  await remove(`sets/${set}/suggestions`);
  await queries.invalidateQueries({ queryKey: key(set) });
}

/** Waves suggestions of photos aside, or has them again. */
export async function ignore(set: string, projects: string[], kinds: SuggestionKind[], dismissed: boolean): Promise<void> {
  await postJson(`sets/${set}/suggestions/dismissed`, { projects, kinds, dismissed });
  await queries.invalidateQueries({ queryKey: key(set) });
}
