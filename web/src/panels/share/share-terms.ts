/** What a link is to allow, as the form holds it, and in words. */

import type { TFunction } from "i18next";
import type { NewShare, Share, Terms } from "@/api/types";

export const ASKS = ["approve", "choose", "look"] as const;
export const SIZES = [1024, 2048, 4096] as const;
export const DAYS = [7, 30, 90, null] as const;
export const CARRIED = ["nothing", "no_place", "all"] as const;

export type Draft = {
  guest: string;
  days: number | null;
  password: string;
  terms: Terms;
};

export const FRESH: Draft = {
  guest: "",
  days: 30,
  password: "",
  terms: {
    ask: "approve",
    least: 1,
    most: null,
    longest: 2048,
    watermark: "",
    compare: true,
    report: true,
    comments: true,
    download: false,
    metadata: "nothing",
  },
};

export function requestOf(draft: Draft, projects: string[]): NewShare {
  const { guest, days, password, terms } = draft;
  return { projects, guest: guest.trim(), days, password: password || null, terms };
}

export type Standing = "revoked" | "expired" | "confirmed" | "open";

export function standingOf(share: Share, now = Date.now()): Standing {
  if (share.revoked) return "revoked";
  if (share.confirmed) return "confirmed";
  return share.expires && Date.parse(share.expires) <= now ? "expired" : "open";
}

/** A link's state in the list: when it ends, or how it ended. */
export function standingText(t: TFunction, language: string, share: Share): string {
  const day = (moment: string) =>
    new Intl.DateTimeFormat(language, { day: "numeric", month: "long" }).format(Date.parse(moment));
  const asked = t(`share.ask.${share.terms.ask}`);
  if (share.revoked) return t("share.revokedOn", { date: day(share.revoked) });
  if (share.confirmed) return t("share.confirmedOn", { date: day(share.confirmed) });
  if (share.expires === null) return `${asked} · ${t("share.lasting")}`;
  const over = standingOf(share) === "expired";
  return over ? t("share.expiredOn", { date: day(share.expires) }) : `${asked} · ${t("share.until", { date: day(share.expires) })}`;
}
