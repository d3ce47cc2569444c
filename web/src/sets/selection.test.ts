import { beforeEach, describe, expect, it } from "vitest";
import { choose, chooseNone, enterSet, goTo, meant, useSelection } from "@/sets/selection";

const ORDER = ["a", "b", "c", "d", "e"];
const NO = { shiftKey: false, ctrlKey: false, metaKey: false };
const SHIFT = { ...NO, shiftKey: true };
const CTRL = { ...NO, ctrlKey: true };
const chosen = () => [...useSelection.getState().chosen].sort();

describe("chosen photos", () => {
  beforeEach(() => {
    enterSet("other");
    enterSet("set");
  });

  it("are one by a click, more by Ctrl, a range by Shift, from where it began", () => {
    choose(ORDER, "b", NO);
    choose(ORDER, "d", SHIFT);
    expect(chosen()).toEqual(["b", "c", "d"]);
    choose(ORDER, "a", SHIFT);
    expect(chosen()).toEqual(["a", "b"]);
    choose(ORDER, "e", CTRL);
    choose(ORDER, "a", CTRL);
    expect(chosen()).toEqual(["b", "e"]);
    choose(ORDER, "c", NO);
    expect(chosen()).toEqual(["c"]);
  });

  it("follow the keys, and taps once somebody began to choose", () => {
    goTo(ORDER, "c", false);
    goTo(ORDER, "d", true);
    goTo(ORDER, "e", true);
    expect(chosen()).toEqual(["c", "d", "e"]);
    useSelection.setState({ choosing: true });
    choose(ORDER, "a", NO);
    choose(ORDER, "c", NO);
    expect(chosen()).toEqual(["a", "d", "e"]);
  });

  it("are what a mark is for, unless it is for another photo", () => {
    choose(ORDER, "a", NO);
    choose(ORDER, "b", CTRL);
    expect(meant("a")).toEqual(["a", "b"]);
    expect(meant("e")).toEqual(["e"]);
    chooseNone();
    expect(meant("e")).toEqual(["e"]);
  });

  it("are forgotten in another set", () => {
    choose(ORDER, "a", NO);
    enterSet("next");
    expect(chosen()).toEqual([]);
  });
});
