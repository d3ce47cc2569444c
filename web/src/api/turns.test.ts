import { describe, expect, it } from "vitest";
import { inTurn, turn } from "@/api/turns";

describe("turns", () => {
  it("are taken by three at a time, in order, and given back once", async () => {
    const first = await Promise.all([turn(), turn(), turn()]);
    const order: number[] = [];
    const later = [1, 2].map((number) => inTurn(() => Promise.resolve(order.push(number))));
    await Promise.resolve();
    expect(order).toEqual([]);
    first[0]();
    first[0]();
    await later[0];
    expect(order[0]).toBe(1);
    await later[1];
    expect(order).toEqual([1, 2]);
    first.slice(1).forEach((done) => done());
  });

  it("go on after a failure", async () => {
    const failing = [1, 2, 3, 4].map(() => inTurn(() => Promise.reject(new Error("no picture"))));
    expect((await Promise.allSettled(failing)).every((each) => each.status === "rejected")).toBe(true);
    expect(await inTurn(() => Promise.resolve("here"))).toBe("here");
  });
});
