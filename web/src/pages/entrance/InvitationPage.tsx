import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useEntry } from "@/api/entry";
import { type NewAccount, accept, getEntrance, join, lookAt, useMe } from "@/api/people";
import { Button } from "@/kit/Button";
import { AccountFields } from "@/pages/entrance/AccountFields";
import css from "@/pages/entrance/Entrance.module.css";
import { EntrancePage } from "@/pages/entrance/EntrancePage";
import { ProviderButton } from "@/pages/entrance/SignInPage";
import { useAttempt } from "@/pages/entrance/use-attempt";
import { refusalOf } from "@/people/refusals";
import { roleName } from "@/people/roles";

type InvitationPageProps = { secret: string; onDone: () => void };

/** Who opens the link of an invitation makes an account, or joins with the one they are in. */
export function InvitationPage({ secret, onDone }: InvitationPageProps): ReactNode {
  const { t } = useTranslation();
  const inside = useEntry((s) => s.entry === "in");
  const { data, error } = useQuery({
    queryKey: ["invitation", secret],
    queryFn: () => lookAt(secret),
    retry: false,
  });
  if (error) {
    return (
      <EntrancePage title={t("invitation.goneTitle")} help={refusalOf(t, error, "invitation")}>
        <Button className={css.wide} onClick={onDone}>
          {t("invitation.onward")}
        </Button>
      </EntrancePage>
    );
  }
  if (!data) return null;
  const help = t("invitation.help", { author: data.author, role: roleName(t, data.role) });
  return (
    <EntrancePage title={t("invitation.title", { workspace: data.workspace })} help={help}>
      {inside ? <Join secret={secret} onDone={onDone} /> : <Make secret={secret} onDone={onDone} />}
    </EntrancePage>
  );
}

function Join({ secret, onDone }: InvitationPageProps): ReactNode {
  const { t } = useTranslation();
  const { data: me } = useMe();
  const { busy, wrong, attempt } = useAttempt("invitation");
  return (
    <>
      {wrong && (
        <p className={css.bad} role="alert">
          {wrong}
        </p>
      )}
      <Button look="strong" className={css.wide} disabled={busy} onClick={() => attempt(() => join(secret).then(onDone))}>
        {t("invitation.join", { name: me?.name ?? "" })}
      </Button>
    </>
  );
}

function Make({ secret, onDone }: InvitationPageProps): ReactNode {
  const { t } = useTranslation();
  const [account, setAccount] = useState<NewAccount>({ name: "", login: "", password: "" });
  const { data } = useQuery({ queryKey: ["entrance"], queryFn: getEntrance });
  const { busy, wrong, attempt } = useAttempt("invitation");
  return (
    <>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          attempt(() => accept(secret, account).then(onDone));
        }}
      >
        {wrong && (
          <p className={css.bad} role="alert">
            {wrong}
          </p>
        )}
        <AccountFields account={account} onChange={setAccount} />
        <Button look="strong" type="submit" className={css.wide} disabled={busy}>
          {t("invitation.make")}
        </Button>
      </form>
      {data?.provider && (
        <>
          <p className={css.or}>{t("entrance.or")}</p>
          <ProviderButton name={data.provider} invitation={secret} />
        </>
      )}
      <p className={css.hint}>{t("invitation.known")}</p>
    </>
  );
}
