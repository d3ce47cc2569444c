import type { ReactNode } from "react";
import { useMe } from "@/api/people";
import { AccountDialog } from "@/people/AccountDialog";
import { usePeopleDialog } from "@/people/dialogs";
import { MembersDialog } from "@/people/MembersDialog";
import { NewWorkspaceDialog } from "@/people/NewWorkspaceDialog";

export function PeopleDialogs(): ReactNode {
  const open = usePeopleDialog((s) => s.open);
  const { data: me } = useMe();
  if (!me) return null;
  if (open === "account") return <AccountDialog me={me} />;
  if (open === "members") return <MembersDialog me={me} />;
  return open === "new-workspace" ? <NewWorkspaceDialog /> : null;
}
