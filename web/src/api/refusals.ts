/** Why a photo was not taken, in the person's language; unknown reasons keep the server's words. */

import type { TFunction } from "i18next";
import type { Problem } from "@/api/types";

export const REFUSALS = [
  "empty",
  "not_an_image",
  "type_not_accepted",
  "damaged",
  "incomplete",
  "too_many_pixels",
  "too_large_file",
  "too_many_frames",
  "too_slow",
  "too_much_memory",
  "missing_raw_pixels",
  "internal",
  "busy",
  "storage_full",
  "quota",
  "unreachable",
] as const;

type Refusal = (typeof REFUSALS)[number];

export function refusalText(t: TFunction, problem: Problem): { title: string; help: string } {
  const code = REFUSALS.find((known): known is Refusal => known === problem.code);
  if (!code) return { title: problem.message, help: problem.remedy };
  return { title: t(`refusal.${code}.title`), help: t(`refusal.${code}.help`) };
}
