// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { arrived, beside, filmOf, leaveOut, startFilm, useFilm } from "@/uploads/film";

const film = (project: string) => filmOf(useFilm.getState().places, project);

describe("photos opened together", () => {
  beforeEach(() => startFilm([1, 2, 3]));

  it("stand in the order in which they were chosen, however they arrive", () => {
    expect(arrived(3, "c")).toBe(true);
    expect(arrived(1, "a")).toBe(false);
    expect(arrived(2, "b")).toBe(false);
    expect(film("b")).toEqual(["a", "b", "c"]);
    expect([beside("b", 1), beside("b", -1), beside("c", 1)]).toEqual(["c", "a", null]);
  });

  it("are a strip only with others, and only for their own", () => {
    arrived(1, "a");
    expect(film("a")).toEqual([]);
    arrived(2, "b");
    leaveOut(({ upload }) => upload === 3);
    expect(film("a")).toEqual(["a", "b"]);
    expect(film("other")).toEqual([]);
  });

  it("do not take in what was uploaded alone", () => {
    expect(arrived(9, "z")).toBe(false);
    expect(film("z")).toEqual([]);
  });
});
