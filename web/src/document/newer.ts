/** What others, or other windows, have done to the open project meanwhile. */

import { useEffect } from "react";
import { create } from "zustand";
import type { Project } from "@/api/types";
import { useDocument } from "@/document/store";

/** The newest revision that the server has told of. */
export const useNewer = create<{ revision: number }>(() => ({ revision: 0 }));

/** How far this window knows the history of a project. */
export function knownRevision(project: Project): number {
  const { save, projectId } = useDocument.getState();
  return projectId === project.id && save.kind === "saved" ? save.revision : project.revision;
}

/**
 * Calls `take` once there is something newer and nothing of this window's own is on its way or in the hand.
 * What is on its way is merged at the server; what is in the hand does not jump.
 */
export function useTakeOver(project: Project, take: () => void): void {
  const { revision } = useNewer();
  const save = useDocument((s) => s.save);
  const busy = useDocument((s) => s.draft !== null || s.projectId !== project.id);
  const older = save.kind === "saved" && (save.behind === true || save.revision < revision);
  useEffect(() => {
    useNewer.setState({ revision: 0 });
  }, [project.id]);
  useEffect(() => {
    if (older && !busy) take();
  }, [older, busy, revision, take]);
}
