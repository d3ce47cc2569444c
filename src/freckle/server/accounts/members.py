"""Routes: workspaces, their members, and invitations."""

from dataclasses import asdict
from typing import Final

from fastapi import APIRouter

from freckle.server.accounts.here import People
from freckle.server.accounts.wire import (
    EventEntry,
    HoldingAnswer,
    InvitationEntry,
    InvitationLink,
    InvitationRequest,
    MemberAnswer,
    QuotaValues,
    RoleChange,
    WorkspaceAnswer,
    WorkspaceRequest,
)
from freckle.server.gate import Me
from freckle.server.holding import held_by
from freckle.server.paging import Paged
from freckle.server.quota import Quota
from freckle.server.wire import moment

ROUTES: Final = APIRouter(prefix="/api/workspaces", tags=["workspaces"])


@ROUTES.get("")
async def list_all(me: Me, here: People) -> list[WorkspaceAnswer]:
    """List the workspaces that one belongs to."""
    return [
        WorkspaceAnswer(id=w.id, name=w.name, role=w.role)
        for w in await here.stored(here.store.workspaces, me)
    ]


@ROUTES.post("", status_code=201)
async def create(request: WorkspaceRequest, me: Me, here: People) -> WorkspaceAnswer:
    """Make a workspace, as an administrator of the server."""
    made = await here.stored(here.store.create_workspace, me, request.name)
    return WorkspaceAnswer(id=made.id, name=made.name, role=made.role)


@ROUTES.patch("/{workspace}", status_code=204)
async def rename(workspace: str, request: WorkspaceRequest, me: Me, here: People) -> None:
    """Call a workspace differently."""
    await here.stored(here.store.rename_workspace, me, workspace, request.name)


@ROUTES.get("/{workspace}/members")
async def members(
    workspace: str,
    me: Me,
    here: People,
    paged: Paged,
) -> list[MemberAnswer]:
    """List the members, by when they came."""
    items = await paged.of(here, here.store.member_page, me, workspace)
    return [
        MemberAnswer(id=m.id, name=m.name, login=m.login, role=m.role, since=moment(m.created))
        for m in items
    ]


@ROUTES.get("/{workspace}/quota")
async def quota(workspace: str, me: Me, here: People) -> HoldingAnswer:
    """Say what a workspace holds and may hold; `results` are kept files, made anew when needed."""
    held = await held_by(here, me, workspace)
    used, limit = QuotaValues(**asdict(held.used)), QuotaValues(**asdict(held.limit))
    return HoldingAnswer(used=used, limit=limit, results=held.results)


@ROUTES.put("/{workspace}/quota", status_code=204)
async def set_quota(workspace: str, request: QuotaValues, me: Me, here: People) -> None:
    """Limit a workspace, as an administrator of the server; null is what all have."""
    await here.stored(here.store.set_quota, workspace, Quota(**request.model_dump()), me)


@ROUTES.patch("/{workspace}/members/{member}", status_code=204)
async def change_role(
    workspace: str, member: str, change: RoleChange, me: Me, here: People
) -> None:
    """Give a member another role."""
    await here.stored(here.store.change_role, me, workspace, member, change.role)


@ROUTES.delete("/{workspace}/members/{member}", status_code=204)
async def remove_member(workspace: str, member: str, me: Me, here: People) -> None:
    """Take a member out of a workspace, or leave it."""
    await here.stored(here.store.remove_member, me, workspace, member)


@ROUTES.get("/{workspace}/events")
async def events(
    workspace: str,
    me: Me,
    here: People,
    paged: Paged,
) -> list[EventEntry]:
    """List who did what in a workspace, the newest first."""
    items = await paged.of(here, here.store.event_page, me, workspace)
    return [
        EventEntry(who=e.who, what=e.what, subject=e.subject, detail=e.detail, at=moment(e.at))
        for e in items
    ]


@ROUTES.get("/{workspace}/invitations")
async def invitations(
    workspace: str,
    me: Me,
    here: People,
    paged: Paged,
) -> list[InvitationEntry]:
    """List open invitations, oldest first."""
    items = await paged.of(here, here.store.invitation_page, me, workspace)
    return [
        InvitationEntry(
            id=each.id,
            role=each.role,
            note=each.note,
            author=each.author,
            created=moment(each.created),
            expires=moment(each.expires),
        )
        for each in items
    ]


@ROUTES.post("/{workspace}/invitations", status_code=201)
async def invite(
    workspace: str, request: InvitationRequest, me: Me, here: People
) -> InvitationLink:
    """Invite somebody: the answer holds what the link needs, this once."""
    secret = await here.stored(here.store.invite, me, workspace, request.role, request.note)
    return InvitationLink(secret=secret)


@ROUTES.delete("/{workspace}/invitations/{invitation}", status_code=204)
async def withdraw(workspace: str, invitation: str, me: Me, here: People) -> None:
    """Make an open invitation worthless."""
    await here.stored(here.store.withdraw, me, workspace, invitation)
