import { describe, expect, it } from "vitest";
import type { Share } from "@/api/types";
import { FRESH, requestOf, standingOf } from "@/panels/share/share-terms";

const SHARE: Share = {
  id: "a",
  guest: "Gina",
  author: "Anna",
  password: false,
  terms: FRESH.terms,
  created: "2026-11-01T00:00:00Z",
  expires: "2026-12-01T00:00:00Z",
  revoked: null,
  confirmed: null,
};

describe("a link's form", () => {
  it("sends no empty password", () => {
    expect(requestOf({ ...FRESH, guest: " Gina " }, ["p"])).toEqual({
      projects: ["p"],
      guest: "Gina",
      days: 30,
      password: null,
      terms: FRESH.terms,
    });
    expect(requestOf({ ...FRESH, password: "open sesame" }, ["p"]).password).toBe("open sesame");
  });
});

describe("a link's state", () => {
  const before = Date.parse("2026-11-30T00:00:00Z");
  it("is open until it ends", () => {
    expect(standingOf(SHARE, before)).toBe("open");
    expect(standingOf(SHARE, before + 24 * 3600 * 1000)).toBe("expired");
    expect(standingOf({ ...SHARE, expires: null }, before * 2)).toBe("open");
  });
  it("is revoked whatever came of it", () => {
    const confirmed = { ...SHARE, confirmed: "2026-11-02T00:00:00Z" };
    expect(standingOf(confirmed, before)).toBe("confirmed");
    expect(standingOf({ ...confirmed, revoked: "2026-11-03T00:00:00Z" }, before)).toBe("revoked");
  });
});
