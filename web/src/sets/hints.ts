/** What is suggested of photos: in words, and what is done about it. Nothing is done unasked. */

import i18next, { type TFunction } from "i18next";
import { markPhotos, photosKnown } from "@/api/sets";
import { hintsKnown, ignore } from "@/api/suggestions";
import type { SetPhoto, Suggestion, SuggestionKind } from "@/api/types";
import { announce } from "@/kit/announce";
import { notify } from "@/kit/notices";

/** In the order in which they are told. */
export const KINDS: readonly SuggestionKind[] = ["closed", "soft", "cut", "alike", "light", "best"];

/** Says a suggestion in words; `nameOf` knows what projects are called. */
export function hintText(t: TFunction, { kind, other }: Suggestion, nameOf: (project: string) => string): string {
  return t(`suggest.${kind}`, { name: other === null ? "" : nameOf(other) });
}

/** Suggestions as they are told: what speaks against a photo first. */
export function sorted(hints: readonly Suggestion[]): Suggestion[] {
  return [...hints].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

/** What photos are suggested for and do not have yet: the rejected flag, or the picked one. */
export function asked(photos: readonly SetPhoto[], hintsOf: (project: string) => readonly Suggestion[]) {
  const of = (photo: SetPhoto) => hintsOf(photo.project);
  return {
    reject: photos.filter((photo) => photo.flag !== -1 && of(photo).some(({ kind }) => kind !== "best")),
    pick: photos.filter((photo) => photo.flag !== 1 && of(photo).some(({ kind }) => kind === "best")),
    kinds: KINDS.filter((kind) => photos.some((photo) => of(photo).some((each) => each.kind === kind))),
  };
}

/** Does what is suggested. */
export function accept(set: string, photos: readonly SetPhoto[], flag: 1 | -1): void {
  const projects = photos.map(({ project }) => project);
  markPhotos(set, projects, { flag }).then(
    () => announce(i18next.t(flag === 1 ? "sets.picked" : "sets.rejected")),
    () => notify({ kind: "bad", text: i18next.t("sets.notMarked") }),
  );
}

/** Waves all suggestions of photos aside; says whether there were any. */
export function ignoreHints(set: string, projects: readonly string[]): boolean {
  const hints = hintsKnown(set);
  const some = projects.filter((project) => hints?.has(project));
  const kinds = KINDS.filter((kind) => some.some((project) => hints?.get(project)?.some((each) => each.kind === kind)));
  if (kinds.length === 0) return false;
  const failed = () => notify({ kind: "bad", text: i18next.t("sets.notMarked") });
  const back = () => void ignore(set, some, kinds, false).catch(failed);
  ignore(set, some, kinds, true).then(
    () =>
      notify({
        kind: "plain",
        text: i18next.t("suggest.ignored", { count: some.length }),
        action: { label: i18next.t("desk.undo"), run: back },
      }),
    failed,
  );
  return true;
}

/** What a project of a set is called. */
export function nameIn(set: string): (project: string) => string {
  return (project) => photosKnown(set).find((photo) => photo.project === project)?.name ?? "";
}
