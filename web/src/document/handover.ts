/** Editing for another program: it waits until the result is handed over, or is not. */

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { create } from "zustand";
import { ApiError, apiUrl, getJson, postJson } from "@/api/client";
import type { Handover, HandoverStep } from "@/api/types";
import { settle, useDocument } from "@/document/store";

export type Outcome = "done" | "cancelled";

/** What came of it, null while it goes on. */
export const useOutcome = create<{ outcome: Outcome | null }>(() => ({ outcome: null }));

/** What another program waits for: null where the editor runs for itself, undefined until known. */
export function useHandover(): Handover | null | undefined {
  const { data } = useQuery({
    queryKey: ["handover"],
    queryFn: () => getJson<Handover | null>("handover"),
    staleTime: Infinity,
  });
  return data;
}

const tell = (step: HandoverStep) => postJson<undefined>("handover", step);

/** Tells the server which windows are open: when the last one closes, nothing is written. */
export function useWindowCounted(handover: Handover | null | undefined): void {
  const waits = Boolean(handover);
  useEffect(() => {
    if (!waits) return undefined;
    let here = false;
    const arrive = () => {
      here = true;
      void tell({ do: "arrive" }).catch(() => undefined);
    };
    const leave = () => {
      if (!here || useOutcome.getState().outcome) return;
      here = false;
      const json = new Blob([JSON.stringify({ do: "leave" })], { type: "application/json" });
      navigator.sendBeacon(apiUrl("handover"), json);
    };
    // the browser may keep a page that was left, and show it again
    const back = (event: PageTransitionEvent) => event.persisted && arrive();
    arrive();
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", back);
    return () => {
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("pageshow", back);
    };
  }, [waits]);
}

/** Saves the last step, then has the result written. Throws what the server refuses. */
export async function handOver(): Promise<void> {
  settle();
  await saved();
  await tell({ do: "done" });
  useOutcome.setState({ outcome: "done" });
}

/** Ends without a result, also where the server is gone already. */
export async function giveUp(): Promise<void> {
  await tell({ do: "cancel" }).catch((error: unknown) => {
    if (error instanceof ApiError) throw error;
  });
  useOutcome.setState({ outcome: "cancelled" });
}

/** Resolves once every step is on the server; throws where it will not be. */
function saved(): Promise<void> {
  return new Promise((resolve, reject) => {
    const seen = () => {
      const { kind } = useDocument.getState().save;
      if (kind === "saving") return;
      stop();
      if (kind === "saved") resolve();
      else reject(new Error(kind));
    };
    const stop = useDocument.subscribe(seen);
    seen();
  });
}
