/** Asks for candidates and their pictures; one question per source at a time, which can be taken back. */

import { ApiError, Unreachable } from "@/api/client";
import { type LookAnswer, askLooks, drawLook, lend } from "@/api/looks";
import { CATALOGUE, queries } from "@/api/queries";
import { inTurn } from "@/api/turns";
import type { Recipe } from "@/api/types";
import { beneath, laid, onlyFramed } from "@/document/looks";
import { useDocument } from "@/document/store";
import { type Candidate, type Round, type Source, type Trouble, forget, setAsking, setCandidate, useDesign } from "@/panels/design/design-store";

/** Longer side of a candidate's picture, in pixels: sharp in the row of a fine screen. */
export const SMALL = 400;

const aborts: Record<Source, AbortController | null> = { words: null, reference: null };
let rounds = 0;

/** What the next look is laid over. */
export function below(): Recipe {
  const { recipe } = beneath(useDocument.getState().history);
  return useDesign.getState().keep ? recipe : onlyFramed(recipe);
}

/** Turns the words into candidates, and draws them. */
export function generate(): Promise<void> {
  const { prompt, settings } = useDesign.getState();
  return ask("words", prompt.trim(), (project, signal) => askLooks(project, { prompt, ...settings }, signal));
}

/** Has the reference lend what the switches say. */
export function borrow(): Promise<void> {
  const { reference, lending } = useDesign.getState();
  if (!reference) return Promise.resolve();
  return ask("reference", reference.name, async (project, signal) => {
    const recipe = await lend(project, reference.file, lending, signal);
    return { words: [], unknown: [], candidates: [{ name: "reference", label: reference.name, labels: {}, recipe }] };
  });
}

/** Takes a question back: what has come stays. */
export function cancel(source: Source): void {
  aborts[source]?.abort();
  aborts[source] = null;
  const { round } = useDesign.getState().asking[source];
  const drawn = round && { ...round, candidates: round.candidates.filter((each) => each.picture !== null) };
  setAsking(source, { state: "idle", round: drawn && drawn.candidates.length > 0 ? drawn : null });
}

async function ask(
  source: Source,
  asked: string,
  question: (project: string, signal: AbortSignal) => Promise<LookAnswer>,
): Promise<void> {
  const { project, asking } = useDesign.getState();
  if (!project) return;
  aborts[source]?.abort();
  const abort = new AbortController();
  aborts[source] = abort;
  setAsking(source, { state: "asking", trouble: null });
  try {
    const answer = await question(project, abort.signal);
    if (abort.signal.aborted) return;
    forget(asking[source].round);
    const round = roundOf(asked, answer);
    setAsking(source, { state: "drawing", round });
    await drawAll(project, source, round, abort.signal);
  } catch (error) {
    if (!abort.signal.aborted) setAsking(source, { trouble: troubleOf(error) });
  }
  if (aborts[source] !== abort) return;
  aborts[source] = null;
  setAsking(source, { state: "idle" });
}

function roundOf(asked: string, { words, unknown, candidates }: LookAnswer): Round {
  rounds += 1;
  const found = candidates.map(({ name, labels, recipe }, at): Candidate => ({
    id: `${rounds}-${at}`,
    name,
    labels,
    look: recipe,
    picture: null,
    drift: null,
  }));
  return { id: rounds, asked, heard: words, unknown, candidates: found };
}

/** Draws one candidate after the other: the first is there while the last is still worked on. */
async function drawAll(project: string, source: Source, round: Round, signal: AbortSignal): Promise<void> {
  const { tools } = await queries.query(CATALOGUE);
  const ground = below();
  for (const { id, look } of round.candidates) {
    const recipe = laid(ground, look, tools);
    const { blob, drift } = await inTurn(() => drawLook(project, recipe, SMALL, signal));
    signal.throwIfAborted();
    const picture = URL.createObjectURL(blob);
    if (!setCandidate(source, round.id, id, { picture, drift })) URL.revokeObjectURL(picture);
  }
}

export function troubleOf(error: unknown): Trouble {
  if (error instanceof ApiError) return { title: error.problem.message, help: error.problem.remedy };
  return { code: error instanceof Unreachable ? "unreachable" : "unreadable" };
}
