import { Check, LoaderCircle } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { saidOf } from "@/api/client";
import type { Handover } from "@/api/types";
import { giveUp, handOver } from "@/document/handover";
import { Button, Tip } from "@/kit/Button";
import dialog from "@/kit/Dialogs.module.css";
import { notify } from "@/kit/notices";
import css from "@/pages/editor/Editor.module.css";

/** Where another program waits, these two stand in the place of the download. */
export function HandoverButtons({ handover }: { handover: Handover }): ReactNode {
  const { t } = useTranslation();
  const [working, setWorking] = useState(false);
  const end = async (way: () => Promise<void>) => {
    setWorking(true);
    try {
      await way();
    } catch (error) {
      notify({ kind: "bad", text: saidOf(error, "") || t("handover.failed") });
      setWorking(false);
    }
  };
  return (
    <>
      <Button disabled={working} onClick={() => void end(giveUp)}>
        {t("handover.cancel")}
      </Button>
      <Tip label={t("handover.writes", { name: handover.output })}>
        <Button
          look="strong"
          className={css.download}
          disabled={working}
          aria-busy={working}
          onClick={() => void end(handOver)}
        >
          {working ? (
            <LoaderCircle size={16} className={dialog.turning} aria-hidden="true" />
          ) : (
            <Check size={16} aria-hidden="true" />
          )}
          {t("handover.done")}
        </Button>
      </Tip>
    </>
  );
}
