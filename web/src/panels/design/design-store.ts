/** What the AI design panel holds: the words, what is asked beside them, and the candidates that came. */

import { create } from "zustand";
import type { Drift, Lending, LookRequest } from "@/api/looks";
import type { HeardWord, Recipe } from "@/api/types";

export type Source = "words" | "reference";

export type Candidate = {
  /** Tells it from those of other rounds. */
  id: string;
  /** `words`, `reference`, or the keys of what the words are seen through. */
  name: string;
  /** What that is called, by language. */
  labels: Record<string, string>;
  /** The look alone. */
  look: Recipe;
  /** Over what was beneath when it was asked for. */
  picture: string | null;
  drift: Drift | null;
};

/** One answer: candidates whose pictures come one by one. */
export type Round = {
  id: number;
  /** The words, or the file's name. */
  asked: string;
  heard: HeardWord[];
  unknown: string[];
  candidates: Candidate[];
};

export type Trouble = { title: string; help: string } | { code: "unreachable" | "unreadable" };

export type Asking = { state: "idle" | "asking" | "drawing"; trouble: Trouble | null; round: Round | null };

export type Settings = Required<Omit<LookRequest, "prompt">>;

export type DesignState = {
  project: string | null;
  source: Source;
  prompt: string;
  settings: Settings;
  /** Whether the retouch stays below the look. */
  keep: boolean;
  lending: Required<Lending>;
  /** The reference, and its small picture. */
  reference: { name: string; file: Blob; picture: string } | null;
  /** How strongly a look is laid, in percent. */
  strength: number;
  asking: Record<Source, Asking>;
  /** Candidate that was laid last. */
  chosen: string | null;
  /** Candidates that are looked at side by side. */
  pair: string[];
};

const QUIET: Asking = { state: "idle", trouble: null, round: null };

export const USUAL: Settings = {
  style: null,
  candidates: 4,
  seed: 0,
  weight: 7,
  scale: 1,
  aspect: null,
  skin_lock: true,
};

export const useDesign = create<DesignState>(() => ({
  project: null,
  source: "words",
  prompt: "",
  settings: USUAL,
  keep: true,
  lending: { color: true, mood: true, light: true, makeup: true, held: true },
  reference: null,
  strength: 100,
  asking: { words: QUIET, reference: QUIET },
  chosen: null,
  pair: [],
}));

/** Changes what one source holds. */
export function setAsking(source: Source, change: Partial<Asking>): void {
  useDesign.setState(({ asking }) => ({ asking: { ...asking, [source]: { ...asking[source], ...change } } }));
}

/** Changes one candidate of a round, if that is still the one that is shown. */
export function setCandidate(source: Source, round: number, id: string, change: Partial<Candidate>): boolean {
  const now = useDesign.getState().asking[source].round;
  if (now?.id !== round) return false;
  const candidates = now.candidates.map((each) => (each.id === id ? { ...each, ...change } : each));
  setAsking(source, { round: { ...now, candidates } });
  return true;
}

/** Takes a candidate away that nobody wants to see again. */
export function discard(source: Source, id: string): void {
  const { round } = useDesign.getState().asking[source];
  if (!round) return;
  const gone = round.candidates.filter((each) => each.id === id);
  forget({ ...round, candidates: gone });
  setAsking(source, { round: { ...round, candidates: round.candidates.filter((each) => each.id !== id) } });
}

export function setSettings(change: Partial<Settings>): void {
  useDesign.setState(({ settings }) => ({ settings: { ...settings, ...change } }));
}

/** Puts words at the end of the prompt, or takes them out where they stand. */
export function toggleWords(words: string): void {
  useDesign.setState(({ prompt }) => ({ prompt: toggled(prompt, words) }));
}

/** Parts of a prompt, as commas of any language part them. */
export function parts(prompt: string): string[] {
  return prompt.split(/[,，、;；\n]/).map((part) => part.trim()).filter((part) => part !== "");
}

export function has(prompt: string, words: string): boolean {
  return parts(prompt).some((part) => part.toLowerCase() === words.toLowerCase());
}

export function toggled(prompt: string, words: string): string {
  const rest = parts(prompt).filter((part) => part.toLowerCase() !== words.toLowerCase());
  return has(prompt, words) ? rest.join(", ") : [...parts(prompt), words].join(", ");
}

/** Other photos have other candidates; words and settings stay, so that they can be tried there. */
export function openDesign(project: string): void {
  const { project: before, asking, reference } = useDesign.getState();
  if (before === project) return;
  for (const { round } of Object.values(asking)) forget(round);
  useDesign.setState({ project, asking: { words: QUIET, reference: QUIET }, chosen: null, pair: [] });
  if (reference) useDesign.setState({ reference: { ...reference } });
}

/** Frees the pictures of a round that nobody sees any more. */
export function forget(round: Round | null): void {
  for (const { picture } of round?.candidates ?? []) if (picture) URL.revokeObjectURL(picture);
}
