import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRename } from "@/api/queries";
import type { Project } from "@/api/types";
import { Button } from "@/kit/Button";
import css from "@/kit/Dialogs.module.css";
import { Field } from "@/kit/Form";
import { Modal, ModalFooter } from "@/kit/Modal";
import { notify } from "@/kit/notices";

export function RenameDialog({ project, onClose }: { project: Project; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(project.name);
  const rename = useRename(project.id);
  const keep = () => {
    rename.mutate(name.trim(), {
      onSuccess: onClose,
      onError: () => notify({ kind: "bad", text: t("desk.notDone") }),
    });
  };
  return (
    <Modal title={t("desk.renameTitle", { name: project.name })} first={field} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) keep();
        }}
      >
        <Field label={t("bar.name")}>
          {(id) => (
            <input
              ref={field}
              id={id}
              className={css.text}
              maxLength={255}
              value={name}
              onFocus={(event) => event.currentTarget.select()}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
        </Field>
        <ModalFooter>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="strong" type="submit" disabled={!name.trim() || rename.isPending}>
            {t("common.save")}
          </Button>
        </ModalFooter>
      </form>
    </Modal>
  );
}
