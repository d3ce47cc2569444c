import { Menu } from "@base-ui/react/menu";
import { Check, ChevronDown, LogOut, Plus, UserRound, UsersRound } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { changeWorkspace, signOut, useMe, useWorkspaces } from "@/api/people";
import type { Me } from "@/api/types";
import { notify } from "@/kit/notices";
import { openPeopleDialog } from "@/people/dialogs";
import css from "@/people/People.module.css";
import { roleName } from "@/people/roles";

/** Which workspace one is in, and the way to others and to its members. */
export function WorkspaceMenu(): ReactNode {
  const { data: me } = useMe();
  return me?.accounts ? <Workspaces me={me} /> : null;
}

function Workspaces({ me }: { me: Me }): ReactNode {
  const { t } = useTranslation();
  const place = useRef<HTMLSpanElement>(null);
  const { data: workspaces } = useWorkspaces();
  const change = (workspace: string) => {
    if (workspace === me.workspace) return;
    changeWorkspace(workspace).catch(() => notify({ kind: "bad", text: t("save.tryAgain") }));
  };
  return (
    <Menu.Root>
      <Menu.Trigger className={css.workspace} aria-label={t("team.workspace", { name: me.workspace_name })}>
        <span className={css.workspaceName}>{me.workspace_name}</span>
        <ChevronDown size={15} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal container={place}>
        <Menu.Positioner className={css.layer} align="start" sideOffset={4}>
          <Menu.Popup className={css.menu}>
            <Menu.RadioGroup value={me.workspace} onValueChange={change} aria-label={t("team.workspaces")}>
              {workspaces?.map(({ id, name, role }) => (
                <Menu.RadioItem key={id} value={id} className={css.item} closeOnClick>
                  <span className={css.itemText}>
                    {name}
                    <small>{roleName(t, role)}</small>
                  </span>
                  <Menu.RadioItemIndicator>
                    <Check size={15} aria-hidden="true" />
                  </Menu.RadioItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <Menu.Separator className={css.rule} />
            <Menu.Item className={css.item} onClick={() => openPeopleDialog("members")}>
              <UsersRound size={15} aria-hidden="true" />
              {t("members.open")}
            </Menu.Item>
            {me.administrator && (
              <Menu.Item className={css.item} onClick={() => openPeopleDialog("new-workspace")}>
                <Plus size={15} aria-hidden="true" />
                {t("team.newWorkspace")}
              </Menu.Item>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
      <span ref={place} />
    </Menu.Root>
  );
}

/** Who is signed in, and the way out. */
export function AccountMenu(): ReactNode {
  const { t } = useTranslation();
  const place = useRef<HTMLSpanElement>(null);
  const { data: me } = useMe();
  if (!me?.accounts) return null;
  const leave = () => {
    signOut().catch(() => notify({ kind: "bad", text: t("save.tryAgain") }));
  };
  return (
    <Menu.Root>
      <Menu.Trigger
        className={css.account}
        aria-label={t("team.account", { name: me.name })}
        data-initials={initials(me.name)}
      />
      <Menu.Portal container={place}>
        <Menu.Positioner className={css.layer} align="end" sideOffset={4}>
          <Menu.Popup className={css.menu}>
            <Menu.Item className={css.item} onClick={() => openPeopleDialog("account")}>
              <UserRound size={15} aria-hidden="true" />
              <span className={css.itemText}>
                {t("account.open")}
                <small>{me.name}</small>
              </span>
            </Menu.Item>
            <Menu.Separator className={css.rule} />
            <Menu.Item className={css.item} onClick={leave}>
              <LogOut size={15} aria-hidden="true" />
              {t("team.signOut")}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
      <span ref={place} />
    </Menu.Root>
  );
}

/** The first letters of the first and the last word of a name. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => Array.from(word ?? "")[0]?.toUpperCase() ?? "").join("") || "?";
}
