import { LoaderCircle } from "lucide-react";
import { type ReactNode, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Project } from "@/api/types";
import { Button } from "@/kit/Button";
import css from "@/kit/Dialogs.module.css";
import { Modal, ModalFooter } from "@/kit/Modal";
import { notify } from "@/kit/notices";
import { stopCopy, useCopy } from "@/panels/copy";

/** Waits for the copy, or shows the picture for copying by hand and says why. */
export function CopyDialog({ project }: { project: Project }): ReactNode {
  const { t } = useTranslation();
  const state = useCopy((s) => s.state);
  const picture = state.kind === "by-hand" ? state.picture : null;
  const url = useMemo(() => (picture ? URL.createObjectURL(picture) : null), [picture]);
  useEffect(
    () => () => {
      if (url) URL.revokeObjectURL(url);
    },
    [url],
  );

  useEffect(() => {
    if (state.kind !== "copied" && state.kind !== "failed") return;
    stopCopy();
    if (state.kind === "copied") notify({ kind: "plain", text: t("copy.done") });
    else notify({ kind: "bad", text: t("copy.failed") });
  }, [state, t]);

  return (
    <Modal title={t("copy.title")} wide={url !== null} onClose={stopCopy}>
      {url === null ? (
        <p className={css.working} role="status">
          <LoaderCircle size={18} className={css.turning} aria-hidden="true" />
          {t("copy.working")}
        </p>
      ) : (
        <>
          <p className={css.note}>{t(window.isSecureContext ? "copy.refused" : "copy.insecure")}</p>
          <img className={css.picture} src={url} alt={t("copy.picture", { name: project.name })} />
        </>
      )}
      <ModalFooter>
        <Button onClick={stopCopy}>{t(url ? "common.close" : "common.cancel")}</Button>
      </ModalFooter>
    </Modal>
  );
}
