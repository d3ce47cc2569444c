import { describe, expect, it } from "vitest";
import { clockTime } from "@/kit/i18n/format";

const noon = new Date(2026, 10, 25, 12, 0).getTime();

describe("the time of a step", () => {
  it("has no zero before the hour in English", () => {
    const text = clockTime(new Date(2026, 10, 25, 3, 5).getTime(), noon, "en");
    expect(text.replace(/\s/g, " ")).toBe("3:05 AM");
  });

  it("names the day once it is another", () => {
    const text = clockTime(new Date(2026, 10, 23, 15, 30).getTime(), noon, "es");
    expect(text).toContain("23 nov");
    expect(text).toContain("15:30");
  });
});
