// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { settleRow, stopFor } from "@/kit/roving";

let row: HTMLElement;
const named = (id: string) => document.getElementById(id);

beforeEach(() => {
  document.body.innerHTML =
    "<ul id=row><li><button id=a></button></li><li><button id=b aria-pressed=true></button></li><li><button id=c></button></li></ul>";
  row = document.getElementById("row") as HTMLElement;
});

describe("a row of buttons", () => {
  it("is one stop of Tab: what was last in the hand, else what is chosen", () => {
    const stops = () => [...row.querySelectorAll("button")].filter((each) => each.tabIndex === 0).map(({ id }) => id);
    settleRow(row, null);
    expect(stops()).toEqual(["b"]);
    settleRow(row, named("c"));
    expect(stops()).toEqual(["c"]);
    named("c")?.remove();
    settleRow(row, named("c"));
    expect(stops()).toEqual(["b"]);
  });

  it("is gone along by arrows, round its ends", () => {
    expect(stopFor(row, named("b"), "ArrowRight")?.id).toBe("c");
    expect(stopFor(row, named("c"), "ArrowRight")?.id).toBe("a");
    expect(stopFor(row, named("a"), "ArrowUp")?.id).toBe("c");
    expect(stopFor(row, named("a"), "End")?.id).toBe("c");
    expect(stopFor(row, named("a"), "x")).toBeNull();
    expect(stopFor(row, document.body, "Home")).toBeNull();
  });
});
