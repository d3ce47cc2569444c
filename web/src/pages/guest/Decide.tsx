import { Check, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { decide } from "@/api/guests";
import type { Decision, GuestView, SharedPicture } from "@/api/types";
import css from "@/pages/guest/Guest.module.css";
import { act } from "@/pages/guest/guest-store";
import { standingOf } from "@/pages/guest/words";

const OFFERED: Record<GuestView["terms"]["ask"], Decision[]> = {
  look: [],
  approve: ["approved", "rejected"],
  choose: ["chosen"],
};

/** Yes or no to a picture, or taking it among the chosen; a second press takes it back. */
export function Decide({ share, picture }: { share: GuestView; picture: SharedPicture }): ReactNode {
  const { t } = useTranslation();
  const offered = OFFERED[share.terms.ask];
  if (offered.length === 0) return null;
  const { full } = standingOf(share);
  return (
    <div className={css.decide} role="group" aria-label={t("guest.decisionOn", { name: picture.name })}>
      {offered.map((each) => {
        const on = picture.decision === each;
        return (
          <button
            key={each}
            type="button"
            className={css.choice}
            data-decision={each}
            aria-pressed={on}
            disabled={share.confirmed !== null || (full && !on)}
            onClick={() => void act(decide(share.id, picture.place, on ? null : each))}
          >
            {each === "rejected" ? <X size={16} aria-hidden="true" /> : <Check size={16} aria-hidden="true" />}
            {t(`guest.decision.${each}`)}
          </button>
        );
      })}
    </div>
  );
}
