/** Projects that go: they leave the list at once, and the server a little later, so that one can take it back. */

import { create } from "zustand";
import { apiUrl } from "@/api/client";
import { deleteProject, queries } from "@/api/queries";

/** How long one may think about it. */
export const GRACE_MS = 10_000;

/** What is hidden from the list. */
export const useDeleting = create<{ ids: readonly string[] }>(() => ({ ids: [] }));

function hide(change: (ids: readonly string[]) => readonly string[]): void {
  useDeleting.setState(({ ids }) => ({ ids: change(ids) }));
}

/** Lets projects go; what it returns takes that back. `failed` is told when the server does not let one go. */
export function letGo(ids: readonly string[], failed: () => void): () => void {
  hide((before) => [...before, ...ids]);
  const off = new AbortController();
  const end = () => {
    off.abort();
    void goneAll(ids).catch(failed);
  };
  const timer = setTimeout(end, GRACE_MS);
  // A window that closes deletes what it has said is deleted.
  const last = () => {
    for (const id of ids) {
      void fetch(apiUrl(`projects/${id}`), { method: "DELETE", credentials: "same-origin", keepalive: true });
    }
  };
  window.addEventListener("pagehide", last, { signal: off.signal });
  off.signal.addEventListener("abort", () => clearTimeout(timer));
  return () => {
    off.abort();
    hide((before) => before.filter((id) => !ids.includes(id)));
  };
}

async function goneAll(ids: readonly string[]): Promise<void> {
  const done = await Promise.allSettled(ids.map(deleteProject));
  await queries.invalidateQueries({ queryKey: ["projects"] });
  hide((before) => before.filter((id) => !ids.includes(id)));
  if (done.some(({ status }) => status === "rejected")) throw new Error("Some projects stayed.");
}
