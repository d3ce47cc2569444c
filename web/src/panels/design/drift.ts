/** How far a look moves the skin's tone, in words. */

import type { TFunction } from "i18next";
import type { Drift } from "@/api/looks";

/** Degrees of the typology angle; of skin without a hue, its lightness. Empty without a face. */
export function driftText(t: TFunction, drift: Drift | null): string {
  if (!drift) return "";
  if (drift.ita === null) return t("design.driftLight", { value: signed(drift.lightness) });
  return t("design.drift", { value: signed(drift.ita) });
}

/** One decimal, with a sign that is as wide as a plus. */
function signed(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  if (rounded === 0) return "±0.0";
  return `${rounded > 0 ? "+" : "−"}${Math.abs(rounded).toFixed(1)}`;
}
