/**
 * Sends history steps to the server one after the other, in order, and says only what is true:
 * "saved" follows the server's answer, never the request.
 */

import type { Recipe } from "@/api/types";
import { gotoLabel } from "@/document/labels";

export type Pending = {
  /** Entry of the history that the step made, or went to. */
  id: string;
  label: string;
  recipe: Recipe;
  /** Set where the step is an undo, redo or jump. */
  jump: boolean;
  /** Milliseconds since 1970 before which the step may still be merged. */
  readyAt: number;
};

export type SaveState =
  | { kind: "saved"; time: number; revision: number }
  | { kind: "saving" }
  | { kind: "offline" }
  | { kind: "stale" }
  | { kind: "refused"; message: string };

/** What the server said: a revision, or why there is none. */
export type Answer =
  | { kind: "done"; revision: number; time: number }
  | { kind: "stale" }
  | { kind: "unreachable" }
  | { kind: "refused"; message: string };

export type Ports = {
  post: (base: number, label: string, recipe: Recipe) => Promise<Answer>;
  /** Keeps the unsent steps where a closed window finds them again. */
  keep: (base: number, pending: Pending[]) => void;
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

  constructor(
    private base: number,
    /** Server revisions of history entries, by entry id. */
    private readonly revisions: Map<string, number>,
    private readonly ports: Ports,
  ) {}

  get unsent(): number {
    return this.pending.length;
  }

  get revision(): number {
    return this.base;
  }

  /** Whether a step is on its way right now. */
  get busy(): boolean {
    return this.sending;
  }

  /** The unsent steps, for a request on the way out. */
  get waiting(): readonly Pending[] {
    return this.pending;
  }

  /** Goes on from a newer revision of the server's, where nothing is unsent; says whether it did. */
  restart(base: number, revisions: Iterable<readonly [string, number]>): boolean {
    if (this.pending.length > 0 || this.stopped) return false;
    this.base = base;
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
    const target = this.revisions.get(step.id);
    const label = step.jump && target !== undefined ? gotoLabel(target) : step.label;
    const answer = await this.ports.post(this.base, label, step.recipe);
    this.sending = false;
    if (this.stopped) return;
    if (answer.kind === "done") this.sent(step, answer.revision, answer.time);
    else this.failed(answer);
  }

  private sent(step: Pending, revision: number, time: number): void {
    this.failures = 0;
    this.base = revision;
    // A jump's entry keeps the revision that made it.
    if (!step.jump || !this.revisions.has(step.id)) this.revisions.set(step.id, revision);
    this.pending = this.pending.slice(1);
    this.keepNow();
    if (this.pending.length === 0) this.ports.tell({ kind: "saved", time, revision });
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
    this.ports.keep(this.base, this.pending);
  }
}

/** What a closed window left unsent, without the steps that had reached the server after all. */
export function stillUnsent(
  pending: Pending[],
  base: number,
  log: { revision: number; recipe: Recipe }[],
  same: (a: Recipe, b: Recipe) => boolean,
): { pending: Pending[]; clean: boolean } {
  const later = log.filter((entry) => entry.revision > base);
  let arrived = 0;
  for (const entry of later) {
    const step = pending[arrived];
    if (!step || !same(step.recipe, entry.recipe)) return { pending: pending.slice(arrived), clean: false };
    arrived += 1;
  }
  return { pending: pending.slice(arrived), clean: true };
}
