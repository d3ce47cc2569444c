import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { fetchPreview } from "@/api/queries";
import { inTurn } from "@/api/turns";
import type { Project } from "@/api/types";
import type { OwnPreset } from "@/panels/own-presets";

const LONG = 160;

/** This photo with one of the person's own presets. */
export function OwnPresetPicture({ project, preset }: { project: Project; preset: OwnPreset }): ReactNode {
  const { width: w, height: h } = project;
  const scale = LONG / Math.max(w, h);
  const view = { x: 0, y: 0, w, h, width: Math.ceil(w * scale), height: Math.ceil(h * scale) };
  const { data } = useQuery({
    queryKey: ["own-preset", project.id, preset.id],
    queryFn: ({ signal }) => inTurn(() => fetchPreview(project.id, preset.recipe, view, 80, signal)),
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
