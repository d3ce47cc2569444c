import { describe, expect, it } from "vitest";
import type { PosterContent, PosterOffer, PosterTemplate } from "@/api/types";
import { boardOf, fieldOf, fieldsOf, fresh, pairsOf, switched, typedPairs } from "@/tools/poster/poster";

const EMPTY: PosterContent = {
  headline: "", subline: "", kicker: "", body: "", name: "", role: "", date: "", place: "", price: "", cta: "", link: "",
  items: [],
  lang: "en",
};

function template(name: string, size: string, sample: Partial<PosterContent>): PosterTemplate {
  return { name, label: name, family: "event", summary: "", size, sample: { ...EMPTY, ...sample } };
}

const NIGHT = template("night", "a3", { headline: "Northern Lights", place: "Harbor Hall" });
const TALK = template("talk", "post", { headline: "What machines cannot see", name: "Mara", place: "Old Foundry" });

describe("another template", () => {
  it("keeps what was typed and brings its own words for the rest", () => {
    const typed = { ...fresh(NIGHT), content: { ...NIGHT.sample, headline: "Ours" } };
    const next = switched(typed, NIGHT, TALK);
    expect(next.content).toMatchObject({ headline: "Ours", name: "Mara", place: "Old Foundry" });
    expect(next.sizes).toEqual(["post"]);
  });

  it("keeps sizes that somebody chose", () => {
    const chosen = { ...fresh(NIGHT), sizes: ["a3", "story"] };
    expect(switched(chosen, NIGHT, TALK).sizes).toEqual(["a3", "story"]);
  });
});

describe("words on the sheet", () => {
  it("are found in their field, also in capitals and in parts", () => {
    const content = { ...EMPTY, headline: "Northern  Lights", place: "Harbor Hall, Pier 4", items: pairsOf("Soup | 9 | with leek") };
    expect(fieldOf(content, "NORTHERN LIGHTS")).toBe("headline");
    expect(fieldOf(content, "Pier 4")).toBe("place");
    expect(fieldOf(content, "with leek")).toBe("items");
    expect(fieldOf(content, "nowhere")).toBeNull();
  });

  it("have a field where the template has a place, and where somebody wrote", () => {
    expect(fieldsOf(NIGHT, { ...EMPTY, cta: "Go" })).toEqual(["headline", "place", "cta", "link"]);
  });

  it("are lists that can be typed", () => {
    const typed = "Soup | 9 | with leek\nCake\nTea |  | hot";
    expect(typedPairs(pairsOf(typed))).toBe(typed);
  });
});

it("knows the measures of sizes", () => {
  const offer: PosterOffer = { templates: [], typefaces: [], sizes: [{ name: "a4", width: 210, height: 297, unit: "mm" }] };
  expect(boardOf(offer, "a4-wide")).toMatchObject({ width: 297, height: 210 });
  expect(boardOf(offer, "1200x800px")).toEqual({ width: 1200, height: 800, unit: "px" });
  expect(boardOf(offer, "large")).toBeNull();
});
