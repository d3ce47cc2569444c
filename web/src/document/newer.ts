/** What others, or other windows, have done to the open project meanwhile. */

import { useEffect } from "react";
import { create } from "zustand";
import type { Project } from "@/api/types";
import { useDocument } from "@/document/store";

type Newer = { revision: number; author: string };

/** The newest revision that the server has told of. */
export const useNewer = create<Newer>(() => ({ revision: 0, author: "" }));

/** How far this window knows the history of a project. */
export function knownRevision(project: Project): number {
  const { save, projectId } = useDocument.getState();
  return projectId === project.id && save.kind === "saved" ? save.revision : project.revision;
}

/**
 * Calls `take` once there is something newer and nothing of this window's own is on its way or in the hand.
 * What is on its way gets its own answer: saved on top, or the question of what to do.
 */
export function useTakeOver(project: Project, take: (author: string) => void): void {
  const { revision, author } = useNewer();
  const save = useDocument((s) => s.save);
  const busy = useDocument((s) => s.draft !== null || s.projectId !== project.id);
  const older = save.kind === "saved" && save.revision < revision;
  useEffect(() => {
    useNewer.setState({ revision: 0, author: "" });
  }, [project.id]);
  useEffect(() => {
    if (older && !busy) take(author);
  }, [older, busy, author, take]);
}
