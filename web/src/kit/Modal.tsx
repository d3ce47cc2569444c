import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "@/kit/Button";
import css from "@/kit/Modal.module.css";

type ModalProps = {
  title: string;
  onClose: () => void;
  /** Room for pictures: a little more, or as much as three pairs take. */
  wide?: boolean | "pictures";
  /** What has the focus first; else the first control. */
  first?: RefObject<HTMLElement | null>;
  children: ReactNode;
};

/** A dialog that is there as long as it is rendered. */
export function Modal({ title, onClose, wide, first, children }: ModalProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={css.backdrop} />
        <Dialog.Popup className={classes(css.popup, wide && css.wide, wide === "pictures" && css.pictures)} initialFocus={first}>
          <header className={css.header}>
            <Dialog.Title className={css.title}>{title}</Dialog.Title>
            <Dialog.Close className={css.close} aria-label={t("common.close")}>
              <X size={18} aria-hidden="true" />
            </Dialog.Close>
          </header>
          <div className={classes(css.body, "scrolls")}>{children}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

export function ModalFooter({ children }: { children: ReactNode }): ReactNode {
  return <footer className={css.footer}>{children}</footer>;
}
