import { describe, expect, it } from "vitest";
import { has, parts, toggled } from "@/panels/design/design-store";

describe("words of a prompt", () => {
  it("are put in and taken out whole, whatever the comma", () => {
    expect(toggled("", "low key")).toBe("low key");
    expect(toggled("low key,", "red lips")).toBe("low key, red lips");
    expect(toggled("Low Key，red lips", "low key")).toBe("red lips");
    expect(has("low key, red lips", "red")).toBe(false);
    expect(parts("a、b；c\nd")).toEqual(["a", "b", "c", "d"]);
  });
});
