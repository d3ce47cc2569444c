/** A project that an approver calls finished, and takes back. */

import { useMutation } from "@tanstack/react-query";
import { putForJson, remove } from "@/api/client";
import { type Stored, getProject, takeIn } from "@/api/queries";
import { opened } from "@/api/recipes";
import type { Project } from "@/api/types";

/** `revision` is what was looked at; `null` takes the approval back. */
export function useApprove(id: string) {
  return useMutation({
    mutationFn: async (revision: number | null) => {
      if (revision !== null) return opened(await putForJson<Stored<Project>>(`projects/${id}/approval`, { revision }));
      await remove(`projects/${id}/approval`);
      return getProject(id);
    },
    onSuccess: takeIn,
  });
}
