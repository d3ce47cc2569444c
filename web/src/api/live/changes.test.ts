import { describe, expect, it } from "vitest";
import { type Change, changes } from "@/api/live/changes";

type Box = Record<string, unknown>;

/** RFC 6902, as the server reads it. */
function patched(document: unknown, list: Change[]): unknown {
  const holder: Box = { root: structuredClone(document) };
  for (const change of list) {
    const steps = ["root", ...change.path.split("/").slice(1).map((s) => s.replaceAll("~1", "/").replaceAll("~0", "~"))];
    const last = steps.pop() ?? "";
    const parent = steps.reduce((at, step) => at[step] as Box, holder) as Box | unknown[];
    if (Array.isArray(parent)) {
      if (change.op === "replace") parent[Number(last)] = change.value;
      else if (change.op === "add") parent.splice(Number(last), 0, change.value);
      else parent.splice(Number(last), 1);
    } else if (change.op === "remove") Reflect.deleteProperty(parent, last);
    else parent[last] = change.value;
  }
  return holder.root;
}

const points = (n: number) => Array.from({ length: n }, (_, i) => [i, i / 2]);

describe("changes", () => {
  it.each<[string, unknown, unknown, number]>([
    ["nothing", { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, 0],
    ["a slider", { steps: [{ edit: { amount: 1 } }] }, { steps: [{ edit: { amount: 2 } }] }, 1],
    ["keys", { a: 1, "b/~": 2 }, { "b/~": 3, c: null }, 3],
    ["undefined is left out", { a: 1 }, { a: undefined }, 1],
    ["a stroke that grows", { p: points(500) }, { p: points(503) }, 3],
    ["a stroke whose last point moves", { p: points(9) }, { p: [...points(8), [7, 7], [8, 8]] }, 2],
    ["a step put in", { s: [{ a: 1 }, { b: 1 }] }, { s: [{ a: 1 }, { c: 1 }, { b: 1 }] }, 1],
    ["a step taken out", { s: [{ a: 1 }, { b: 1 }, { c: 1 }] }, { s: [{ a: 1 }, { c: 1 }] }, 1],
    ["steps taken out and changed", { s: [1, 2, 3, 4, 5] }, { s: [1, 9, 5] }, 3],
    ["all of it", [1], { a: 1 }, 1],
    ["null", { a: null }, { a: { b: 1 } }, 1],
  ])("say %s", (_, from, to, count) => {
    const list = changes(from, to);
    expect(list).toHaveLength(count);
    expect(patched(from, list)).toEqual(JSON.parse(JSON.stringify(to)));
  });

  it("make any document of any other", () => {
    let seed = 7;
    const random = (n: number) => (seed = (seed * 48271) % 2147483647) % n;
    const any = (depth: number): unknown => {
      const kind = random(depth > 3 ? 3 : 5);
      if (kind < 3) return [random(3), "x", null][kind];
      const inside = Array.from({ length: random(4) }, () => any(depth + 1));
      return kind === 3 ? inside : Object.fromEntries(inside.map((each) => [["a", "b/", "~c"][random(3)], each]));
    };
    for (let i = 0; i < 3000; i += 1) {
      const [from, to] = [any(0), any(0)];
      expect(patched(from, changes(from, to))).toEqual(to);
    }
  });

  it("do not look into what both share", () => {
    const shared = new Proxy({}, { ownKeys: () => { throw new Error("looked into"); } });
    expect(changes({ a: shared, b: 1 }, { a: shared, b: 2 })).toHaveLength(1);
  });
});
