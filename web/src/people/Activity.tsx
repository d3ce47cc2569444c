import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useEvents } from "@/api/people";
import type { Me, Role, WorkspaceEvent } from "@/api/types";
import { Button } from "@/kit/Button";
import css from "@/people/People.module.css";
import { roleName } from "@/people/roles";

const ROLES: readonly string[] = ["viewer", "editor", "approver", "admin"] satisfies Role[];

function isRole(text: string): text is Role {
  return ROLES.includes(text);
}

/** Who did what in this workspace, and when: for its admins. */
export function Activity({ me }: { me: Me }): ReactNode {
  const { t, i18n } = useTranslation();
  const { data: events, hasNextPage, fetchNextPage } = useEvents(me.workspace);
  const moment = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "short" });
  const text = ({ what, who, subject, detail }: WorkspaceEvent) =>
    t(`activity.${what}`, { who, subject: subject || t("members.somebody"), detail, role: isRole(detail) ? roleName(t, detail) : detail });
  if (!events?.length) return null;
  return (
    <section className={css.section} aria-labelledby="members-activity">
      <h3 id="members-activity">{t("activity.title")}</h3>
      <ol className={css.list}>
        {events.map((event, number) => (
          <li key={number} className={css.event}>
            {text(event)}
            <small>{moment.format(Date.parse(event.at))}</small>
          </li>
        ))}
      </ol>
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{t("activity.more")}</Button>}
    </section>
  );
}
