import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Modal } from "@/kit/Modal";
import { ShareForm } from "@/panels/share/ShareForm";
import { openSetDialog, type Target } from "@/sets/set-dialogs";
import { TargetRadios, useTargets } from "@/sets/Targets";

/** A link that shows a guest photos of the set, in the order in which they are seen here. */
export function ShareSetDialog({ set, target: first }: { set: string; target: Target }): ReactNode {
  const { t } = useTranslation();
  const [target, setTarget] = useState(first);
  const targets = useTargets(set);
  return (
    <Modal title={t("share.title")} wide onClose={() => openSetDialog(null)}>
      <TargetRadios targets={targets} value={target} onChange={setTarget} />
      <ShareForm shown={targets[target]} saved />
    </Modal>
  );
}
