import { Download, LockKeyhole } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { confirmShare, guestReceipt } from "@/api/guests";
import type { GuestView } from "@/api/types";
import { Button } from "@/kit/Button";
import dialogs from "@/kit/Dialogs.module.css";
import { Field } from "@/kit/Form";
import { Modal, ModalFooter } from "@/kit/Modal";
import { saveBlob } from "@/kit/save-blob";
import css from "@/pages/guest/Guest.module.css";
import { act } from "@/pages/guest/guest-store";
import { standingOf, standingText } from "@/pages/guest/words";

/** How far the guest has come, and the last step. */
export function ConfirmBar({ share }: { share: GuestView }): ReactNode {
  const { t, i18n } = useTranslation();
  const [asking, setAsking] = useState(false);
  if (share.terms.ask === "look") return null;
  if (share.confirmed) {
    const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: "long" }).format(Date.parse(share.confirmed));
    const save = async () => saveBlob(await guestReceipt(share.id), `receipt-${share.id.slice(0, 8)}.json`);
    return (
      <footer className={css.bar}>
        <span className={css.standing}>
          <LockKeyhole size={16} aria-hidden="true" />
          {t("guest.confirmedOn", { date })}
        </span>
        <Button className={css.tall} onClick={() => void act(save())}>
          <Download size={16} aria-hidden="true" />
          {t("guest.receipt")}
        </Button>
      </footer>
    );
  }
  return (
    <footer className={css.bar}>
      <span className={css.standing} role="status">
        {standingText(t, share)}
      </span>
      <Button look="strong" className={css.tall} disabled={!standingOf(share).enough} onClick={() => setAsking(true)}>
        {t("guest.confirm")}
      </Button>
      {asking && <ConfirmDialog share={share} onClose={() => setAsking(false)} />}
    </footer>
  );
}

function ConfirmDialog({ share, onClose }: { share: GuestView; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const [name, setName] = useState(share.guest);
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    await act(confirmShare(share.id, name.trim()));
    onClose();
  };
  return (
    <Modal title={t("guest.confirmTitle")} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() && !busy) void confirm();
        }}
      >
        <p className={css.confirmHelp}>
          {standingText(t, share)}. {t("guest.confirmHelp", { author: share.author })}
        </p>
        <Field label={t("guest.sign")}>
          {(id) => (
            <input
              id={id}
              className={dialogs.text}
              autoComplete="name"
              required
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
        </Field>
        <ModalFooter>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="strong" type="submit" disabled={busy || !name.trim()}>
            {t("guest.confirmLock")}
          </Button>
        </ModalFooter>
      </form>
    </Modal>
  );
}
