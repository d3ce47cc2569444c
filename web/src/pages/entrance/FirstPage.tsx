import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type NewAccount, makeFirst } from "@/api/people";
import { Button } from "@/kit/Button";
import dialogs from "@/kit/Dialogs.module.css";
import { Field } from "@/kit/Form";
import { AccountFields } from "@/pages/entrance/AccountFields";
import css from "@/pages/entrance/Entrance.module.css";
import { EntrancePage } from "@/pages/entrance/EntrancePage";
import { useAttempt } from "@/pages/entrance/use-attempt";

type FirstPageProps = { token: string | null; onDone: () => void };

/** Makes the first administrator; without the printed link it says where to find it. */
export function FirstPage({ token, onDone }: FirstPageProps): ReactNode {
  const { t } = useTranslation();
  const [account, setAccount] = useState<NewAccount>({ name: "", login: "", password: "" });
  const [workspace, setWorkspace] = useState("");
  const { busy, wrong, attempt } = useAttempt("first");
  if (token === null) return <EntrancePage title={t("first.title")} help={t("first.noLink")}>{null}</EntrancePage>;
  return (
    <EntrancePage title={t("first.title")} help={t("first.help")}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          attempt(() => makeFirst(token, account, workspace).then(onDone));
        }}
      >
        {wrong && (
          <p className={css.bad} role="alert">
            {wrong}
          </p>
        )}
        <AccountFields account={account} onChange={setAccount} />
        <Field label={t("first.workspace")}>
          {(id) => (
            <input
              id={id}
              className={dialogs.text}
              autoComplete="organization"
              required
              maxLength={120}
              value={workspace}
              onChange={(event) => setWorkspace(event.currentTarget.value)}
            />
          )}
        </Field>
        <Button look="strong" type="submit" className={css.wide} disabled={busy}>
          {t("first.make")}
        </Button>
      </form>
    </EntrancePage>
  );
}
