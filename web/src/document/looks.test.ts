import { describe, expect, it } from "vitest";
import type { Tool } from "@/api/catalogue";
import type { Edit, Recipe, Step } from "@/api/types";
import type { Entry, History } from "@/document/history";
import { beneath, faded, laid, lookLabel, onlyFramed } from "@/document/looks";
import { EMPTY } from "@/document/recipe";

const slider = (field: string, rest = 0) => ({
  kind: "slider" as const, field, label: field, help: "",
  min: -100, max: 100, step: 1, default: rest, natural: 0, cap: 100, floor: -100,
});

function tool(op: string, fields: string[]): Tool {
  return {
    op, version: 1, panel: op, group: "G", label: op, summary: "", areas: ["face"], whole: false, learnt: false,
    controls: fields.map((field) => slider(field)),
  };
}

const tools = [
  tool("smooth", ["amount"]),
  tool("lipstick", ["amount"]),
  tool("relight", ["amount", "side"]),
  tool("adjust", ["exposure", "contrast"]),
  tool("split_toning", ["highlights", "highlights_hue"]),
  tool("upscale", ["amount"]),
];

function step(op: string, values: Omit<Edit, "op" | "version">, person: string | null = null): Step {
  return { edit: { op, version: 1, ...values }, opacity: 1, area: "face", person, mask: null };
}

const of = (...steps: Step[]): Recipe => ({ ...EMPTY, steps });
const ops = (recipe: Recipe) => recipe.steps.map(({ edit }) => `${edit.op} ${String(edit["amount"] ?? edit["exposure"])}`);

function past(...entries: [string, Recipe][]): History {
  const list = entries.map(([label, recipe], at): Entry => ({ id: `${at}`, label, recipe, time: at, mergeKey: null }));
  return { entries: list, cursor: list.length - 1 };
}

describe("a look", () => {
  const below = of(step("smooth", { amount: 20 }), step("lipstick", { amount: 9 }), step("lipstick", { amount: 3 }, "anna"));
  const rosy = of(step("lipstick", { amount: 70 }));
  const dark = of(step("relight", { amount: 80, side: -50 }), step("adjust", { exposure: -20, contrast: 0 }));

  it("takes the place of everyone's own steps of its tools, in the order of work", () => {
    expect(ops(laid(below, rosy, tools))).toEqual(["smooth 20", "lipstick 70", "lipstick 3"]);
    expect(ops(laid(of(step("adjust", { exposure: 5 })), rosy, tools))).toEqual(["lipstick 70", "adjust 5"]);
  });

  it("fades by what says how strongly a tool works, and by nothing else", () => {
    const look = of(...dark.steps, step("split_toning", { highlights: 40, highlights_hue: 50 }), step("upscale", { amount: 100 }));
    const half = faded(look, tools, 50).steps.map(({ edit }) => edit);
    expect(half[0]).toMatchObject({ amount: 40, side: -50, version: 1 });
    expect(half[1]).toMatchObject({ exposure: -10, version: 1 });
    expect(half[2]).toMatchObject({ highlights: 20, highlights_hue: 50 });
    expect(half[3]).toMatchObject({ amount: 100 });
    expect(faded(look, tools, 100)).toBe(look);
  });

  it("gives back what it replaced when another one comes, and keeps what was done since", () => {
    const first = laid(below, rosy, tools);
    const tuned = laid(first, of(step("smooth", { amount: 30 })), tools);
    const second = laid(beneath(past(["open", below], [lookLabel("Rosy"), first], ["set", tuned])).recipe, dark, tools);
    expect(ops(second)).toEqual(["smooth 30", "lipstick 9", "lipstick 3", "relight 80", "adjust -20"]);
    const history = past(["open", below], [lookLabel("Rosy"), first], ["set", tuned], [lookLabel("Dark"), second]);
    expect(beneath(history).worn).toBe("Dark");
    expect(ops(laid(beneath(history).recipe, EMPTY, tools))).toEqual(["smooth 30", "lipstick 9", "lipstick 3"]);
    expect(beneath({ ...history, cursor: 2 }).worn).toBe("Rosy");
    expect(beneath({ ...history, cursor: 0 })).toEqual({ recipe: below, worn: null });
  });

  it("can start from nothing but the frame", () => {
    expect(ops(onlyFramed(of(...below.steps, step("upscale", { amount: 100 }))))).toEqual(["upscale 100"]);
  });
});
