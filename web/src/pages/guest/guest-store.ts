/** What a guest's page knows: how far they have come, and what they see. */

import { create } from "zustand";
import { ApiError } from "@/api/client";
import { enterLink, lookAtShare } from "@/api/guests";
import type { GuestView } from "@/api/types";

export type Phase =
  | "asking"
  /** The link wants a password beside it. */
  | "password"
  /** It never was, is too old, or was revoked: nobody is told which. */
  | "gone"
  | "away"
  | "in";

type State = { phase: Phase; share: GuestView | null; trouble: unknown };

export const useGuest = create<State>(() => ({ phase: "asking", share: null, trouble: null }));

function failed(trouble: unknown): void {
  const lost = trouble instanceof ApiError && trouble.status === 404;
  if (lost) useGuest.setState({ phase: "gone", share: null });
  else useGuest.setState(({ phase }) => ({ trouble, phase: phase === "asking" ? "away" : phase }));
}

export async function openLink(secret: string, password: string | null = null): Promise<void> {
  useGuest.setState({ trouble: null });
  try {
    const { share } = await enterLink(secret, password);
    if (share === null) useGuest.setState({ phase: "password" });
    else useGuest.setState({ phase: "in", share: await lookAtShare(share) });
  } catch (trouble) {
    failed(trouble);
  }
}

/** Takes in what others said meanwhile, or that the link was revoked. */
export async function lookAgain(): Promise<void> {
  const { share } = useGuest.getState();
  if (!share) return;
  try {
    useGuest.setState({ share: await lookAtShare(share.id) });
  } catch (trouble) {
    failed(trouble);
  }
}

/** Does something with the server and shows what came of it; says whether it worked. */
export async function act(work: Promise<void>): Promise<boolean> {
  useGuest.setState({ trouble: null });
  try {
    await work;
  } catch (trouble) {
    failed(trouble);
    return false;
  }
  await lookAgain();
  return true;
}
