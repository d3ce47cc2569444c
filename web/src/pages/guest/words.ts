/** What the guest's page says of its state. */

import type { TFunction } from "i18next";
import { ApiError, Unreachable } from "@/api/client";
import type { GuestView } from "@/api/types";

export function troubleText(t: TFunction, trouble: unknown): string {
  if (trouble instanceof Unreachable) return t("refusal.unreachable.title");
  if (!(trouble instanceof ApiError)) return t("save.tryAgain");
  const { code, message, remedy } = trouble.problem;
  if (code === "too_often") return t("entrance.tooOften");
  if (code === "forbidden") return t("guest.wrongPassword");
  return `${message} ${remedy}`.trim();
}

export type Standing = {
  decided: number;
  least: number;
  most: number;
  /** Whether what was decided may be confirmed. */
  enough: boolean;
  /** Whether no more may be chosen. */
  full: boolean;
};

export function standingOf(share: GuestView): Standing {
  const all = share.pictures.length;
  const decided = share.pictures.filter((picture) => picture.decision !== null).length;
  const choosing = share.terms.ask === "choose";
  const least = choosing ? Math.min(share.terms.least, all) : all;
  const most = choosing ? Math.min(share.terms.most ?? all, all) : all;
  return { decided, least, most, enough: decided >= least && decided <= most, full: choosing && decided >= most };
}

export function askText(t: TFunction, share: GuestView): string {
  const { least, most } = standingOf(share);
  const { ask } = share.terms;
  if (ask === "look") return t("guest.askLook");
  if (ask === "approve") return t("guest.askApprove", { count: share.pictures.length });
  return least === most
    ? t("guest.askChooseExactly", { count: most })
    : t("guest.askChoose", { least, most });
}

export function standingText(t: TFunction, share: GuestView): string {
  const { decided } = standingOf(share);
  const count = share.pictures.length;
  return share.terms.ask === "approve"
    ? t("guest.decided", { decided, count })
    : t("guest.chosen", { decided, count });
}
