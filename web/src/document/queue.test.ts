import { beforeEach, describe, expect, it } from "vitest";
import type { Recipe } from "@/api/types";
import { type Answer, type Pending, SaveQueue, type SaveState, type Sent, stillUnsent } from "@/document/queue";
import { EMPTY, sameRecipe } from "@/document/recipe";

function recipe(face: number): Recipe {
  return { ...EMPTY, amounts: { face } };
}

function step(id: string, face: number, part: Partial<Pending> = {}): Pending {
  return { id, label: `amount face ${face}`, recipe: recipe(face), jump: false, readyAt: 0, ...part };
}

type Post = Sent & { answer: (answer: Answer) => void };

function setup() {
  const posts: Post[] = [];
  const states: SaveState[] = [];
  const timers: { ms: number; work: () => void; off: boolean }[] = [];
  const clock = { now: 1000 };
  let kept: Pending[] = [];
  const revisions = new Map([["r0", 0]]);
  const queue = new SaveQueue({ base: 0, since: null }, revisions, {
    post: (sent) => new Promise((resolve) => posts.push({ ...sent, answer: resolve })),
    keep: (_began, pending) => {
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

const done = (revision: number, merged = false): Answer => ({ kind: "done", revision, time: 5, merged });

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

  it("stops at a refusal, and keeps what is unsent", async () => {
    s.queue.push(step("a", 1), false);
    await s.answer({ kind: "refused", message: "No." });
    s.queue.push(step("b", 2), false);
    expect(s.last()).toEqual({ kind: "refused", message: "No." });
    expect(s.posts).toHaveLength(1);
    expect(s.kept().map((p) => p.id)).toEqual(["a", "b"]);
  });

  it("says from what a step began where others were merged into the one before, until it shows them", async () => {
    s.queue.push(step("a", 1), false);
    s.queue.push(step("b", 2), false);
    await s.answer(done(4, true));
    expect(s.posts.at(-1)).toMatchObject({ base: 4, since: recipe(1), recipe: recipe(2) });
    await s.answer(done(6, true));
    expect(s.last()).toEqual({ kind: "saved", time: 5, revision: 6, behind: true });
    s.queue.push(step("c", 3), false);
    expect(s.posts.at(-1)).toMatchObject({ base: 6, since: recipe(2) });
    await s.answer(done(7, true));
    expect(s.queue.restart(7, [["r7", 7]])).toBe(true);
    s.queue.push(step("d", 4), false);
    expect(s.posts.at(-1)).toMatchObject({ base: 7, since: null });
    await s.answer(done(8));
    expect(s.last()).toEqual({ kind: "saved", time: 5, revision: 8 });
    expect([4, 5, 6].map((revision) => s.queue.isOwn(revision))).toEqual([true, false, true]);
  });

  it("takes an earlier step back, and goes on from what this window still shows", async () => {
    s.queue.push(step("a", 1), false);
    await s.answer(done(3));
    s.queue.push(step("r1-back", 0, { back: 1 }), false);
    expect(s.posts.at(-1)).toMatchObject({ base: 1, label: "undo 1", recipe: null, since: null });
    await s.answer(done(5, true));
    expect(s.last()).toMatchObject({ kind: "saved", revision: 5, behind: true });
    s.queue.push(step("b", 2), false);
    expect(s.posts.at(-1)).toMatchObject({ base: 3, since: null });
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
    const found = stillUnsent([step("a", 1), step("b", 2)], { base: 0, since: recipe(9) }, log, sameRecipe);
    expect(found).toMatchObject({ began: { base: 1, since: null }, pending: [{ id: "b" }] });
  });

  it("begins where it began, whatever others did since", () => {
    const began = { base: 0, since: recipe(9) };
    expect(stillUnsent([step("b", 2)], began, log, sameRecipe)).toMatchObject({ began, pending: [{ id: "b" }] });
  });
});
