/** Presets that a person saved; they stay in this browser. */

import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { Tool } from "@/api/catalogue";
import type { Recipe } from "@/api/types";
import { withoutThisPhoto } from "@/document/presets";
import { complete } from "@/document/recipe";

export type OwnPreset = { id: string; name: string; recipe: Recipe };

type Stored = { list: OwnPreset[] };

function read(preset: OwnPreset): OwnPreset {
  return { ...preset, recipe: complete(preset.recipe) };
}

export const useOwnPresets = create<{ list: OwnPreset[] }>()(
  persist(() => ({ list: [] as OwnPreset[] }), {
    name: "freckle.presets",
    merge: (stored) => ({ list: (stored as Stored | undefined)?.list.map(read) ?? [] }),
  }),
);

/** Keeps the sliders under a name; the same name again replaces them. */
export function savePreset(name: string, recipe: Recipe, tools: Tool[]): void {
  const preset = { id: `${Date.now()}`, name, recipe: withoutThisPhoto(recipe, tools) };
  useOwnPresets.setState(({ list }) => ({
    list: [...list.filter((other) => other.name !== name), preset],
  }));
}

export function deletePreset(id: string): void {
  useOwnPresets.setState(({ list }) => ({ list: list.filter((preset) => preset.id !== id) }));
}
