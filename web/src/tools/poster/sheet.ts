/** The sheet on the screen: one picture on its way at a time, the newest wish next. */

import { create } from "zustand";
import { ApiError } from "@/api/client";
import { posterLayout, posterPreview } from "@/api/posters";
import type { Poster, PosterLayout } from "@/api/types";

/** What was refused, or null for a server that does not answer. */
export type Trouble = { message: string; remedy: string } | null;

type Sheet = {
  /** Address of the last good picture. */
  url: string | null;
  /** What the picture shows: size and project. */
  of: string;
  layout: PosterLayout | null;
  /** The posters that picture and layout show. */
  shown: Poster | null;
  laid: Poster | null;
  busy: boolean;
  trouble: Trouble | undefined;
};

const BLANK: Sheet = { url: null, of: "", layout: null, shown: null, laid: null, busy: false, trouble: undefined };

export const useSheet = create<Sheet>(() => BLANK);

export type Wish = { project: string; poster: Poster; size: string; longer: number };

export function nameOf({ project, size }: Pick<Wish, "project" | "size">): string {
  return `${project} ${size}`;
}

let wished: Wish | null = null;
let running = false;
/** Sheets that are on their way when the stage closes are not shown. */
let round = 0;

export function wish(next: Wish): void {
  wished = next;
  if (!running) void run();
}

export function clearSheet(): void {
  round += 1;
  wished = null;
  const { url } = useSheet.getState();
  if (url) URL.revokeObjectURL(url);
  useSheet.setState(BLANK);
}

async function run(): Promise<void> {
  running = true;
  while (wished) {
    const [now, mine] = [wished, round];
    wished = null;
    useSheet.setState({ busy: true });
    await draw(now, mine).catch((error: unknown) => {
      if (mine !== round) return;
      useSheet.setState({ trouble: error instanceof ApiError ? error.problem : null });
    });
  }
  running = false;
  useSheet.setState({ busy: false });
}

async function draw(now: Wish, mine: number): Promise<void> {
  const blob = await posterPreview(now.project, now.poster, now.size, now.longer);
  if (mine !== round) return;
  const before = useSheet.getState();
  if (before.url) URL.revokeObjectURL(before.url);
  const same = before.of === nameOf(now);
  useSheet.setState({
    url: URL.createObjectURL(blob),
    of: nameOf(now),
    shown: now.poster,
    trouble: undefined,
    ...(same ? {} : { layout: null, laid: null }),
  });
  if (wished) return;
  const layout = await posterLayout(now.project, now.poster, now.size);
  if (mine === round) useSheet.setState({ layout, laid: now.poster });
}
