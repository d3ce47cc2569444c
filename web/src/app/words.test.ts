// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { REFUSALS } from "@/api/refusals";
import { preferredLanguage } from "@/kit/i18n";
import { en } from "@/kit/i18n/en";
import { de } from "@/kit/i18n/de";
import { es } from "@/kit/i18n/es";
import { fr } from "@/kit/i18n/fr";
import { zh } from "@/kit/i18n/zh";
import { SHORTCUTS } from "@/kit/keys/shortcuts";

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, path = ""): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === "string" ? [[path + key, value]] : Object.entries(flat(value, `${path}${key}.`)),
    ),
  );
}

const english = flat(en);
const others = { de: flat(de), es: flat(es), fr: flat(fr), zh: flat(zh) };

function holes(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1] ?? "").sort();
}

describe.each(Object.entries(others))("%s", (_name, texts) => {
  it("has every text of English", () => {
    expect(Object.keys(english).filter((key) => !texts[key])).toEqual([]);
  });

  it("fills the same holes", () => {
    const wrong = Object.keys(english).filter(
      (key) => JSON.stringify(holes(texts[key] ?? "")) !== JSON.stringify(holes(english[key] ?? "")),
    );
    expect(wrong).toEqual([]);
  });
});

describe("languages", () => {
  it("explain the same tools", () => {
    const helps = (texts: Record<string, string>) =>
      Object.keys(texts).filter((key) => key.includes("help_")).sort();
    for (const texts of [others.de, others.fr, others.zh]) expect(helps(texts)).toEqual(helps(others.es));
    const explained = (op: string) => Object.keys(es.ops[op] ?? {}).some((key) => key.startsWith("help_"));
    for (const op of Object.keys(en.ops)) expect(explained(op), op).toBe(true);
  });

  it("name every shortcut and every refusal", () => {
    for (const { id } of SHORTCUTS) expect(english[`keys.${id}`]).toBeTruthy();
    for (const code of REFUSALS) expect(english[`refusal.${code}.title`]).toBeTruthy();
  });

  it("are chosen by what the browser asks for", () => {
    expect(preferredLanguage(["it-IT", "es-MX", "en"])).toBe("es");
    expect(preferredLanguage(["de-AT"])).toBe("de");
    expect(preferredLanguage(["fr-CA", "en"])).toBe("fr");
    expect(preferredLanguage(["zh-TW"])).toBe("zh-CN");
    expect(preferredLanguage(["it"])).toBe("en");
  });
});
