import { describe, expect, it } from "vitest";
import { limitOf } from "@/panels/stops";

const control = { min: -100, max: 100, floor: -40, cap: 60 };

describe("the end that is named", () => {
  it("is the lock's while it is on", () => {
    expect(limitOf(control, 999, true)).toEqual({ at: 60, lock: true });
    expect(limitOf(control, -41, true)).toEqual({ at: -40, lock: true });
    expect(limitOf(control, 60, true)).toBeNull();
  });

  it("is the slider's without it", () => {
    expect(limitOf(control, 999, false)).toEqual({ at: 100, lock: false });
    expect(limitOf(control, 80, false)).toBeNull();
  });

  it("is the slider's where the lock goes as far", () => {
    expect(limitOf({ ...control, cap: 100 }, 999, true)).toEqual({ at: 100, lock: false });
  });
});
