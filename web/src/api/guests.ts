/** A guest's way in by a link, and what they see and say there. */

import { apiUrl, getBlob, getJson, postForFile, postJson, putJson, remove } from "@/api/client";
import type { Decision, Entered, GuestView, Place, SharedReport } from "@/api/types";

export type Side = "after" | "before";

/** Opens a link; `share` is null where a password is missing. */
export function enterLink(secret: string, password: string | null): Promise<Entered> {
  return postJson<Entered>("shared", { secret, password });
}

export function lookAtShare(share: string): Promise<GuestView> {
  return getJson<GuestView>(`shared/${share}`);
}

/** Where a picture is drawn with its longer side at `size` device pixels, or a little more. */
export function sharedUrl(share: string, place: number, side: Side, size: number): string {
  return apiUrl(`shared/${share}/pictures/${place}/${side}?size=${Math.min(8192, Math.max(16, Math.ceil(size)))}`);
}

export function sharedFile(share: string, place: number): Promise<Blob> {
  return getBlob(`shared/${share}/pictures/${place}/after?file=true`);
}

export function sharedReport(share: string, place: number): Promise<SharedReport> {
  return getJson<SharedReport>(`shared/${share}/reports/${place}`);
}

export function decide(share: string, place: number, decision: Decision | null): Promise<void> {
  return putJson(`shared/${share}/decisions/${place}`, { decision });
}

export function say(share: string, place: number, at: Place | null, text: string): Promise<void> {
  return postJson(`shared/${share}/comments`, { place, ...at, text });
}

export function unsay(share: string, comment: string): Promise<void> {
  return remove(`shared/${share}/comments/${comment}`);
}

export async function confirmShare(share: string, name: string): Promise<void> {
  await postForFile(`shared/${share}/confirm`, { name });
}

export function guestReceipt(share: string): Promise<Blob> {
  return getBlob(`shared/${share}/receipt`);
}
