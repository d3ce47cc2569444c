import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { invite } from "@/api/people";
import type { Role } from "@/api/types";
import { Button } from "@/kit/Button";
import { copyText } from "@/kit/copy-text";
import dialogs from "@/kit/Dialogs.module.css";
import { notify } from "@/kit/notices";
import css from "@/people/People.module.css";
import { refusalOf } from "@/people/refusals";
import { RoleSelect } from "@/people/RoleSelect";

/** Makes a link for one person; it is shown once, to be sent by whatever way the inviter likes. */
export function InviteForm({ workspace }: { workspace: string }): ReactNode {
  const { t } = useTranslation();
  const ids = useId();
  const [note, setNote] = useState("");
  const [role, setRole] = useState<Role>("editor");
  const [link, setLink] = useState<string | null>(null);
  const make = () => {
    invite(workspace, role, note.trim()).then(
      (made) => {
        setLink(made);
        setNote("");
      },
      (error: unknown) => notify({ kind: "bad", text: refusalOf(t, error, "members") }),
    );
  };
  return (
    <form
      className={css.section}
      aria-labelledby={`${ids}-title`}
      onSubmit={(event) => {
        event.preventDefault();
        make();
      }}
    >
      <h3 id={`${ids}-title`}>{t("members.invite")}</h3>
      <div className={css.invite}>
        <div className={`${css.field ?? ""} ${css.grow ?? ""}`}>
          <label htmlFor={`${ids}-whom`} className={css.note}>
            {t("members.whom")}
          </label>
          <input
            id={`${ids}-whom`}
            className={dialogs.text}
            maxLength={120}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </div>
        <div className={css.field}>
          <label htmlFor={`${ids}-role`} className={css.note}>
            {t("members.role")}
          </label>
          <RoleSelect id={`${ids}-role`} value={role} onChange={setRole} />
        </div>
        <Button look="strong" type="submit" className={css.tall}>
          {t("members.makeLink")}
        </Button>
      </div>
      <p className={css.hint}>{t(`roles.${role}Help`)}</p>
      {link !== null && <Link link={link} />}
    </form>
  );
}

function Link({ link }: { link: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className={css.link} role="status">
      <p className={css.note}>{t("members.linkHelp")}</p>
      <div className={css.row}>
        <input
          className={dialogs.text}
          aria-label={t("members.link")}
          readOnly
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button onClick={() => copyText(t, link)}>{t("members.copy")}</Button>
      </div>
    </div>
  );
}
