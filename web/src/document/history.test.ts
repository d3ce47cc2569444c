import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Recipe, Revision } from "@/api/types";
import * as past from "@/document/history";
import { EMPTY } from "@/document/recipe";

function recipe(amount: number): Recipe {
  return { ...EMPTY, amounts: { face: amount } };
}

function entry(id: string, amount: number, time = 0, mergeKey: string | null = null): past.Entry {
  return { id, label: `amount face ${amount}`, recipe: recipe(amount), time, mergeKey };
}

const start = past.opened(entry("start", 100));

/** Where a turn leads by itself; the same where it is a matter of the server's. */
function turned(of: (history: past.History) => past.Turn | null, history: past.History): past.History {
  const found = of(history);
  return found && "to" in found ? found.to : history;
}
const undo = (history: past.History) => turned(past.undoing, history);
const redo = (history: past.History) => turned(past.redoing, history);

function add(history: past.History, ...entries: past.Entry[]): past.History {
  return entries.reduce((h, e) => past.commit(h, e).history, history);
}

describe("commit", () => {
  it("makes one step of one drag", () => {
    const history = add(start, entry("a", 50));
    expect(history.entries).toHaveLength(2);
    expect(past.current(history).id).toBe("a");
  });

  it("keeps two quick drags of the same control as two steps", () => {
    const history = add(start, entry("a", 50, 0), entry("b", 60, 100));
    expect(history.entries).toHaveLength(3);
  });

  it("merges key repeats within 600 ms and keeps the first step's id", () => {
    const history = add(start, entry("a", 50, 0, "k"), entry("b", 51, 590, "k"));
    expect(history.entries).toHaveLength(2);
    expect(past.current(history)).toMatchObject({ id: "a", recipe: recipe(51) });
  });

  it("does not merge after 600 ms, with another control, or after an undo", () => {
    expect(add(start, entry("a", 50, 0, "k"), entry("b", 51, 600, "k")).entries).toHaveLength(3);
    expect(add(start, entry("a", 50, 0, "k"), entry("b", 51, 10, "l")).entries).toHaveLength(3);
    const undone = undo(add(start, entry("a", 50, 0, "k"), entry("b", 60, 10)));
    expect(add(undone, entry("c", 51, 20, "k")).entries.map((e) => e.id)).toEqual(["start", "a", "c"]);
  });

  it("makes no step of a change that changes nothing", () => {
    expect(past.commit(start, entry("a", 100)).did).toBe("nothing");
  });

  it("drops the steps that were undone", () => {
    const history = add(undo(add(start, entry("a", 50), entry("b", 60))), entry("c", 70));
    expect(history.entries.map((e) => e.id)).toEqual(["start", "a", "c"]);
    expect(past.redoing(history)).toBeNull();
  });

  it("keeps 200 steps", () => {
    const many = Array.from({ length: 250 }, (_, i) => entry(`e${i}`, i % 90));
    const history = add(start, ...many);
    expect(history.entries).toHaveLength(past.STEPS + 1);
    expect(past.current(history).id).toBe("e249");
  });
});

type Act = { kind: "set"; amount: number } | { kind: "undo" } | { kind: "redo" } | { kind: "jump"; at: number };

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("set" as const), amount: fc.integer({ min: 0, max: 99 }) }),
    fc.constant({ kind: "undo" as const }),
    fc.constant({ kind: "redo" as const }),
    fc.record({ kind: fc.constant("jump" as const), at: fc.nat(10) }),
  ),
  { maxLength: 40 },
);

describe("undo and redo", () => {
  it("take each other back", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 20 }), (amounts) => {
        const history = add(start, ...amounts.map((amount, i) => entry(`e${i}`, amount)));
        if (past.undoing(history)) expect(redo(undo(history))).toEqual(history);
      }),
    );
  });

  it("are rebuilt from the server's log, with list and place", () => {
    fc.assert(
      fc.property(acts, (list) => {
        let history = past.opened({ ...entry("r0", 100), label: "open" });
        const log: Revision[] = [
          { revision: 0, label: "Opened", author: "Anna", mine: true, time: "2026-01-01T00:00:00Z", recipe: recipe(100) },
        ];
        for (const act of list) history = played(history, log, act);
        const back = past.replayed(log);
        expect(back.cursor).toBe(history.cursor);
        expect(back.entries.map((e) => e.recipe)).toEqual(history.entries.map((e) => e.recipe));
      }),
    );
  });
});

