import { beforeEach, describe, expect, it } from "vitest";
import type { Recipe } from "@/api/types";
import { type Answer, type Pending, SaveQueue, type SaveState, stillUnsent } from "@/document/queue";
import { EMPTY, sameRecipe } from "@/document/recipe";

function recipe(face: number): Recipe {
  return { ...EMPTY, amounts: { face } };
}

function step(id: string, face: number, part: Partial<Pending> = {}): Pending {
  return { id, label: `amount face ${face}`, recipe: recipe(face), jump: false, readyAt: 0, ...part };
}

type Post = { base: number; label: string; answer: (answer: Answer) => void };

function setup() {
  const posts: Post[] = [];
  const states: SaveState[] = [];
  const timers: { ms: number; work: () => void; off: boolean }[] = [];
  const clock = { now: 1000 };
  let kept: Pending[] = [];
  const revisions = new Map([["r0", 0]]);
  const queue = new SaveQueue(0, revisions, {
    post: (base, label) => new Promise((resolve) => posts.push({ base, label, answer: resolve })),
    keep: (_base, pending) => {
      kept = pending;
    },
    tell: (state) => states.push(state),
    now: () => clock.now,
    later: (ms, work) => {
      const timer = { ms, work, off: false };
      timers.push(timer);
      return () => {
        timer.off = true;
      };
    },
  });
  const tick = () => new Promise((resolve) => setTimeout(resolve));
  return {
    queue,
    posts,
    states,
    clock,
    kept: () => kept,
    timers,
    last: () => states.at(-1),
    answer: async (answer: Answer) => {
      posts.at(-1)?.answer(answer);
      await tick();
    },
    elapse: () => timers.splice(0).forEach((timer) => timer.off || timer.work()),
  };
}

const done = (revision: number): Answer => ({ kind: "done", revision, time: 5 });

let s = setup();
beforeEach(() => {
  s = setup();
});

describe("the queue", () => {
  it("says saved after the answer, never before", async () => {
    s.queue.push(step("a", 1), false);
    expect(s.last()).toEqual({ kind: "saving" });
    await s.answer(done(1));
    expect(s.last()).toEqual({ kind: "saved", time: 5, revision: 1 });
    expect(s.kept()).toEqual([]);
  });

  it("sends steps in order, one at a time, each on the revision before it", async () => {
    s.queue.push(step("a", 1), false);
    s.queue.push(step("b", 2), false);
    expect(s.posts).toHaveLength(1);
    await s.answer(done(1));
    expect(s.last()).toEqual({ kind: "saving" });
    expect(s.posts.map((p) => p.base)).toEqual([0, 1]);
  });

  it("waits while a step may be merged, and sends the merged one only", () => {
    s.queue.push(step("a", 1, { readyAt: 1650 }), false);
    s.queue.push(step("a", 2, { readyAt: 1700 }), true);
    expect(s.posts).toHaveLength(0);
    s.clock.now = 1700;
    s.elapse();
    expect(s.posts.map((p) => p.label)).toEqual(["amount face 2"]);
  });

  it("names the revision that an undo goes to", async () => {
    s.queue.push(step("a", 1), false);
    await s.answer(done(7));
    s.queue.push(step("b", 2), false);
    await s.answer(done(8));
    s.queue.push(step("a", 1, { jump: true }), false);
    expect(s.posts.at(-1)?.label).toBe("goto 7");
  });

  it("keeps everything while the server is away, and sends it when it is back", async () => {
    s.queue.push(step("a", 1), false);
    await s.answer({ kind: "unreachable" });
    expect(s.last()).toEqual({ kind: "offline" });
    s.queue.push(step("b", 2), false);
    expect(s.last()).toEqual({ kind: "offline" });
    expect(s.kept().map((p) => p.id)).toEqual(["a", "b"]);
    s.elapse();
    await s.answer(done(1));
    await s.answer(done(2));
    expect(s.last()).toMatchObject({ kind: "saved", revision: 2 });
  });

  it("waits longer after each failure", async () => {
    s.queue.push(step("a", 1), false);
    const waits: (number | undefined)[] = [];
    for (let i = 0; i < 6; i++) {
      await s.answer({ kind: "unreachable" });
      waits.push(s.timers.at(-1)?.ms);
      s.elapse();
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 15000, 15000]);
  });

  it("stops when another window was first", async () => {
    s.queue.push(step("a", 1), false);
    await s.answer({ kind: "stale" });
    s.queue.push(step("b", 2), false);
    expect(s.last()).toEqual({ kind: "stale" });
    expect(s.posts).toHaveLength(1);
    expect(s.kept().map((p) => p.id)).toEqual(["a", "b"]);
  });

  it("goes on from what another window did, unless something of its own is unsent", async () => {
    s.queue.push(step("a", 1), false);
    expect(s.queue.restart(7, [["r7", 7]])).toBe(false);
    await s.answer(done(1));
    expect(s.queue.restart(7, [["r7", 7]])).toBe(true);
    s.queue.push(step("r7", 2, { jump: true }), false);
    expect(s.posts.at(-1)).toMatchObject({ base: 7, label: "goto 7" });
  });
});

describe("what a closed window left", () => {
  const log = [
    { revision: 0, recipe: recipe(100) },
    { revision: 1, recipe: recipe(1) },
  ];

  it("is sent once: what had arrived is not sent again", () => {
    const found = stillUnsent([step("a", 1), step("b", 2)], 0, log, sameRecipe);
    expect(found).toMatchObject({ clean: true, pending: [{ id: "b" }] });
  });

  it("is known to clash with what another window did", () => {
    const found = stillUnsent([step("b", 2)], 0, log, sameRecipe);
    expect(found).toMatchObject({ clean: false, pending: [{ id: "b" }] });
  });
});
