/** Short messages at the edge of the page. */

import { create } from "zustand";

export type Notice = {
  id: number;
  /** Plain ones go by themselves; the others stay until they have been read. */
  kind: "plain" | "lasting" | "bad";
  text: string;
  /** A button that does something about it. */
  action?: { label: string; run: () => void };
  /** Goes along to another page; the others speak of the one that they came on. */
  travels?: boolean;
  /** Milliseconds that a plain one stays. */
  life?: number;
};

export const useNotices = create<{ list: Notice[] }>(() => ({ list: [] }));

let counter = 0;
const LIFE_MS = 5000;

export function notify(notice: Omit<Notice, "id">): void {
  counter += 1;
  const id = counter;
  // The same message twice is one message.
  const rest = useNotices.getState().list.filter((other) => other.text !== notice.text);
  useNotices.setState({ list: [...rest.slice(-2), { ...notice, id }] });
  if (notice.kind === "plain") setTimeout(() => dismiss(id), notice.life ?? LIFE_MS);
}

/** Another page is shown: what was said of the last one goes. */
export function leavePage(): void {
  useNotices.setState(({ list }) => ({ list: list.filter((notice) => notice.travels) }));
}

export function dismiss(id: number): void {
  useNotices.setState((state) => ({ list: state.list.filter((notice) => notice.id !== id) }));
}
