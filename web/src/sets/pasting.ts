/** Pasting copied settings, with what is said about it. */

import i18next from "i18next";
import { opened } from "@/api/recipes";
import { getJson, saidOf } from "@/api/client";
import type { Project, StoredRecipe } from "@/api/types";
import { notify } from "@/kit/notices";
import { copySettings, give, outcome, useCopied } from "@/sets/clipboard";

export async function pasteSettings(set: string | null, projects: string[]): Promise<void> {
  const { copied } = useCopied.getState();
  if (!copied) {
    notify({ kind: "plain", text: i18next.t("sets.nothingCopied") });
    return;
  }
  if (projects.length === 0) return;
  try {
    const came = await give(set, projects, copied, {});
    notify({ kind: came.failed.length > 0 ? "lasting" : "plain", text: outcome(came) });
  } catch (error) {
    notify({ kind: "bad", text: saidOf(error, i18next.t("sets.applyFailed")) });
  }
}

/** The settings of a photo that is not open. */
export async function fetchSource(project: string): Promise<{ project: string; name: string; recipe: Project["recipe"] }> {
  const found = opened(await getJson<Omit<Project, "recipe"> & { recipe: StoredRecipe }>(`projects/${project}`));
  return { project, name: found.name, recipe: found.recipe };
}

export async function copyFrom(project: string): Promise<void> {
  const source = await fetchSource(project);
  copySettings(source);
  notify({ kind: "plain", text: i18next.t("sets.copied", { name: source.name }) });
}
