import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hexOf, toHex, toHsl } from "@/kit/color";

const hexes = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, "0")}`);

describe("typed colors", () => {
  it("are read with and without the sign, short and long, in any case", () => {
    expect(hexOf("#A03040")).toBe("#a03040");
    expect(hexOf("  a03040 ")).toBe("#a03040");
    expect(hexOf("#a34")).toBe("#aa3344");
  });

  it("are refused when they are no color", () => {
    for (const text of ["", "#", "#12", "#12345", "#1234567", "red", "#g00000"]) {
      expect(hexOf(text)).toBeNull();
    }
  });
});

describe("hue, saturation and lightness", () => {
  it("know the plain colors", () => {
    expect(toHsl("#ff0000")).toEqual({ h: 0, s: 100, l: 50 });
    expect(toHsl("#00ff00").h).toBe(120);
    expect(toHsl("#0000ff").h).toBe(240);
    expect(toHsl("#808080").s).toBe(0);
  });

  it("bring every color back to the digit", () => {
    fc.assert(
      fc.property(hexes, (hex) => {
        expect(toHex(toHsl(hex))).toBe(hex);
      }),
    );
  });
});
