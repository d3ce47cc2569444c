import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { beneath } from "@/document/looks";
import { recipeNow, useDocument } from "@/document/store";
import { Button } from "@/kit/Button";
import css from "@/kit/Dialogs.module.css";
import { Field } from "@/kit/Form";
import { Modal, ModalFooter } from "@/kit/Modal";
import { notify } from "@/kit/notices";
import { savePreset } from "@/panels/own-presets";
import { openDialog, openPanel } from "@/panels/workbench";

const LONGEST = 40;

/** A name for the sliders; a look that is worn brings its own. */
export function SavePresetDialog(): ReactNode {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(() => beneath(useDocument.getState().history).worn?.slice(0, LONGEST) ?? "");
  const save = () => {
    savePreset(name.trim(), recipeNow()).then(
      () => {
        openDialog(null);
        openPanel("retouch");
        notify({ kind: "plain", text: t("preset.saved", { name: name.trim() }) });
      },
      () => notify({ kind: "bad", text: t("save.tryAgain") }),
    );
  };
  return (
    <Modal title={t("preset.save")} first={field} onClose={() => openDialog(null)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) save();
        }}
      >
        <Field label={t("preset.name")}>
          {(id) => (
            <input
              ref={field}
              id={id}
              className={css.text}
              maxLength={LONGEST}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
        </Field>
        <p className={css.note}>{t("preset.saveHelp")}</p>
        <ModalFooter>
          <Button onClick={() => openDialog(null)}>{t("common.cancel")}</Button>
          <Button look="strong" type="submit" disabled={!name.trim()}>
            {t("common.save")}
          </Button>
        </ModalFooter>
      </form>
    </Modal>
  );
}
