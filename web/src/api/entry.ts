/** Whether this page may talk to the server, and if not, what has to be done first. */

import { create } from "zustand";

export type Entry =
  | "asking"
  | "in"
  /** A server of one user: the printed address opens it. */
  | "locked"
  /** A server with accounts: somebody has to sign in. */
  | "sign-in"
  /** A server with accounts that nobody has yet. */
  | "first";

type State = {
  entry: Entry;
  /** Whether people sign in here at all. */
  accounts: boolean;
};

export const useEntry = create<State>(() => ({ entry: "asking", accounts: false }));

export function setEntry(entry: Entry): void {
  useEntry.setState({ entry });
}

/** The server has answered that nobody is signed in here any more. */
export function signedOut(): void {
  const { entry, accounts } = useEntry.getState();
  if (entry === "in" && accounts) setEntry("sign-in");
}
