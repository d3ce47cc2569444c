import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { NewAccount } from "@/api/people";
import dialogs from "@/kit/Dialogs.module.css";
import { Field } from "@/kit/Form";
import { Secret } from "@/people/Secret";

type AccountFieldsProps = { account: NewAccount; onChange: (account: NewAccount) => void };

/** What a new account needs. */
export function AccountFields({ account, onChange }: AccountFieldsProps): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Field label={t("entrance.name")}>
        {(id) => (
          <input
            id={id}
            className={dialogs.text}
            autoComplete="name"
            required
            maxLength={120}
            value={account.name}
            onChange={(event) => onChange({ ...account, name: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={t("entrance.login")}>
        {(id) => (
          <input
            id={id}
            className={dialogs.text}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={254}
            value={account.login}
            onChange={(event) => onChange({ ...account, login: event.currentTarget.value })}
          />
        )}
      </Field>
      <Secret
        label={t("entrance.password")}
        fresh
        value={account.password}
        onChange={(password) => onChange({ ...account, password })}
      />
    </>
  );
}
