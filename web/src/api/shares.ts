/** Links that show pictures to guests, for whoever makes them. */

import { useQuery } from "@tanstack/react-query";
import { getBlob, getJson, postJson, remove } from "@/api/client";
import { queries } from "@/api/queries";
import type { NewShare, Share, ShareDetail } from "@/api/types";

/** What guests say comes in while the list is open. */
const AGAIN_MS = 5000;

export async function makeShare(share: NewShare): Promise<string> {
  const { secret } = await postJson<{ secret: string }>("shares", share);
  await queries.invalidateQueries({ queryKey: ["shares"] });
  const address = new URL(document.baseURI);
  return `${address.origin}${address.pathname}#/s/${secret}`;
}

export function useShares(project: string) {
  return useQuery({
    queryKey: ["shares", "of", project],
    queryFn: () => getJson<Share[]>(`projects/${project}/shares`),
    refetchInterval: AGAIN_MS,
  });
}

export function useShare(share: string) {
  return useQuery({
    queryKey: ["shares", "one", share],
    queryFn: () => getJson<ShareDetail>(`shares/${share}`),
    staleTime: 0,
    refetchInterval: AGAIN_MS,
  });
}

export async function revokeShare(share: string): Promise<void> {
  await remove(`shares/${share}`);
  await queries.invalidateQueries({ queryKey: ["shares"] });
}

export async function replyTo(share: string, place: number, text: string): Promise<void> {
  await postJson(`shares/${share}/comments`, { place, text });
  await queries.invalidateQueries({ queryKey: ["shares"] });
}

export function receiptOf(share: string): Promise<Blob> {
  return getBlob(`shares/${share}/receipt`);
}
