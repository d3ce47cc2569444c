/** Presets that a person saved; they stay in this browser. */

import { useMemo } from "react";
import { create } from "zustand";
import { persist } from "zustand/middleware";
import { opened, portable } from "@/api/recipes";
import type { Recipe } from "@/api/types";

export type OwnPreset = { id: string; name: string; recipe: Recipe };

/** As they are kept: recipes of any format that the server ever wrote. */
type Kept = Omit<OwnPreset, "recipe"> & { recipe: object };

const useKept = create<{ list: Kept[] }>()(
  persist(() => ({ list: [] as Kept[] }), { name: "freckle.presets" }),
);

export function useOwnPresets(): OwnPreset[] {
  const list = useKept((s) => s.list);
  return useMemo(() => list.map(opened), [list]);
}

/** Keeps the sliders under a name; the same name again replaces them. */
export async function savePreset(name: string, recipe: Recipe): Promise<void> {
  const preset = { id: `${Date.now()}`, name, recipe: await portable(recipe) };
  useKept.setState(({ list }) => ({
    list: [...list.filter((other) => other.name !== name), preset],
  }));
}

export function deletePreset(id: string): void {
  useKept.setState(({ list }) => ({ list: list.filter((preset) => preset.id !== id) }));
}
