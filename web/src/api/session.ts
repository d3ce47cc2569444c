/** Entering: the start token of the printed address is exchanged for a cookie. */

import { ApiError, getJson, postJson } from "@/api/client";
import { setEntry, useEntry } from "@/api/entry";
import type { Entrance, Me } from "@/api/types";

async function enter(token: string): Promise<boolean> {
  try {
    await postJson<unknown>("session", { token });
    return true;
  } catch {
    return false;
  }
}

/** Finds out whether the page may talk to the server. One that is away counts: its pages say so. */
export async function startSession(): Promise<void> {
  const address = new URL(location.href);
  const token = address.searchParams.get("token");
  if (token !== null) {
    address.searchParams.delete("token");
    // The token stays out of bookmarks and history.
    history.replaceState(null, "", address);
    await enter(token);
  }
  try {
    const { accounts } = await getJson<Me>("session");
    useEntry.setState({ entry: "in", accounts });
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) await askForTheWay();
    else setEntry("in");
  }
}

async function askForTheWay(): Promise<void> {
  const { accounts, first } = await getJson<Entrance>("entrance");
  useEntry.setState({ entry: accounts ? (first ? "first" : "sign-in") : "locked", accounts });
}

/** Takes a token, or the whole printed address, that a person typed. */
export async function enterWith(typed: string): Promise<boolean> {
  const token = /[?&]token=([^&#\s]+)/.exec(typed)?.[1] ?? typed.trim();
  return enter(decodeURIComponent(token));
}
