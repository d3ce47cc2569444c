/** The report of the saved recipe, and its words. */

import type { TFunction } from "i18next";
import { useEffect, useState } from "react";
import { hasReport, useReport } from "@/api/queries";
import type { Report } from "@/api/types";
import { useDocument } from "@/document/store";

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
  const amount = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(shift);
  return t(inLine ? "report.toneMoved" : "report.moved", { amount });
}
