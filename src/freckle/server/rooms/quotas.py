"""Room: what workspaces hold and may hold."""

from collections.abc import Set
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, delete, func, insert, select

from freckle.server.problems import WebError, not_found
from freckle.server.quota import Quota
from freckle.server.rooms.room import Room, demand
from freckle.server.tables import PHOTOS, PROJECTS, QUOTAS, WORKSPACES
from freckle.server.users import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What a workspace holds (without results that are kept), may hold, and what is set for it."""

    workspace: str
    name: str
    used: Quota
    limit: Quota
    own: Quota


class Quotas(Room):
    """Counts, and sets limits. Kept results are no rows: the folder says how many there are."""

    def holding(self, user: User, workspace: str) -> Holding:
        """Return what a workspace of the user's holds. Raises `not_found`."""
        with self._engine.connect() as connection:
            demand(connection, user, workspace, "viewer")
        return self.holding_of(workspace)

    def holding_of(self, workspace: str) -> Holding:
        """Return what any workspace holds, for whoever runs the server. Raises `not_found`."""
        with self._engine.connect() as connection:
            query = select(WORKSPACES.c.name).where(WORKSPACES.c.id == workspace)
            name = connection.scalar(query)
            if name is None:
                raise not_found("workspace")
            own = _own(connection, workspace)
            used = _used(connection, workspace)
        return Holding(
            workspace=workspace, name=name, used=used, limit=own.over(self._quota), own=own
        )

    def holdings(self) -> list[Holding]:
        """Return what every workspace holds, by name, for whoever runs the server."""
        with self._engine.connect() as connection:
            query = select(WORKSPACES.c.id).order_by(WORKSPACES.c.name, WORKSPACES.c.id)
            known = list(connection.scalars(query))
        return [self.holding_of(workspace) for workspace in known]

    def set_quota(self, workspace: str, quota: Quota, user: User | None = None) -> None:
        """Limit a workspace; None for what the server gives to all.

        Raises `not_found`, and `forbidden` for a user who is no administrator of the server.
        """
        if user is not None and not user.administrator:
            raise WebError(
                "forbidden",
                "Only an administrator of the server may give workspaces room.",
                "Ask whoever runs this server.",
            )
        self.holding_of(workspace)
        with self._engine.begin() as connection:
            connection.execute(delete(QUOTAS).where(QUOTAS.c.workspace == workspace))
            connection.execute(insert(QUOTAS).values(workspace=workspace, **asdict(quota)))

    def check_room(self, user: User, more: Quota, digest: str) -> None:
        """Say before any work that a photo will not fit. Raises `quota`."""
        with self._engine.connect() as connection:
            demand_room(connection, self._quota, user.workspace, more, besides=digest)

    def digests(self, workspace: str) -> Set[str]:
        """Return the digests of a workspace's originals."""
        query = select(PHOTOS.c.digest).where(PHOTOS.c.workspace == workspace)
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(query))


def demand_room(
    connection: Connection, general: Quota, workspace: str, more: Quota, *, besides: str = ""
) -> None:
    """Let something new in where there is room for it; the photo `besides` is there already.

    Raises `quota`. Several server processes may let in one thing each at the same moment.
    """
    limit = _own(connection, workspace).over(general)
    if limit == Quota():
        return
    there = select(PHOTOS.c.id).where(PHOTOS.c.workspace == workspace, PHOTOS.c.digest == besides)
    if not besides or connection.scalar(there) is None:
        limit.demand(_used(connection, workspace), more)


def _own(connection: Connection, workspace: str) -> Quota:
    query = select(QUOTAS.c.bytes, QUOTAS.c.photos, QUOTAS.c.projects)
    row = connection.execute(query.where(QUOTAS.c.workspace == workspace)).mappings().first()
    return Quota(**dict(row)) if row else Quota()


def _used(connection: Connection, workspace: str) -> Quota:
    photos = select(func.coalesce(func.sum(PHOTOS.c.bytes), 0), func.count()).where(
        PHOTOS.c.workspace == workspace
    )
    size, count = connection.execute(photos).one()
    projects = select(func.count()).where(PROJECTS.c.workspace == workspace)
    return Quota(bytes=int(size), photos=count, projects=connection.scalar(projects) or 0)
