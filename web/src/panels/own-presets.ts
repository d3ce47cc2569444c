/** Presets that a person saved; they stay in this browser. */

import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { Tool } from "@/api/catalogue";
import type { Recipe } from "@/api/types";
import { withoutThisPhoto } from "@/document/presets";

export type OwnPreset = { id: string; name: string; recipe: Recipe };

export const useOwnPresets = create<{ list: OwnPreset[] }>()(
  persist(() => ({ list: [] as OwnPreset[] }), { name: "freckle.presets" }),
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
