/** A project that an approver calls finished, and takes back. */

import { useMutation } from "@tanstack/react-query";
import { putJson, remove } from "@/api/client";
import { getProject, queries } from "@/api/queries";
import type { Project, Revision } from "@/api/types";

/** `revision` is what was looked at; `null` takes the approval back. */
export function useApprove(id: string) {
  return useMutation({
    mutationFn: async (revision: number | null) => {
      if (revision === null) await remove(`projects/${id}/approval`);
      else await putJson(`projects/${id}/approval`, { revision });
      return getProject(id);
    },
    onSuccess: (project) => {
      queries.setQueryData<{ project: Project; log: Revision[] }>(["project", id], (old) =>
        old ? { ...old, project } : old,
      );
      void queries.invalidateQueries({ queryKey: ["projects"] });
    },
  });
}
