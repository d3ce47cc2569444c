import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { enterWith } from "@/api/session";
import { Button } from "@/kit/Button";
import dialogs from "@/kit/Dialogs.module.css";
import { Field } from "@/kit/Form";
import { Logo } from "@/kit/Logo";
import css from "@/pages/home/Locked.module.css";

/** A page opened without the start token says what to do. */
export function LockedPage({ onOpen }: { onOpen: () => void }): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const enter = async () => {
    if (await enterWith(typed)) onOpen();
    else setWrong(true);
  };
  return (
    <main className={css.page}>
      <form
        className={css.box}
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        <Logo />
        <h1 className={css.title}>{t("locked.title")}</h1>
        <p className={css.help}>{t("locked.help")}</p>
        <Field label={t("locked.address")}>
          {(id) => (
            <input
              id={id}
              className={dialogs.text}
              autoComplete="off"
              value={typed}
              aria-invalid={wrong}
              onChange={(event) => {
                setTyped(event.currentTarget.value);
                setWrong(false);
              }}
            />
          )}
        </Field>
        {wrong && (
          <p className={dialogs.bad} role="alert">
            {t("locked.wrong")}
          </p>
        )}
        <Button look="strong" type="submit" disabled={typed.trim() === ""}>
          {t("locked.open")}
        </Button>
      </form>
    </main>
  );
}
