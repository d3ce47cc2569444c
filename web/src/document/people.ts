/** The people in the photo, and what they are called. */

import { useTranslation } from "react-i18next";
import type { Face, Recipe } from "@/api/types";
import { isDoubted, withExcluded, withIncluded, withName } from "@/document/recipe";
import { commit, recipeNow, shownRecipe, useDocument } from "@/document/store";

/** Gives a person a name; an empty one brings the number back. */
export function rename(person: string, name: string): void {
  commit("name", withName(recipeNow(), person, name));
}

export function leftToRight(faces: readonly Face[]): Face[] {
  return [...faces].sort((a, b) => a.box[0] + a.box[2] / 2 - (b.box[0] + b.box[2] / 2));
}

/** What a person is called: the own name, else a number from left to right. */
export function usePersonName(): (key: string) => string {
  const { t } = useTranslation();
  const faces = useDocument((s) => s.faces);
  const names = useDocument((s) => shownRecipe(s).names);
  return (key) => {
    const number = leftToRight(faces).findIndex((face) => face.key === key) + 1;
    return names?.[key] ?? t("people.one", { number });
  };
}

/** The recipe that leaves a face alone or takes it in; a face in doubt must be asked for. */
export function leaving(face: Face, leave: boolean): Recipe {
  const recipe = withExcluded(recipeNow(), face.key, isDoubted(face) ? false : leave);
  return isDoubted(face) ? withIncluded(recipe, face.key, !leave) : recipe;
}
