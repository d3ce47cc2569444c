/** Pictures posted with accounts that the server holds. */

import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { ApiError, getJson, postJson, saidOf } from "@/api/client";
import type { Channel, NewPost, PostDraft, PostSettings } from "@/api/types";

export function useChannels(project: string) {
  return useQuery({ queryKey: ["channels", project], queryFn: () => getJson<Channel[]>(`projects/${project}/channels`) });
}

/** What would be posted; drawn anew each time that it is looked at, since the photo may have changed. */
export function useDraft(project: string, settings: PostSettings, wanted: boolean) {
  return useQuery({
    queryKey: ["post", project, settings],
    queryFn: ({ signal }) => postJson<PostDraft>(`projects/${project}/posts/draft`, settings, signal),
    enabled: wanted,
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
  });
}

/** Posts the picture of a draft, and returns its address. */
export async function sendPost(project: string, post: NewPost): Promise<string> {
  return (await postJson<{ address: string }>(`projects/${project}/posts`, post)).address;
}

const TROUBLES = [
  "post_secret",
  "post_rights",
  "post_large",
  "post_full",
  "post_room",
  "post_silent",
  "post_away",
] as const;

/** Why a picture was not posted, in the person's language; a place's own reasons keep its words. */
export function postTrouble(t: TFunction, error: unknown, host: string): string {
  if (!(error instanceof ApiError)) return t("publish.lost", { host });
  if (error.problem.code === "stale") return t("publish.changed");
  const known = TROUBLES.find((trouble) => trouble === error.problem.code);
  return known ? t(`publish.${known}`, { host }) : saidOf(error, t("save.tryAgain"));
}
