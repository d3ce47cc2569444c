/** The report of the saved recipe, and its words. */

import type { TFunction } from "i18next";
import { useEffect, useState } from "react";
import type { Catalogue } from "@/api/catalogue";
import { hasReport, useReport } from "@/api/queries";
import type { Changed, Report, WorkKind } from "@/api/types";
import { opText } from "@/document/names";
import { useDocument } from "@/document/store";
import { minus } from "@/kit/i18n/format";

/** Reports are asked for when saving has come to rest for this long. */
const REST_MS = 1500;
/** Mean shifts below this (CIELAB units) cannot be seen. */
const HELD = 1;

export function useSavedReport(project: string): Report | undefined {
  const revision = useDocument((s) => (s.save.kind === "saved" ? s.save.revision : null));
  // A panel that opens later starts from what the others already know.
  const [rested, setRested] = useState(() => (hasReport(project, revision) ? revision : null));
  useEffect(() => {
    if (revision === null) return;
    const timer = setTimeout(() => setRested(revision), REST_MS);
    return () => clearTimeout(timer);
  }, [revision]);
  return useReport(project, rested).data;
}

export function textureText(t: TFunction, language: string, share: number): string {
  const percent = new Intl.NumberFormat(language, { style: "percent" }).format(share);
  return t("report.textureKept", { percent });
}

/** The tone alone, or as the second half of the line about texture and tone. */
export function toneText(t: TFunction, language: string, shift: number, inLine: boolean): string {
  if (Math.abs(shift) < HELD) return t(inLine ? "report.toneHeld" : "report.held");
  const amount = minus(new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(shift));
  return t(inLine ? "report.toneMoved" : "report.moved", { amount });
}

/** Kinds of work that the line names: its words on texture and tone do not tell of them. */
export const NAMED = ["shape", "makeup", "light", "hand", "picture"] as const satisfies readonly WorkKind[];
export type Named = (typeof NAMED)[number];

/** The tools of a kind that changed anybody or the whole picture, in the order in which they worked. */
export function toolsOf(report: Report, kind: Named): Changed[] {
  const found = new Map<string, Changed>();
  const changed = [...report.faces.flatMap((face) => face.changed), ...report.changed];
  for (const tool of changed) if (tool.kind === kind) found.set(tool.op, tool);
  return [...found.values()];
}

/** Their names as a list inside a sentence. */
export function toolNames(t: TFunction, language: string, catalogue: Catalogue | undefined, tools: Changed[]): string {
  const names = tools.map((tool) => opText(t, catalogue, tool.op).toLocaleLowerCase(language));
  return [...new Set(names)].join(t("report.joint"));
}

/** What was done in one line: texture and tone, then what else was changed. */
export function lineText(
  t: TFunction,
  language: string,
  catalogue: Catalogue | undefined,
  report: Report | undefined,
): string {
  if (!report) return "";
  const skin: string[] = [];
  if (report.texture_kept !== null) skin.push(textureText(t, language, report.texture_kept));
  if (report.tone_shift !== null) skin.push(toneText(t, language, report.tone_shift, true));
  const rest = NAMED.map((kind) => [kind, toolsOf(report, kind)] as const)
    .filter(([, tools]) => tools.length > 0)
    .map(([kind, tools]) => t(`report.line.${kind}`, { tools: toolNames(t, language, catalogue, tools) }));
  return [skin.join(t("report.joint")), ...rest].filter(Boolean).join(" · ");
}
