/**
 * Sends history steps to the server one after the other, in order, and says only what is true:
 * "saved" follows the server's answer, never the request.
 */

import type { Recipe } from "@/api/types";
import { backLabel, gotoLabel } from "@/document/labels";

export type Pending = {
  /** Entry of the history that the step made, or went to. */
  id: string;
  label: string;
  recipe: Recipe;
  /** Set where the step is an undo, redo or jump. */
  jump: boolean;
  /** The revision whose step is taken back, below what others did since; the recipe says nothing then. */
  back?: number;
  /** Milliseconds since 1970 before which the step may still be merged. */
  readyAt: number;
};

export type SaveState =
  /** `behind`: what is saved holds more, of others, than this window shows. */
  | { kind: "saved"; time: number; revision: number; behind?: boolean }
  | { kind: "saving" }
  | { kind: "offline" }
  | { kind: "refused"; message: string };

/** What the server said: a revision, or why there is none. */
export type Answer =
  /** `merged`: others' changes are in what was stored. */
  | { kind: "done"; revision: number; time: number; merged: boolean }
  | { kind: "unreachable" }
  | { kind: "refused"; message: string };

/** From where the next step begins: a revision, or (`since`) what this window made before others were merged into that. */
export type Began = { base: number; since: Recipe | null };

/** A step as the server is told of it: what it began from, and what was made of that. */
export type Sent = Began & { label: string; recipe: Recipe | null };

export type Ports = {
  post: (step: Sent) => Promise<Answer>;
  /** Keeps the unsent steps where a closed window finds them again. */
  keep: (began: Began, pending: Pending[]) => void;
  tell: (state: SaveState) => void;
  now: () => number;
  /** Runs `work` after `ms`; returns a function that calls it off. */
  later: (ms: number, work: () => void) => () => void;
};

const RETRY_MS = [1000, 2000, 4000, 8000, 15000];

export class SaveQueue {
  private pending: Pending[] = [];
  private sending = false;
  private stopped = false;
  private failures = 0;
  private callOff: (() => void) | null = null;
  private behind = false;
  private readonly wrote = new Set<number>();

  constructor(
    private began: Began,
    /** Server revisions of history entries, by entry id. */
    private readonly revisions: Map<string, number>,
    private readonly ports: Ports,
  ) {}

  get unsent(): number {
    return this.pending.length;
  }

  /** Whether a step is on its way right now. */
  get busy(): boolean {
    return this.sending;
  }

  /** All that is unsent as one step, for a request on the way out. */
  get last(): Sent | null {
    const step = this.pending.at(-1);
    return step ? this.told(step) : null;
  }

  /** Whether this window wrote a revision. */
  isOwn(revision: number): boolean {
    return this.wrote.has(revision);
  }

  /** Goes on from a newer revision of the server's, where nothing is unsent; says whether it did. */
  restart(base: number, revisions: Iterable<readonly [string, number]>): boolean {
    if (this.pending.length > 0 || this.stopped) return false;
    this.began = { base, since: null };
    this.behind = false;
    this.revisions.clear();
    for (const [id, revision] of revisions) this.revisions.set(id, revision);
    return true;
  }

  /** Adds a step, or replaces the unsent step of the same entry that it was merged with. */
  push(step: Pending, merged: boolean): void {
    const last = this.pending.at(-1);
    const replaces = merged && last?.id === step.id && !(this.sending && this.pending.length === 1);
    this.pending = [...(replaces ? this.pending.slice(0, -1) : this.pending), step];
    this.keepNow();
    if (!this.stopped) this.ports.tell(this.failures > 0 ? { kind: "offline" } : { kind: "saving" });
    if (this.failures === 0) this.pump();
  }

  /** Sends at once what still waits for merging. */
  flush(): void {
    const now = this.ports.now();
    this.pending = this.pending.map((step) => ({ ...step, readyAt: Math.min(step.readyAt, now) }));
    this.pump();
  }

  /** Tries again now: the network is said to be back. */
  retry(): void {
    if (!this.stopped) this.pump();
  }

  stop(): void {
    this.stopped = true;
    this.callOff?.();
  }

  private pump(): void {
    const step = this.pending[0];
    if (this.sending || this.stopped || !step) return;
    this.callOff?.();
    this.callOff = null;
    const wait = step.readyAt - this.ports.now();
    if (wait > 0) this.wakeIn(wait);
    else void this.send(step);
  }

  private wakeIn(ms: number): void {
    this.callOff = this.ports.later(ms, () => {
      this.callOff = null;
      this.pump();
    });
  }

  private async send(step: Pending): Promise<void> {
    this.sending = true;
    const answer = await this.ports.post(this.told(step));
    this.sending = false;
    if (this.stopped) return;
    if (answer.kind === "done") this.sent(step, answer);
    else this.failed(answer);
  }

  private told(step: Pending): Sent {
    if (step.back !== undefined) return { base: step.back, since: null, label: backLabel(step.back), recipe: null };
    const target = this.revisions.get(step.id);
    const label = step.jump && target !== undefined ? gotoLabel(target) : step.label;
    return { ...this.began, label, recipe: step.recipe };
  }

  private sent(step: Pending, { revision, time, merged }: Extract<Answer, { kind: "done" }>): void {
    this.failures = 0;
    this.wrote.add(revision);
    if (step.back !== undefined) {
      this.behind = true; // what the next step began from is what this window shows, as before
    } else {
      this.behind ||= merged;
      this.began = { base: revision, since: merged ? step.recipe : null };
      // A jump's entry keeps the revision that made it.
      if (!step.jump || !this.revisions.has(step.id)) this.revisions.set(step.id, revision);
    }
    this.pending = this.pending.slice(1);
    this.keepNow();
    if (this.pending.length === 0) this.ports.tell({ kind: "saved", time, revision, ...(this.behind ? { behind: true } : {}) });
    else this.pump();
  }

  private failed(answer: Exclude<Answer, { kind: "done" }>): void {
    if (answer.kind === "unreachable") {
      const wait = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)] ?? 15000;
      this.failures += 1;
      this.ports.tell({ kind: "offline" });
      this.wakeIn(wait);
      return;
    }
    this.stopped = true;
    this.ports.tell(answer);
  }

  private keepNow(): void {
    this.ports.keep(this.began, this.pending);
  }
}

/** What a closed window left unsent, without the steps that had reached the server after all, and from where that began. */
export function stillUnsent(
  pending: Pending[],
  began: Began,
  log: { revision: number; recipe: Recipe }[],
  same: (a: Recipe, b: Recipe) => boolean,
): { pending: Pending[]; began: Began } {
  let from = began;
  let arrived = 0;
  for (const entry of log.filter(({ revision }) => revision > began.base)) {
    const step = pending[arrived];
    if (!step || !same(step.recipe, entry.recipe)) break;
    from = { base: entry.revision, since: null };
    arrived += 1;
  }
  return { pending: pending.slice(arrived), began: from };
}
