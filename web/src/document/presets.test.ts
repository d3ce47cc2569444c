import { beforeEach, describe, expect, it, vi } from "vitest";
import type { SliderControl, Tool } from "@/api/catalogue";
import { merged } from "@/api/recipes";
import type { Recipe } from "@/api/types";
import { opened } from "@/document/history";
import { isWorn, lookAt, panelsOf, tabOf, wear } from "@/document/presets";
import { EMPTY, type Where, withShown, withValue } from "@/document/recipe";
import { commit, openDocument, picturedRecipe, recipeNow, useDocument } from "@/document/store";

vi.mock("@/api/recipes", async (original) => ({ ...(await original<object>()), merged: vi.fn() }));

const amount: SliderControl = {
  kind: "slider", field: "amount", label: "Amount", help: "",
  min: 0, max: 100, step: 1, default: 0, natural: 0, cap: 60, floor: 0,
};

function tool(op: string, panel: string, part: Partial<Tool> = {}): Tool {
  return {
    op, version: 1, panel, group: "G", label: op, summary: "", areas: ["face"], whole: false, learnt: false,
    controls: [amount], ...part,
  };
}

const smooth = tool("smooth", "face", { areas: ["face", "neck"] });
const lipstick = tool("lipstick", "makeup");
const blush = tool("blush", "makeup");
const grain = tool("grain", "adjust", { whole: true });
const tools = [smooth, lipstick, blush, grain];
const everyone: Where = { area: "face", person: null };
const anna: Where = { area: "face", person: "anna" };

function of(...sets: [Tool, number, Where?][]): Recipe {
  return sets.reduce(
    (recipe, [each, value, where]) => withValue(recipe, tools, each, amount, value, where ?? everyone),
    EMPTY,
  );
}

const rosy = { ...of([lipstick, 30]), amounts: { makeup: 80 } };
const worn = (recipe: Recipe, preset: Recipe, where: Where = everyone, panels = panelsOf(preset, tools)) =>
  isWorn(recipe, preset, tools, where, panels);

describe("a preset", () => {
  it("speaks of its own panels and is shown in one tab", () => {
    expect(panelsOf(rosy, tools)).toEqual(["makeup"]);
    expect(tabOf(rosy, tools)).toBe("makeup");
    expect(tabOf(of([smooth, 20], [lipstick, 30]), tools)).toBe("face");
  });

  it("is worn where all sliders of its panels say so, and others do not matter", () => {
    expect(worn(of([lipstick, 30], [smooth, 9]), rosy)).toBe(true);
    expect(worn(of([lipstick, 31]), rosy)).toBe(false);
    expect(worn(of([lipstick, 30], [blush, 5]), rosy)).toBe(false);
    expect(worn(EMPTY, rosy)).toBe(false);
    expect(worn(withShown(rosy, tools, lipstick, false, everyone), rosy)).toBe(false);
    const neck: Where = { area: "neck", person: null };
    expect(worn(of([smooth, 20], [smooth, 9, neck]), of([smooth, 20]))).toBe(false);
  });

  it("is worn by one person or by everyone", () => {
    const own = of([lipstick, 5], [lipstick, 30, anna]);
    expect(worn(own, rosy, anna)).toBe(true);
    expect(worn(own, rosy)).toBe(false);
    expect(worn(of([lipstick, 30], [blush, 9, anna]), rosy)).toBe(false);
    expect(worn(of([grain, 20]), of([grain, 20]), anna)).toBe(true);
  });

  it("that says nothing is worn where nothing is set", () => {
    expect(worn(of([smooth, 20]), EMPTY, everyone, ["makeup"])).toBe(true);
    expect(worn(rosy, EMPTY, everyone, ["makeup"])).toBe(false);
  });

  it("counts as far as the natural lock lets it", () => {
    const free = { ...of([lipstick, 90]), locks: { ...EMPTY.locks, natural: false } };
    expect(worn(of([lipstick, 60]), free)).toBe(true);
    expect(worn({ ...of([lipstick, 60]), locks: free.locks }, free)).toBe(false);
  });
});

describe("picking a preset", () => {
  const answers: ((recipe: Recipe) => void)[] = [];
  const asked = vi.mocked(merged);
  const tick = () => new Promise((resolve) => setTimeout(resolve));
  const open = (id: string) => {
    const entry = { id: "r0", label: "open", recipe: EMPTY, time: 0, mergeKey: null };
    openDocument(id, opened(entry), { push: () => undefined }, { kind: "saving" });
  };
  beforeEach(() => {
    answers.length = 0;
    asked.mockReset();
    asked.mockImplementation(() => new Promise((resolve) => answers.push(resolve)));
    open("a");
  });

  it("is one step, for whom the sliders speak of", async () => {
    useDocument.setState({ person: "anna" });
    const done = wear("preset rosy", rosy, ["makeup"]);
    await tick();
    expect(asked.mock.calls).toEqual([[EMPTY, rosy, "anna", ["makeup"]]]);
    answers[0]?.(rosy);
    await done;
    expect(recipeNow()).toBe(rosy);
    expect(useDocument.getState().history.entries.map((entry) => entry.label)).toEqual(["open", "preset rosy"]);
  });

  it("keeps what was changed meanwhile", async () => {
    const done = wear("preset rosy", rosy, ["makeup"]);
    await tick();
    const mine = of([smooth, 20]);
    commit("set smooth.amount 20", mine);
    answers[0]?.(rosy);
    await tick();
    expect(recipeNow()).toBe(mine);
    expect(asked.mock.calls[1]?.[0]).toBe(mine);
    answers[1]?.(rosy);
    await done;
    expect(recipeNow()).toBe(rosy);
  });

  it("comes after the one picked before", async () => {
    const first = wear("preset rosy", rosy, ["makeup"]);
    const second = wear("preset none", EMPTY, ["makeup"]);
    await tick();
    expect(asked).toHaveBeenCalledTimes(1);
    answers[0]?.(rosy);
    await first;
    await tick();
    expect(asked.mock.calls[1]?.[0]).toBe(rosy);
    answers[1]?.(EMPTY);
    await second;
    expect(recipeNow()).toEqual(EMPTY);
  });

  it("does nothing to another photo, and a failure stops no later one", async () => {
    const late = wear("preset rosy", rosy, ["makeup"]);
    await tick();
    open("b");
    answers[0]?.(rosy);
    await late;
    expect(recipeNow()).toEqual(EMPTY);
    asked.mockRejectedValueOnce(new Error("away"));
    await expect(wear("preset rosy", rosy, ["makeup"])).rejects.toThrow("away");
    const again = wear("preset rosy", rosy, ["makeup"]);
    await tick();
    answers[1]?.(rosy);
    await again;
    expect(recipeNow()).toBe(rosy);
  });
});

describe("a preset under the pointer", () => {
  it("is seen and never worn, and does not come once the pointer is elsewhere", async () => {
    const pictured = () => picturedRecipe(useDocument.getState());
    const entry = { id: "a", label: "open", recipe: EMPTY, time: 0, mergeKey: null };
    openDocument("p", opened(entry), { push: () => undefined }, { kind: "saving" });
    vi.mocked(merged).mockResolvedValue(rosy);
    await lookAt(rosy, ["makeup"]);
    expect(pictured()).toBe(rosy);
    expect(recipeNow()).not.toBe(rosy);
    await lookAt(null, []);
    expect(pictured()).toBe(recipeNow());
    const late = lookAt(rosy, ["makeup"]);
    await lookAt(null, []);
    await late;
    expect(pictured()).toBe(recipeNow());
  });
});
