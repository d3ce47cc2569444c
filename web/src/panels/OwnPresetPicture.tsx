import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { fetchLook } from "@/api/queries";
import { inTurn } from "@/api/turns";
import type { OwnPreset, Project } from "@/api/types";

const SIZE = 160;

/** This photo with one of the person's own presets, cut as the others are. */
export function OwnPresetPicture({ project, preset }: { project: Project; preset: OwnPreset }): ReactNode {
  const { data } = useQuery({
    // A preset that is saved anew keeps its id.
    queryKey: ["own-preset", project.id, preset.id, preset.recipe],
    queryFn: ({ signal }) => inTurn(() => fetchLook(project.id, preset.recipe, SIZE, signal)),
    staleTime: Infinity,
  });
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!data) return;
    const made = URL.createObjectURL(data);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  return url ? <img src={url} alt="" draggable={false} /> : null;
}
