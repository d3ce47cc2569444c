/** Has the image generator make pictures of the words; each can be the reference then. */

import { create } from "zustand";
import { beginGeneration, dropGeneration, fetchGenerated, lookAtGeneration } from "@/api/generations";
import { troubleOf } from "@/panels/design/asking";
import { type Trouble, useDesign } from "@/panels/design/design-store";
import { takeReference } from "@/panels/design/reference";

/** Between two looks at how far it is. */
const EVERY_MS = 400;
const MOST = 4;

export type Made = { id: string; file: Blob; picture: string };

type Generating = {
  project: string | null;
  /** How much is done, 0..1; null while nothing is asked for. */
  share: number | null;
  trouble: Trouble | null;
  made: Made[];
};

const QUIET: Generating = { project: null, share: null, trouble: null, made: [] };

export const useGenerating = create<Generating>(() => QUIET);

let abort: AbortController | null = null;

/** Asks for pictures of the words and waits for them. */
export async function generatePictures(): Promise<void> {
  const { project, prompt, settings } = useDesign.getState();
  if (!project) return;
  stopGenerating();
  const own = new AbortController();
  abort = own;
  clear({ project, share: 0 });
  let id: string | null = null;
  try {
    const candidates = Math.min(settings.candidates, MOST);
    const { aspect, seed } = settings;
    let state = await beginGeneration(project, { prompt, candidates, seed, aspect }, own.signal);
    id = state.id;
    while (state.state === "waiting" || state.state === "working") {
      await waited(own.signal);
      state = await lookAtGeneration(project, id, own.signal);
      useGenerating.setState({ share: state.share });
    }
    if (state.trouble) useGenerating.setState({ trouble: { title: state.trouble.message, help: state.trouble.remedy } });
    for (let number = 0; number < state.pictures; number += 1) {
      const file = await fetchGenerated(project, id, number, own.signal);
      const one: Made = { id: `${id}-${String(number)}`, file, picture: URL.createObjectURL(file) };
      useGenerating.setState(({ made }) => ({ made: [...made, one] }));
    }
  } catch (error) {
    if (!own.signal.aborted) useGenerating.setState({ trouble: troubleOf(error) });
  }
  if (id) await dropGeneration(project, id).catch(() => null);
  if (abort !== own) return;
  abort = null;
  useGenerating.setState({ share: null });
}

/** Ends what is asked for; pictures that are there stay. */
export function stopGenerating(): void {
  abort?.abort();
  abort = null;
  useGenerating.setState({ share: null });
}

/** A picture that was made lends its direction, as any other reference does. */
export async function takeMade(made: Made, name: string): Promise<void> {
  useDesign.setState({ source: "reference" });
  await takeReference(new File([made.file], name, { type: made.file.type }));
}

function clear(change: Partial<Generating>): void {
  for (const { picture } of useGenerating.getState().made) URL.revokeObjectURL(picture);
  useGenerating.setState({ ...QUIET, ...change });
}

function waited(signal: AbortSignal): Promise<void> {
  return new Promise((done, gone) => {
    const timer = setTimeout(done, EVERY_MS);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      gone(new DOMException("stopped", "AbortError"));
    });
  });
}