/** Does one act here and writes what the editor would send into the log. */
function played(history: past.History, log: Revision[], act: Act): past.History {
  const revision = log.length;
  const time = "2026-01-01T00:00:00Z";
  const author = "Anna";
  if (act.kind === "set") {
    const { history: next, did } = past.commit(history, entry(`r${revision}`, act.amount));
    if (did !== "nothing") {
      log.push({ revision, label: `amount face ${act.amount}`, author, mine: true, time, recipe: recipe(act.amount) });
    }
    return next;
  }
  const target = history.entries[act.kind === "jump" ? act.at % history.entries.length : 0]?.id ?? "";
  const moves = { undo, redo, jump: (h: past.History) => past.jump(h, target) };
  const next = moves[act.kind](history);
  if (next.cursor !== history.cursor) {
    const { id, recipe: to } = past.current(next);
    log.push({ revision, label: `goto ${id.slice(1)}`, author, mine: true, time, recipe: to });
  }
  return next;
}

describe("with somebody else in the same photo", () => {
  /** Labels after Opened; those of Ben begin with his name. */
  function shared(...labels: string[]): past.History {
    const log = ["Opened", ...labels].map((said, revision): Revision => {
      const mine = !said.startsWith("Ben ");
      const label = said.replace("Ben ", "");
      return { revision, label, author: mine ? "Anna" : "Ben", mine, time: "2026-01-01T00:00:00Z", recipe: recipe(revision) };
    });
    return past.replayed(log);
  }
  const backOf = (turn: past.Turn | null) => (turn && "back" in turn ? turn.back.id : turn);

  it("one's own step is taken back below theirs, one after the other", () => {
    expect(backOf(past.undoing(shared("set a 1", "set b 1", "Ben set c 1")))).toBe("r2");
    expect(backOf(past.undoing(shared("set a 1", "set b 1", "Ben set c 1"), ["undo 2"]))).toBe("r1");
    expect(backOf(past.undoing(shared("set a 1", "set b 1", "Ben set c 1", "undo 2")))).toBe("r1");
    expect(past.undoing(shared("set a 1", "Ben set c 1", "undo 1"))).toBeNull();
    expect(past.undoing(shared("Ben set c 1"))).toBeNull();
    expect(past.undoing(shared("Ben set c 1", "set a 1"))).toMatchObject({ to: { cursor: 1 } });
  });

  it("what was taken back comes again, the last one first, until something new is done", () => {
    const both = ["set a 1", "set b 1", "Ben set c 1", "undo 2", "undo 1"];
    expect(backOf(past.redoing(shared(...both)))).toBe("r5");
    expect(backOf(past.redoing(shared(...both, "undo 5")))).toBe("r4");
    expect(backOf(past.undoing(shared(...both, "undo 5")))).toBe("r1");
    expect(past.redoing(shared(...both, "undo 5", "undo 4"))).toBeNull();
    expect(past.redoing(shared(...both, "set d 1"))).toBeNull();
    expect(past.redoing(shared("Ben set a 1", "Ben undo 1"))).toBeNull();
  });

  it("an undo that met a step of theirs on its way is a state of its own, and counts as one", () => {
    const met = shared("set a 1", "set b 1", "Ben set c 1", "goto 1");
    expect(met.entries).toHaveLength(5);
    expect(backOf(past.undoing(met))).toBe("r1");
  });

  it("going back says whose steps go, too", () => {
    const history = shared("set a 1", "Ben set b 1", "set c 1", "Ben set d 1");
    expect(past.leftBehind(history, "r1")).toEqual(["Ben", "Ben"]);
    expect(past.leftBehind(history, "r4")).toEqual([]);
  });
});
