import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useHashLocation } from "wouter/use-hash-location";
import { Button } from "@/kit/Button";
import dialogs from "@/kit/Dialogs.module.css";
import { Field } from "@/kit/Form";
import { Logo } from "@/kit/Logo";
import { Notices } from "@/kit/Notices";
import { ConfirmBar } from "@/pages/guest/ConfirmBar";
import { Gallery } from "@/pages/guest/Gallery";
import css from "@/pages/guest/Guest.module.css";
import { lookAgain, openLink, useGuest } from "@/pages/guest/guest-store";
import { PicturePage } from "@/pages/guest/PicturePage";
import { askText, troubleText } from "@/pages/guest/words";

/** The page of a link: whoever has it sees pictures, says what they think, and decides. */
export function GuestPage(): ReactNode {
  const [place, go] = useHashLocation();
  const [, secret, number] = /^\/s\/([\w-]+)(?:\/(\d+))?$/.exec(place) ?? [];
  useEffect(() => {
    if (secret) void openLink(secret);
    else location.reload(); // the address leads somewhere else in the editor
  }, [secret]);
  useEffect(() => {
    const back = () => void lookAgain();
    window.addEventListener("focus", back);
    return () => window.removeEventListener("focus", back);
  }, []);
  if (!secret) return null;
  const open = (picture: number | null) => go(`/s/${secret}${picture === null ? "" : `/${picture + 1}`}`);
  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={500} closeDelay={0}>
        <Door secret={secret} shown={number === undefined ? null : Number(number) - 1} onOpen={open} />
        <Notices />
      </Tooltip.Provider>
    </CSPProvider>
  );
}

type DoorProps = { secret: string; shown: number | null; onOpen: (picture: number | null) => void };

function Door({ secret, shown, onOpen }: DoorProps): ReactNode {
  const { t } = useTranslation();
  const phase = useGuest((s) => s.phase);
  if (phase === "asking") return <main className={css.page} aria-busy="true" />;
  if (phase === "gone") return <Said title={t("guest.goneTitle")} help={t("guest.goneHelp")} />;
  if (phase === "password") return <Password secret={secret} />;
  if (phase === "away") {
    return (
      <Said title={t("guest.awayTitle")} help={t("guest.awayHelp")}>
        <Button onClick={() => void openLink(secret)}>{t("guest.again")}</Button>
      </Said>
    );
  }
  return <Inside shown={shown} onOpen={onOpen} />;
}

function Said({ title, help, children }: { title: string; help: string; children?: ReactNode }): ReactNode {
  return (
    <main className={`${css.said ?? ""} scrolls`}>
      <Logo />
      <h1 className={css.title}>{title}</h1>
      <p className={css.help}>{help}</p>
      {children}
    </main>
  );
}

function Password({ secret }: { secret: string }): ReactNode {
  const { t } = useTranslation();
  const trouble = useGuest((s) => s.trouble);
  const [password, setPassword] = useState("");
  return (
    <Said title={t("guest.passwordTitle")} help={t("guest.passwordHelp")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void openLink(secret, password);
        }}
      >
        {trouble !== null && (
          <p className={css.bad} role="alert">
            {troubleText(t, trouble)}
          </p>
        )}
        <Field label={t("entrance.password")}>
          {(id) => (
            <input
              id={id}
              className={dialogs.text}
              type="password"
              autoComplete="off"
              autoCapitalize="none"
              required
              maxLength={256}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          )}
        </Field>
        <Button look="strong" type="submit" className={css.tall}>
          {t("guest.open")}
        </Button>
      </form>
    </Said>
  );
}

function Inside({ shown, onOpen }: Omit<DoorProps, "secret">): ReactNode {
  const { t } = useTranslation();
  const share = useGuest((s) => s.share);
  const trouble = useGuest((s) => s.trouble);
  if (!share) return null;
  const single = share.pictures.length === 1;
  const index = single ? 0 : shown;
  const picture = index === null ? undefined : share.pictures[index];
  return (
    <div className={css.page}>
      <main className={`${css.scroll ?? ""} scrolls`}>
        <header className={css.header}>
          <h1 className={css.title}>{t("guest.title", { author: share.author, count: share.pictures.length })}</h1>
          <p className={css.help}>
            {share.confirmed ? t("guest.locked") : askText(t, share)}
            {!share.confirmed && share.terms.comments && ` ${t("guest.mayComment")}`}
          </p>
        </header>
        {trouble !== null && (
          <p className={css.bad} role="alert">
            {troubleText(t, trouble)}
          </p>
        )}
        {picture ? (
          <PicturePage key={picture.place} share={share} picture={picture} onOpen={onOpen} />
        ) : (
          <Gallery share={share} onOpen={onOpen} />
        )}
      </main>
      <ConfirmBar share={share} />
    </div>
  );
}
