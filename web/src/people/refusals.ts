/** Why something about accounts was refused, in the person's language. */

import type { TFunction } from "i18next";
import { ApiError, Unreachable } from "@/api/client";

/** What was being done: the same code of the server means different things to a person. */
export type Doing = "sign-in" | "passkey" | "first" | "invitation" | "password" | "members";

export function refusalOf(t: TFunction, error: unknown, doing: Doing): string {
  if (error instanceof Unreachable) return t("refusal.unreachable.title");
  if (!(error instanceof ApiError)) return t(doing === "passkey" ? "entrance.noPasskey" : "save.tryAgain");
  const { code, message, remedy } = error.problem;
  if (code === "too_often") return t("entrance.tooOften");
  if (code === "busy") return t("refusal.busy.help");
  const known = KNOWN[doing][code];
  return known ? t(known) : `${message} ${remedy}`.trim();
}

type Key =
  | "entrance.wrong"
  | "entrance.noPasskey"
  | "entrance.oldLink"
  | "entrance.loginTaken"
  | "entrance.alreadyFirst"
  | "invitation.gone"
  | "account.wrongPassword"
  | "account.lastWay"
  | "members.lastAdmin"
  | "members.adminsOnly";

const KNOWN: Record<Doing, Partial<Record<string, Key>>> = {
  "sign-in": { unauthorized: "entrance.wrong" },
  passkey: { unauthorized: "entrance.noPasskey", taken: "account.lastWay" },
  first: { unauthorized: "entrance.oldLink", taken: "entrance.alreadyFirst" },
  invitation: { not_found: "invitation.gone", taken: "entrance.loginTaken" },
  password: { forbidden: "account.wrongPassword" },
  members: { taken: "members.lastAdmin", forbidden: "members.adminsOnly" },
};
