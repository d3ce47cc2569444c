import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  addPasskey,
  changePassword,
  endSession,
  passkeysWork,
  removePasskey,
  signOutEverywhere,
  useAccount,
  usePasskeys,
  useSessions,
} from "@/api/people";
import type { Me } from "@/api/types";
import { Button } from "@/kit/Button";
import { timeAgo } from "@/kit/i18n/format";
import { Modal } from "@/kit/Modal";
import { notify } from "@/kit/notices";
import { openPeopleDialog } from "@/people/dialogs";
import css from "@/people/People.module.css";
import { type Doing, refusalOf } from "@/people/refusals";
import { Secret } from "@/people/Secret";

function useTry(doing: Doing): (work: Promise<void>) => void {
  const { t } = useTranslation();
  return (work) => {
    work.catch((error: unknown) => notify({ kind: "bad", text: refusalOf(t, error, doing) }));
  };
}

/** One's own ways in, and the browsers that are in. */
export function AccountDialog({ me }: { me: Me }): ReactNode {
  const { t } = useTranslation();
  const { data: account } = useAccount();
  return (
    <Modal title={t("account.title", { name: me.name })} onClose={() => openPeopleDialog(null)}>
      {account?.login && <p className={css.note}>{t("account.login", { login: account.login })}</p>}
      <Passkeys />
      {account && <Password had={account.password} />}
      <Browsers />
    </Modal>
  );
}

function Passkeys(): ReactNode {
  const { t, i18n } = useTranslation();
  const { data: passkeys } = usePasskeys();
  const attempt = useTry("passkey");
  const add = () => attempt(addPasskey(t("account.passkeyName", { number: (passkeys?.length ?? 0) + 1 })));
  return (
    <section className={css.section} aria-labelledby="account-passkeys">
      <h3 id="account-passkeys">{t("account.passkeys")}</h3>
      <ul className={css.list}>
        {passkeys?.map(({ id, name, created }) => (
          <li key={id} className={css.person}>
            <span className={css.personText}>
              {name}
              <small>{timeAgo(Date.parse(created), Date.now(), i18n.language)}</small>
            </span>
            <Button onClick={() => attempt(removePasskey(id))}>
              {t("account.remove")}
              <span className="visually-hidden"> {name}</span>
            </Button>
          </li>
        ))}
      </ul>
      <p className={css.hint}>{t(passkeysWork() ? "account.passkeysHelp" : "account.passkeysNot")}</p>
      {passkeysWork() && <Button onClick={add}>{t("account.addPasskey")}</Button>}
    </section>
  );
}

function Password({ had }: { had: boolean }): ReactNode {
  const { t } = useTranslation();
  const [old, setOld] = useState("");
  const [next, setNext] = useState("");
  const attempt = useTry("password");
  const change = async () => {
    await changePassword(had ? old : null, next);
    setOld("");
    setNext("");
    notify({ kind: "plain", text: t("account.passwordChanged") });
  };
  return (
    <form
      className={css.section}
      aria-labelledby="account-password"
      onSubmit={(event) => {
        event.preventDefault();
        attempt(change());
      }}
    >
      <h3 id="account-password">{t("account.password")}</h3>
      {had && <Secret label={t("account.old")} value={old} onChange={setOld} />}
      <Secret label={t("account.new")} fresh value={next} onChange={setNext} />
      <Button type="submit">{t(had ? "account.change" : "account.set")}</Button>
    </form>
  );
}

function Browsers(): ReactNode {
  const { t, i18n } = useTranslation();
  const { data: sessions } = useSessions();
  const attempt = useTry("members");
  const leave = async () => {
    await signOutEverywhere();
    openPeopleDialog(null);
  };
  return (
    <section className={css.section} aria-labelledby="account-browsers">
      <h3 id="account-browsers">{t("account.browsers")}</h3>
      <ul className={css.list}>
        {sessions?.map(({ id, browser, created, here }) => (
          <li key={id} className={css.person}>
            <span className={css.personText}>
              {browser || t("account.someBrowser")}
              <small>{here ? t("account.here") : timeAgo(Date.parse(created), Date.now(), i18n.language)}</small>
            </span>
            {!here && (
              <Button onClick={() => attempt(endSession(id))}>
                {t("team.signOut")}
                <span className="visually-hidden"> {browser}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button onClick={() => attempt(leave())}>{t("account.everywhere")}</Button>
    </section>
  );
}
