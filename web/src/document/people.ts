/** The people in the photo. Their names are typed by a person and stay in this browser: they are in no recipe. */

import { useTranslation } from "react-i18next";
import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { Face, Recipe } from "@/api/types";
import { isDoubted, withExcluded, withIncluded } from "@/document/recipe";
import { recipeNow, useDocument } from "@/document/store";

/** Names by the person's key, the latest last. */
export const useNames = create<{ names: Record<string, string> }>()(
  persist((): { names: Record<string, string> } => ({ names: {} }), { name: "freckle.people" }),
);

/** Names of people in photos that were not opened for long fall off. */
const MOST = 500;

/** Gives a person a name; an empty one brings the number back. */
export function rename(key: string, name: string): void {
  const others = Object.entries(useNames.getState().names).filter(([other]) => other !== key);
  const all = name === "" ? others : [...others, [key, name] as const];
  useNames.setState({ names: Object.fromEntries(all.slice(-MOST)) });
}

export function leftToRight(faces: readonly Face[]): Face[] {
  return [...faces].sort((a, b) => a.box[0] + a.box[2] / 2 - (b.box[0] + b.box[2] / 2));
}

/** What a person is called: the own name, else a number from left to right. */
export function usePersonName(): (key: string) => string {
  const { t } = useTranslation();
  const faces = useDocument((s) => s.faces);
  const names = useNames((s) => s.names);
  return (key) => {
    const number = leftToRight(faces).findIndex((face) => face.key === key) + 1;
    return names[key] ?? t("people.one", { number });
  };
}

/** The recipe that leaves a face alone or takes it in; a face in doubt must be asked for. */
export function leaving(face: Face, leave: boolean): Recipe {
  const recipe = withExcluded(recipeNow(), face.key, isDoubted(face) ? false : leave);
  return isDoubted(face) ? withIncluded(recipe, face.key, !leave) : recipe;
}
