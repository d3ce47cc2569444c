import { describe, expect, it } from "vitest";
import type { ExportOffer, FileFormat } from "@/api/types";
import { type Choices, type Known, START, cleanName, edgeOf, formatOf, qualityOf, settingsOf } from "@/panels/download";

const format = (name: FileFormat["name"], quality: number | null, deep: boolean, opaque = false): FileFormat => ({
  name,
  label: name,
  quality,
  deep,
  opaque,
  signs: name !== "jxl",
});
const formats = [format("jpeg", 92, false, true), format("png", null, true), format("tiff", null, true), format("webp", 90, false)];
const offer: ExportOffer = { format: "jpeg", quality: 88, bits: 8, transparent: false, space: "sRGB", dpi: null, signer: null };
const known: Known = { offer, formats, own: { width: 3000, height: 4000 }, clear: false };
const chosen = (part: Partial<Choices>): Choices => ({ ...START, ...part });
const from = (part: Partial<ExportOffer>, clear = false): Known => ({ ...known, clear, offer: { ...offer, ...part } });

describe("a download", () => {
  it("is as the original where nobody chose", () => {
    expect(formatOf(START, known)?.name).toBe("jpeg");
    expect(settingsOf(START, known, "anna")).toMatchObject({ name: "anna", format: "jpeg", quality: 88, space: "keep" });
    expect(settingsOf(START, from({ format: "tiff", bits: 16 }), "a")).toMatchObject({ format: "tiff" });
    expect(settingsOf(START, from({ format: "tiff", bits: 16 }), "a")).not.toHaveProperty("quality");
  });

  it("never lays holes on white", () => {
    expect(formatOf(START, from({}, true))?.name).toBe("png");
    expect(formatOf(chosen({ formats: { png: "jpeg" } }), from({ format: "png", transparent: true }))?.name).toBe("png");
    expect(formatOf(chosen({ formats: { jpeg: "webp" } }), from({}, true))?.name).toBe("webp");
  });

  it("remembers a format for each kind of original, and a quality for each format", () => {
    const choices = chosen({ formats: { tiff: "jpeg" }, quality: { jpeg: 75 } });
    expect(formatOf(choices, from({ format: "tiff" }))?.name).toBe("jpeg");
    expect(formatOf(choices, from({ format: "png" }))?.name).toBe("png");
    const [jpeg] = formats;
    if (jpeg) expect([qualityOf(choices, jpeg, offer), qualityOf(START, jpeg, offer)]).toEqual([75, 88]);
  });

  it("has the size that was asked for, up to four times the picture's", () => {
    expect(settingsOf(chosen({ size: "pixels", edge: 2000 }), known, "a")).toMatchObject({ width: 1500, height: 2000 });
    const print = chosen({ size: "print", paper: 30, dpi: 300 });
    expect(settingsOf(print, known, "a")).toMatchObject({ height: 3543, dpi: 300, enlarge: true });
    const own = { width: 300, height: 400 };
    expect(edgeOf(chosen({ size: "pixels", edge: 9000 }), own)).toBe(1600);
    expect(settingsOf(print, { ...known, own }, "a")).toMatchObject({ height: 1600, dpi: 135 });
  });

  it("asks for presets by name", () => {
    const choices = chosen({ what: "presets", presets: ["web", "id"], size: "pixels" });
    expect(settingsOf(choices, known, "a")).toEqual({
      presets: ["web", "id"],
      name: "a",
      disclose: false,
      sign: false,
      sidecar: false,
    });
    expect(cleanName('../a:b"c.jpg')).toBe("abc.jpg");
  });

  it("is signed only where somebody can, and the format holds it", () => {
    const signing = from({ signer: "Anna" });
    expect(settingsOf(chosen({ sign: true }), known, "a")).toMatchObject({ sign: false });
    expect(settingsOf(chosen({ sign: true }), signing, "a")).toMatchObject({ sign: true });
    const jxl = { ...signing, formats: [...formats, format("jxl", 90, true)] };
    expect(settingsOf(chosen({ sign: true, formats: { jpeg: "jxl" } }), jxl, "a")).toMatchObject({ format: "jxl", sign: false });
  });
});
