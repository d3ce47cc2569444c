import { ChevronDown } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { revokeShare } from "@/api/shares";
import type { Share } from "@/api/types";
import { Button } from "@/kit/Button";
import { notify } from "@/kit/notices";
import css from "@/panels/share/Share.module.css";
import { ShareAnswers } from "@/panels/share/ShareAnswers";
import { standingOf, standingText } from "@/panels/share/share-terms";

type ShareRowProps = { share: Share; open: boolean; onOpen: () => void };

/** One link: for whom, how it stands, what came of it, and its end. */
export function ShareRow({ share, open, onOpen }: ShareRowProps): ReactNode {
  const { t, i18n } = useTranslation();
  const id = useId();
  const standing = standingOf(share);
  return (
    <li className={css.entry} data-standing={standing}>
      <div className={css.line}>
        <span className={css.who}>
          {share.guest}
          <small>{standingText(t, i18n.language, share)}</small>
        </span>
        <Button aria-expanded={open} aria-controls={id} onClick={onOpen}>
          {t("share.answers")}
          <span className="visually-hidden"> {share.guest}</span>
          <ChevronDown size={15} aria-hidden="true" className={open ? css.turned : undefined} />
        </Button>
        {standing !== "revoked" && <Revoke share={share} />}
      </div>
      <div id={id}>{open && <ShareAnswers share={share} />}</div>
    </li>
  );
}

/** Asks once more: a link that was revoked never comes back. */
function Revoke({ share }: { share: Share }): ReactNode {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const revoke = () => {
    revokeShare(share.id).catch(() => notify({ kind: "bad", text: t("save.tryAgain") }));
  };
  return (
    <Button look={asking ? "strong" : "plain"} onBlur={() => setAsking(false)} onClick={() => (asking ? revoke() : setAsking(true))}>
      {t(asking ? "share.revokeSure" : "share.revoke")}
      <span className="visually-hidden"> {share.guest}</span>
    </Button>
  );
}
