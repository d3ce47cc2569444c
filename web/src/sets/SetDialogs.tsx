import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { deleteSet } from "@/api/sets";
import { Button } from "@/kit/Button";
import { Modal, ModalFooter } from "@/kit/Modal";
import { notify } from "@/kit/notices";
import { ExportDialog } from "@/sets/ExportDialog";
import { openSetDialog, useSetDialog } from "@/sets/set-dialogs";
import { ShareSetDialog } from "@/sets/ShareSetDialog";
import { SettingsDialog } from "@/sets/SettingsDialog";
import { StyleDialog } from "@/sets/StyleDialog";

/** The dialogs about several photos, on every page that has a set. */
export function SetDialogs({ set }: { set: string }): ReactNode {
  const dialog = useSetDialog((s) => s.dialog);
  useEffect(() => () => openSetDialog(null), [set]);
  if (dialog?.kind === "settings") return <SettingsDialog set={set} source={dialog.source} target={dialog.target} />;
  if (dialog?.kind === "export") return <ExportDialog set={set} target={dialog.target} />;
  if (dialog?.kind === "share") return <ShareSetDialog set={set} target={dialog.target} />;
  if (dialog?.kind === "style") return <StyleDialog set={set} />;
  return dialog?.kind === "delete" ? <DeleteDialog set={set} /> : null;
}

function DeleteDialog({ set }: { set: string }): ReactNode {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const remove = (photos: boolean) => {
    openSetDialog(null);
    deleteSet(set, photos).then(
      () => go("/"),
      () => notify({ kind: "bad", text: t("sets.notDeleted") }),
    );
  };
  return (
    <Modal title={t("sets.deleteTitle")} onClose={() => openSetDialog(null)}>
      <p>{t("sets.deleteHelp")}</p>
      <ModalFooter>
        <Button onClick={() => openSetDialog(null)}>{t("common.cancel")}</Button>
        <Button onClick={() => remove(true)}>{t("sets.deleteAll")}</Button>
        <Button look="strong" onClick={() => remove(false)}>
          {t("sets.deleteSet")}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
