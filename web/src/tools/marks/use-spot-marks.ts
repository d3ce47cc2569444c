import { useMemo } from "react";
import { useAnalysis } from "@/api/queries";
import type { Analysis, Project, Report } from "@/api/types";
import { keptRecipe, useDocument } from "@/document/store";
import { useSavedReport } from "@/panels/report";
import type { SpotMark } from "@/tools/marks/rings";
import { spotMarks } from "@/tools/marks/spots";

export type Found = { analysis: Analysis | undefined; report: Report | undefined; marks: SpotMark[] };

/** Every mark of the open photo, with what the saved recipe does to it. */
export function useSpotMarks(project: Project): Found {
  const { data: analysis } = useAnalysis(project.id);
  const report = useSavedReport(project.id);
  const recipe = useDocument(keptRecipe);
  const { width, height } = project;
  const marks = useMemo(
    () => spotMarks(analysis, report, recipe, { width, height }),
    [analysis, report, recipe, width, height],
  );
  return { analysis, report, marks };
}
