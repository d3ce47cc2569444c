/** Entering: the start token of the printed address is exchanged for a cookie. */

import { ApiError, getJson, postJson } from "@/api/client";

async function enter(token: string): Promise<boolean> {
  try {
    await postJson<unknown>("session", { token });
    return true;
  } catch {
    return false;
  }
}

/** Whether the page may talk to the server. A server that is away counts: its pages say so. */
export async function startSession(): Promise<boolean> {
  const address = new URL(location.href);
  const token = address.searchParams.get("token");
  if (token !== null) {
    address.searchParams.delete("token");
    // The token stays out of bookmarks and history.
    history.replaceState(null, "", address);
    if (await enter(token)) return true;
  }
  try {
    await getJson<unknown>("version");
    return true;
  } catch (error) {
    return !(error instanceof ApiError && error.status === 401);
  }
}

/** Takes a token, or the whole printed address, that a person typed. */
export async function enterWith(typed: string): Promise<boolean> {
  const token = /[?&]token=([^&#\s]+)/.exec(typed)?.[1] ?? typed.trim();
  return enter(decodeURIComponent(token));
}
