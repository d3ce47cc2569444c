import { LoaderCircle } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { exportFile } from "@/api/queries";
import type { Project } from "@/api/types";
import css from "@/dialogs/Dialogs.module.css";
import { openDialog } from "@/editor/workbench";
import { Button } from "@/ui/Button";
import { Modal, ModalFooter } from "@/ui/Modal";
import { announce } from "@/ui/announce";
import { notify } from "@/ui/notices";

/** Browsers give pages a clipboard only on secure addresses. */
function hasClipboard(): boolean {
  return window.isSecureContext && typeof ClipboardItem !== "undefined" && "write" in navigator.clipboard;
}

/** Copies the finished picture as PNG, or shows it for copying by hand and says why. */
export function CopyDialog({ project }: { project: Project }): ReactNode {
  const { t } = useTranslation();
  const [byHand, setByHand] = useState<string | null>(null);

  useEffect(() => {
    const abort = new AbortController();
    const png = exportFile(project.id, { format: "png" }, abort.signal).then((made) => made.blob);
    const copied = hasClipboard()
      ? navigator.clipboard.write([new ClipboardItem({ "image/png": png })])
      : Promise.reject(new Error("no clipboard"));
    copied.then(
      () => {
        openDialog(null);
        notify({ kind: "plain", text: t("copy.done") });
        announce(t("copy.done"));
      },
      () => {
        png.then(
          (blob) => setByHand(URL.createObjectURL(blob)),
          () => {
            if (abort.signal.aborted) return;
            openDialog(null);
            notify({ kind: "bad", text: t("copy.failed") });
          },
        );
      },
    );
    return () => abort.abort();
  }, [project.id, t]);

  useEffect(() => () => (byHand ? URL.revokeObjectURL(byHand) : undefined), [byHand]);

  return (
    <Modal title={t("copy.title")} wide={byHand !== null} onClose={() => openDialog(null)}>
      {byHand === null ? (
        <p className={css.working} role="status">
          <LoaderCircle size={18} className={css.turning} aria-hidden="true" />
          {t("copy.working")}
        </p>
      ) : (
        <>
          <p className={css.note}>{t(window.isSecureContext ? "copy.refused" : "copy.insecure")}</p>
          <img className={css.picture} src={byHand} alt={t("copy.picture", { name: project.name })} />
        </>
      )}
      <ModalFooter>
        <Button onClick={() => openDialog(null)}>{t(byHand ? "common.close" : "common.cancel")}</Button>
      </ModalFooter>
    </Modal>
  );
}
