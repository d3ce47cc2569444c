/** Lays candidates over the photo: to look at, or to keep. */

import type { Catalogue } from "@/api/catalogue";
import type { Recipe } from "@/api/types";
import { faded, laid, lookLabel } from "@/document/looks";
import { commit, preview, lookAt } from "@/document/store";
import type { Way } from "@/kit/Slider";
import { below } from "@/panels/design/asking";
import { type Candidate, useDesign } from "@/panels/design/design-store";

const NAME = 60;

/** All candidates that are there, of words and of the reference. */
export function candidateOf(id: string | null): Candidate | null {
  const { asking } = useDesign.getState();
  const all = [asking.words.round, asking.reference.round].flatMap((round) => round?.candidates ?? []);
  return all.find((each) => each.id === id) ?? null;
}

export function recipeWith(candidate: Candidate, catalogue: Catalogue, strength: number): Recipe {
  return laid(below(), faded(candidate.look, catalogue.tools, strength), catalogue.tools);
}

/** Shows a candidate on the photo, or (null) the photo as it is. */
export function show(candidate: Candidate | null, catalogue: Catalogue): void {
  lookAt(candidate && recipeWith(candidate, catalogue, useDesign.getState().strength));
}

/** Makes a candidate one step of the history. */
export function choose(candidate: Candidate, name: string, catalogue: Catalogue): void {
  const { strength } = useDesign.getState();
  commit(lookLabel(name.replace(/\s+/g, " ").slice(0, NAME)), recipeWith(candidate, catalogue, strength));
  useDesign.setState({ chosen: candidate.id });
}

/** The look that is worn, stronger or weaker; it is a step once the hand has let go (`way`). */
export function strengthen(percent: number, name: string, catalogue: Catalogue, way: Way | null = null): void {
  const candidate = candidateOf(useDesign.getState().chosen);
  if (!candidate) return;
  useDesign.setState({ strength: percent });
  const recipe = recipeWith(candidate, catalogue, percent);
  if (way === null) preview(lookLabel(name), recipe);
  else commit(lookLabel(name), recipe, way === "drag" ? null : "look/strength");
}
