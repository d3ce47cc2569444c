import { KeyRound } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useQuery } from "@tanstack/react-query";
import { getEntrance, passkeysWork, providerUrl, signIn, signInWithPasskey } from "@/api/people";
import { Button } from "@/kit/Button";
import dialogs from "@/kit/Dialogs.module.css";
import { Field } from "@/kit/Form";
import css from "@/pages/entrance/Entrance.module.css";
import { EntrancePage } from "@/pages/entrance/EntrancePage";
import { useAttempt } from "@/pages/entrance/use-attempt";
import { Secret } from "@/people/Secret";

/** `said` is what the server told the browser when it came back from another site. */
export function SignInPage({ said }: { said: string | null }): ReactNode {
  const { t } = useTranslation();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const byPassword = useAttempt("sign-in", said);
  const byPasskey = useAttempt("passkey");
  const wrong = byPassword.wrong ?? byPasskey.wrong;
  const busy = byPassword.busy || byPasskey.busy;
  return (
    <EntrancePage title={t("entrance.title")} help={t("entrance.help")}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          byPassword.attempt(() => signIn(login, password));
        }}
      >
        {wrong && (
          <p className={css.bad} role="alert">
            {wrong}
          </p>
        )}
        <Field label={t("entrance.login")}>
          {(id) => (
            <input
              id={id}
              className={dialogs.text}
              autoComplete="username webauthn"
              autoCapitalize="none"
              spellCheck={false}
              required
              maxLength={254}
              value={login}
              onChange={(event) => setLogin(event.currentTarget.value)}
            />
          )}
        </Field>
        <Secret label={t("entrance.password")} value={password} onChange={setPassword} />
        <Button look="strong" type="submit" className={css.wide} disabled={busy}>
          {t("entrance.signIn")}
        </Button>
      </form>
      <OtherWays busy={busy} onPasskey={() => byPasskey.attempt(signInWithPasskey)} />
    </EntrancePage>
  );
}

function OtherWays({ busy, onPasskey }: { busy: boolean; onPasskey: () => void }): ReactNode {
  const { t } = useTranslation();
  const { data } = useQuery({ queryKey: ["entrance"], queryFn: getEntrance });
  const provider = data?.provider;
  if (!passkeysWork() && !provider) return null;
  return (
    <>
      <p className={css.or}>{t("entrance.or")}</p>
      <div className={css.others}>
        {passkeysWork() && (
          <Button className={css.wide} disabled={busy} onClick={onPasskey}>
            <KeyRound size={16} aria-hidden="true" />
            {t("entrance.passkey")}
          </Button>
        )}
        {provider && <ProviderButton name={provider} />}
      </div>
    </>
  );
}

export function ProviderButton({ name, invitation }: { name: string; invitation?: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <Button className={css.wide} onClick={() => location.assign(providerUrl(invitation))}>
      {t("entrance.provider", { name })}
    </Button>
  );
}
