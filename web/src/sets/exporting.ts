/** The ZIP of a set that is being made: asked for here, saved by the browser, watched until its end. */

import { create } from "zustand";
import { beginExport, exportState, exportUrl, stopExport } from "@/api/sets";
import type { ExportSettings, SetExport } from "@/api/types";
import type { Work } from "@/sets/PhotoThumb";

type Running = { set: string; export: SetExport };

export const useExporting = create<{ running: Running | null }>(() => ({ running: null }));

const LOOK_MS = 700;
/** A server that does not answer so many times in a row has ended. */
const SILENT = 20;

export function isOver({ state }: SetExport): boolean {
  return state === "done" || state === "stopped";
}

/** Begins a ZIP; `over` hears of its end, with null where the server went away. */
export async function exportPhotos(
  set: string,
  projects: string[],
  settings: ExportSettings,
  over: (ended: SetExport | null) => void,
): Promise<void> {
  const begun = await beginExport(set, projects, settings);
  useExporting.setState({ running: { set, export: begun } });
  save(exportUrl(set, begun.id));
  watch(set, begun.id, over, 0);
}

/** The browser's own download: it goes to the disk, however large it is. */
function save(url: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = "";
  link.click();
}

function watch(set: string, id: string, over: (ended: SetExport | null) => void, silent: number): void {
  setTimeout(() => {
    exportState(set, id).then(
      (state) => {
        useExporting.setState({ running: { set, export: state } });
        if (isOver(state)) over(state);
        else watch(set, id, over, 0);
      },
      () => {
        if (silent < SILENT) watch(set, id, over, silent + 1);
        else {
          useExporting.setState({ running: null });
          over(null);
        }
      },
    );
  }, LOOK_MS);
}

/** The ZIP ends with what is in it. */
export function stopExporting(): void {
  const { running } = useExporting.getState();
  if (running && !isOver(running.export)) void stopExport(running.set, running.export.id).catch(() => undefined);
}

/** What an export does with a photo right now, or could not do. */
export function useWork(set: string, project: string): Work {
  return useExporting(({ running }) => {
    if (running?.set !== set) return null;
    if (running.export.failed.some((each) => each.project === project)) return "failed";
    return running.export.working.includes(project) ? "working" : null;
  });
}
