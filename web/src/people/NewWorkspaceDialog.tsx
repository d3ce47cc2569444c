import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { makeWorkspace } from "@/api/people";
import { Button } from "@/kit/Button";
import dialogs from "@/kit/Dialogs.module.css";
import { Field } from "@/kit/Form";
import { Modal, ModalFooter } from "@/kit/Modal";
import { notify } from "@/kit/notices";
import { openPeopleDialog } from "@/people/dialogs";
import { refusalOf } from "@/people/refusals";

export function NewWorkspaceDialog(): ReactNode {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState("");
  const close = () => openPeopleDialog(null);
  const make = () => {
    makeWorkspace(name).then(close, (error: unknown) => notify({ kind: "bad", text: refusalOf(t, error, "members") }));
  };
  return (
    <Modal title={t("team.newWorkspace")} first={field} onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make();
        }}
      >
        <Field label={t("team.workspaceName")}>
          {(id) => (
            <input
              ref={field}
              id={id}
              className={dialogs.text}
              required
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
        </Field>
        <ModalFooter>
          <Button onClick={close}>{t("common.cancel")}</Button>
          <Button look="strong" type="submit">
            {t("team.create")}
          </Button>
        </ModalFooter>
      </form>
    </Modal>
  );
}
