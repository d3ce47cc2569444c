/** What is said about a mark. */

import type { TFunction } from "i18next";
import { keyed, word } from "@/kit/i18n/word";
import type { SpotMark } from "@/tools/marks/rings";

/** What happens to a mark, and why: healed, kept, or only suggested. */
export function stateOf(t: TFunction, mark: SpotMark): string[] {
  if (mark.suggested) return [doubtText(t, mark.spot.doubt)];
  return [t(mark.healed ? "spots.healed" : "spots.kept"), ...(mark.flipped && mark.spot.kind !== "added" ? [t("spots.byHand")] : [])];
}

/** Why a mark is not healed by itself. */
function doubtText(t: TFunction, doubt: string | null | undefined): string {
  return word(t, `spots.doubt.${keyed(doubt ?? "other")}`, t("spots.doubt.other"));
}
