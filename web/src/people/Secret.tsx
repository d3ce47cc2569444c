import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/kit/Button";
import dialogs from "@/kit/Dialogs.module.css";
import { Field } from "@/kit/Form";
import css from "@/people/People.module.css";

type SecretProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Whether one is being thought up: password managers then offer to. */
  fresh?: boolean;
};

export const SHORTEST = 10;

/** A password, which can be shown to whoever types it. */
export function Secret({ label, value, onChange, fresh }: SecretProps): ReactNode {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <Field label={label}>
      {(id) => (
        <>
          <span className={css.secret}>
            <input
              id={id}
              className={dialogs.text}
              type={shown ? "text" : "password"}
              autoComplete={fresh ? "new-password" : "current-password"}
              autoCapitalize="none"
              spellCheck={false}
              required
              minLength={fresh ? SHORTEST : 1}
              maxLength={256}
              aria-describedby={fresh ? `${id}-hint` : undefined}
              value={value}
              onChange={(event) => onChange(event.currentTarget.value)}
            />
            <Button look="quiet" className={css.show} aria-pressed={shown} onClick={() => setShown(!shown)}>
              {t("account.show")}
              <span className="visually-hidden"> {label}</span>
            </Button>
          </span>
          {fresh && (
            <p id={`${id}-hint`} className={css.hint}>
              {t("account.passwordHint", { count: SHORTEST })}
            </p>
          )}
        </>
      )}
    </Field>
  );
}
