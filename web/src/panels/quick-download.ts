/** Files of projects that are not open, made as the last download was. */

import { create } from "zustand";
import { getJson } from "@/api/client";
import { CATALOGUE, exportFile, queries } from "@/api/queries";
import type { Analysis, ExportOffer, Project } from "@/api/types";
import { finishedSize } from "@/document/cropping";
import { isClear } from "@/document/recipe";
import { deliveredSize } from "@/document/upscaling";
import { saveBlob } from "@/kit/save-blob";
import { cleanName, settingsOf, useDownload } from "@/panels/download";

/** Which of how many files is being made; null when none is. */
export const useMaking = create<{ making: { done: number; all: number } | null }>(() => ({ making: null }));

let stopped: AbortController | null = null;

export function stopDownloads(): void {
  stopped?.abort();
}

/** Makes a file of each project, one after the other. Throws when one cannot be made. */
export async function downloadAll(projects: readonly Project[]): Promise<void> {
  stopped?.abort();
  const mine = new AbortController();
  stopped = mine;
  try {
    for (const [at, project] of projects.entries()) {
      useMaking.setState({ making: { done: at + 1, all: projects.length } });
      await download(project, mine.signal);
    }
  } catch (error) {
    if (!mine.signal.aborted) throw error;
  } finally {
    if (stopped === mine) useMaking.setState({ making: null });
  }
}

async function download(project: Project, signal: AbortSignal): Promise<void> {
  const { formats } = await queries.query(CATALOGUE);
  const offer = await getJson<ExportOffer>(`projects/${project.id}/export`, signal);
  const choices = useDownload.getState();
  // Only sizes depend on who is in the photo: crops keep heads in their place.
  const analysis = `projects/${project.id}/analysis?quick=true`;
  const faces = choices.size === "original" ? [] : (await getJson<Analysis>(analysis, signal)).faces;
  const own = deliveredSize(project.recipe, finishedSize(project.recipe, project, faces));
  const known = { offer, formats, own, clear: isClear(project.recipe) };
  const name = cleanName(`${project.name.replace(/\.[^.]*$/, "")}-freckle`) || "portrait";
  const made = await exportFile(project.id, settingsOf(choices, known, name), signal);
  saveBlob(made.blob, made.name ?? name);
}
