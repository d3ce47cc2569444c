import { X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  changeRole,
  leaveWorkspace,
  removeMember,
  renameWorkspace,
  useInvitations,
  useMembers,
  withdraw,
} from "@/api/people";
import type { Me, Member } from "@/api/types";
import { Button, IconButton } from "@/kit/Button";
import dialogs from "@/kit/Dialogs.module.css";
import { Modal } from "@/kit/Modal";
import { notify } from "@/kit/notices";
import { openPeopleDialog } from "@/people/dialogs";
import { Holding } from "@/people/Holding";
import { InviteForm } from "@/people/InviteForm";
import css from "@/people/People.module.css";
import { initials } from "@/people/PeopleMenus";
import { Activity } from "@/people/Activity";
import { refusalOf } from "@/people/refusals";
import { RoleSelect } from "@/people/RoleSelect";
import { roleName } from "@/people/roles";

/** Does something about members, and says why when it was refused. */
function useTry(): (work: Promise<void>) => void {
  const { t } = useTranslation();
  return (work) => {
    work.catch((error: unknown) => notify({ kind: "bad", text: refusalOf(t, error, "members") }));
  };
}

export function MembersDialog({ me }: { me: Me }): ReactNode {
  const { t } = useTranslation();
  const { data: members } = useMembers(me.workspace);
  const attempt = useTry();
  const admin = me.role === "admin";
  const close = () => openPeopleDialog(null);
  return (
    <Modal title={t("members.title", { name: me.workspace_name })} wide onClose={close}>
      {admin && <InviteForm workspace={me.workspace} />}
      {admin && <Invitations me={me} />}
      <section className={css.section} aria-labelledby="members-list">
        <h3 id="members-list">{t("members.list")}</h3>
        <ul className={css.list}>
          {members?.map((member) => (
            <MemberRow key={member.id} me={me} member={member} />
          ))}
        </ul>
      </section>
      <Holding workspace={me.workspace} />
      {admin && <Activity me={me} />}
      {admin && <Rename key={me.workspace} me={me} />}
      <section className={css.section}>
        <Button onClick={() => attempt(leaveWorkspace(me.workspace, me.user).then(close))}>{t("members.leave")}</Button>
      </section>
    </Modal>
  );
}

function MemberRow({ me, member }: { me: Me; member: Member }): ReactNode {
  const { t } = useTranslation();
  const attempt = useTry();
  const own = member.id === me.user;
  return (
    <li className={css.person}>
      <span className={css.face} aria-hidden="true">
        {initials(member.name)}
      </span>
      <span className={css.personText}>
        {own ? t("members.you", { name: member.name }) : member.name}
        <small>{member.login}</small>
      </span>
      {me.role === "admin" ? (
        <>
          <RoleSelect
            label={t("members.roleOf", { name: member.name })}
            value={member.role}
            onChange={(role) => attempt(changeRole(me.workspace, member.id, role))}
          />
          <IconButton
            label={t("members.remove", { name: member.name })}
            disabled={own}
            onClick={() => attempt(removeMember(me.workspace, member.id))}
          >
            <X size={16} aria-hidden="true" />
          </IconButton>
        </>
      ) : (
        <span className={css.note}>{roleName(t, member.role)}</span>
      )}
    </li>
  );
}

function Invitations({ me }: { me: Me }): ReactNode {
  const { t, i18n } = useTranslation();
  const { data: open } = useInvitations(me.workspace, true);
  const attempt = useTry();
  if (!open?.length) return null;
  const day = new Intl.DateTimeFormat(i18n.language, { day: "numeric", month: "long" });
  return (
    <section className={css.section} aria-labelledby="members-invited">
      <h3 id="members-invited">{t("members.invited")}</h3>
      <ul className={css.list}>
        {open.map(({ id, role, note, expires }) => (
          <li key={id} className={css.person}>
            <span className={css.personText}>
              {note || t("members.somebody")}
              <small>
                {t("members.until", { role: roleName(t, role), date: day.format(Date.parse(expires)) })}
              </small>
            </span>
            <Button onClick={() => attempt(withdraw(me.workspace, id))}>
              {t("members.withdraw")}
              <span className="visually-hidden"> {note}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Rename({ me }: { me: Me }): ReactNode {
  const { t } = useTranslation();
  const [name, setName] = useState(me.workspace_name);
  const attempt = useTry();
  return (
    <form
      className={css.section}
      onSubmit={(event) => {
        event.preventDefault();
        attempt(renameWorkspace(me.workspace, name));
      }}
    >
      <h3>
        <label htmlFor="workspace-name">{t("team.workspaceName")}</label>
      </h3>
      <div className={css.row}>
        <input
          id="workspace-name"
          className={dialogs.text}
          required
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" disabled={name === me.workspace_name}>
          {t("members.rename")}
        </Button>
      </div>
    </form>
  );
}
