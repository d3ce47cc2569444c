"""Room: links that show pictures to guests, as those see them who made them."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Select, delete, insert, select, update

from freckle.server.problems import WebError, not_found
from freckle.server.rooms.events import note
from freckle.server.rooms.room import Room, demand, demand_project, hashed, new_id, now
from freckle.server.sharing_tables import REMARKS, SHARED, SHARES, VISITS
from freckle.server.tables import PHOTOS, PICTURES, PROJECTS, REVISIONS, USERS
from freckle.server.users import Role, User

MOST_SHOWN: Final = 500
"""Pictures behind one link."""
MOST_LISTED: Final = 200
"""Links, or visits of one link, that a list holds: the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A link to pictures; times are epoch ms."""

    id: str
    workspace: str
    author: str
    """Name of whoever made it."""
    guest: str
    """For whom it is, in the words of whoever made it."""
    password: str | None
    """What is kept of it."""
    terms: Mapping[str, Any]
    created: int
    expires: int | None
    revoked: int | None
    touched: int
    confirmed: int | None
    receipt: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture behind a link, as it was when it was shared."""

    id: str
    place: int
    project: str
    name: str
    digest: str
    """SHA-256 of the original's bytes."""
    revision: int
    recipe: Mapping[str, Any]
    decision: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What somebody said about a picture; `created` is epoch ms."""

    id: str
    place: int
    author: str | None
    """Name of a member; None: the guest."""
    x: float | None
    """Share of the width from the left, as `y` of the height; None: about the whole picture."""
    y: float | None
    text: str
    created: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One use of a link; `created` is epoch ms."""

    browser: str
    created: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewShare:
    """What a link is to be."""

    projects: Sequence[str]
    """Their pictures are shown in this order."""
    guest: str
    password: str | None
    """What is kept of it."""
    terms: Mapping[str, Any]
    expires: int | None
    """Epoch ms."""


class Shares(Room):
    """Makes, lists and revokes links, and answers guests."""

    def share(self, user: User, new: NewShare) -> tuple[str, str]:
        """Make a link to the newest revisions of projects; return its id and its secret.

        Raises `not_found`, `forbidden`, `bad_request` for projects of several workspaces.
        """
        secret, share, moment = secrets.token_urlsafe(16), new_id(), now()
        with self._engine.begin() as connection:
            for project in new.projects:
                demand_project(connection, user, project, "editor")
            workspace = _workspace(connection, new.projects)
            row = {"id": share, "secret": hashed(secret), "workspace": workspace}
            said = {"guest": new.guest, "password": new.password, "terms": dict(new.terms)}
            times = {"created": moment, "touched": moment, "expires": new.expires}
            connection.execute(insert(SHARES).values(**row, **said, **times, author=user.id))
            connection.execute(insert(SHARED), _placed(connection, share, new.projects))
            note(connection, user, workspace, "shared", new.guest)
        return share, secret

    def shares(self, user: User, project: str) -> Sequence[Share]:
        """Return the links to a project, the newest first. Raises `not_found`."""
        here = (
            select(SHARED.c.share)
            .join(PICTURES, PICTURES.c.id == SHARED.c.picture)
            .where(PICTURES.c.project == project)
        )
        query = shares_query().where(SHARES.c.id.in_(here))
        with self._engine.connect() as connection:
            demand_project(connection, user, project, "viewer")
            newest = query.order_by(SHARES.c.created.desc(), SHARES.c.id).limit(MOST_LISTED)
            return [Share(**dict(row)) for row in connection.execute(newest).mappings()]

    def share_of(self, user: User, share: str, least: Role = "viewer") -> Share:
        """Return a link of the user's workspaces. Raises `not_found`, `forbidden`."""
        with self._engine.connect() as connection:
            return _mine(connection, user, share, least)

    def visits(self, user: User, share: str) -> Sequence[Visit]:
        """Return the uses of a link, the newest first. Raises `not_found`."""
        columns = VISITS.c.browser, VISITS.c.created
        query = select(*columns).where(VISITS.c.share == share)
        with self._engine.connect() as connection:
            _mine(connection, user, share, "viewer")
            newest = query.order_by(VISITS.c.created.desc()).limit(MOST_LISTED)
            return [Visit(**dict(row)) for row in connection.execute(newest).mappings()]

    def revoke(self, user: User, share: str) -> None:
        """Make a link worthless at once, for good. Raises `not_found`, `forbidden`."""
        moment = now()
        with self._engine.begin() as connection:
            found = _mine(connection, user, share, "editor")
            this = update(SHARES).where(SHARES.c.id == share, SHARES.c.revoked.is_(None))
            if connection.execute(this.values(revoked=moment)).rowcount:
                note(connection, user, found.workspace, "share_revoked", found.guest)
            passes = update(VISITS).where(VISITS.c.share == share, VISITS.c.expires > moment)
            connection.execute(passes.values(expires=moment))

    def reply(self, user: User, share: str, place: int, text: str) -> None:
        """Say something to the guest about a picture. Raises `not_found`, `forbidden`."""
        with self._engine.begin() as connection:
            _mine(connection, user, share, "editor")
            said = {"x": None, "y": None, "text": text, "created": now()}
            picture = picture_at(connection, share, place)
            row = {"id": new_id(), "share": share, "picture": picture, "author": user.id}
            connection.execute(insert(REMARKS).values(**row, **said))

    def shown(self, share: str) -> Sequence[Shown]:
        """Return the pictures behind a link, in their order; for those who may see it."""
        with self._engine.connect() as connection:
            return shown_in(connection, share)

    def remarks(self, share: str) -> Sequence[Remark]:
        """Return what was said about a link's pictures, the oldest first; as `shown`."""
        with self._engine.connect() as connection:
            return remarks_in(connection, share)


def shares_query() -> Select[Any]:
    """Return the query of links with their authors' names."""
    names = [column for column in SHARES.c if column.name not in {"secret", "author"}]
    authors = USERS.c.name.label("author")
    return select(*names, authors).join(USERS, USERS.c.id == SHARES.c.author)


def shown_query(share: str) -> Select[Any]:
    """Return the query of a link's pictures, each at the revision that was shared."""
    return (
        select(
            PICTURES.c.id,
            *(SHARED.c[name] for name in ("place", "revision", "decision")),
            PICTURES.c.project,
            PROJECTS.c.name,
            PHOTOS.c.digest,
            REVISIONS.c.recipe,
        )
        .join(PICTURES, PICTURES.c.id == SHARED.c.picture)
        .join(PROJECTS, PROJECTS.c.id == PICTURES.c.project)
        .join(PHOTOS, PHOTOS.c.id == PICTURES.c.photo)
        .join(
            REVISIONS,
            (REVISIONS.c.picture == SHARED.c.picture) & (REVISIONS.c.revision == SHARED.c.revision),
        )
        .where(SHARED.c.share == share)
    )


def shown_in(connection: Connection, share: str) -> Sequence[Shown]:
    """Return a link's pictures, in their order."""
    rows = connection.execute(shown_query(share).order_by(SHARED.c.place)).mappings()
    return [Shown(**dict(row)) for row in rows]


def remarks_in(connection: Connection, share: str) -> Sequence[Remark]:
    """Return what was said about a link's pictures, the oldest first."""
    query = (
        select(
            *(REMARKS.c[name] for name in ("id", "x", "y", "text", "created")),
            SHARED.c.place,
            USERS.c.name.label("author"),
        )
        .join(SHARED, (SHARED.c.share == share) & (SHARED.c.picture == REMARKS.c.picture))
        .join(USERS, USERS.c.id == REMARKS.c.author, isouter=True)
        .where(REMARKS.c.share == share)
        .order_by(REMARKS.c.created, REMARKS.c.id)
    )
    return [Remark(**dict(row)) for row in connection.execute(query).mappings()]


def picture_at(connection: Connection, share: str, place: int) -> str:
    """Return the id of a link's picture. Raises `not_found`."""
    query = select(SHARED.c.picture).where(SHARED.c.share == share, SHARED.c.place == place)
    picture: str | None = connection.scalar(query)
    if picture is None:
        raise not_found("picture")
    return picture


def take_out(connection: Connection, pictures: Select[tuple[str]]) -> None:
    """Take pictures out of all links before they go; a link to nothing goes with them."""
    emptied = list(
        connection.scalars(select(SHARED.c.share).where(SHARED.c.picture.in_(pictures)).distinct())
    )
    connection.execute(delete(REMARKS).where(REMARKS.c.picture.in_(pictures)))
    connection.execute(delete(SHARED).where(SHARED.c.picture.in_(pictures)))
    full = select(SHARED.c.share).where(SHARED.c.share.in_(emptied))
    left = set(emptied) - set(connection.scalars(full))
    connection.execute(delete(VISITS).where(VISITS.c.share.in_(left)))
    connection.execute(delete(SHARES).where(SHARES.c.id.in_(left)))


def _mine(connection: Connection, user: User, share: str, least: Role) -> Share:
    row = connection.execute(shares_query().where(SHARES.c.id == share)).mappings().first()
    if row is None:
        raise not_found("link")
    try:
        demand(connection, user, row["workspace"], least)
    except WebError as error:
        raise (not_found("link") if error.code == "not_found" else error) from None
    return Share(**dict(row))


def _workspace(connection: Connection, projects: Sequence[str]) -> str:
    query = select(PROJECTS.c.workspace).where(PROJECTS.c.id.in_(projects)).distinct()
    found = list(connection.scalars(query))
    if len(found) != 1:
        raise WebError(
            "bad_request",
            "These projects belong to several workspaces.",
            "Make one link for each workspace.",
        )
    return str(found[0])


def _placed(connection: Connection, share: str, projects: Sequence[str]) -> list[dict[str, Any]]:
    """Return the rows of a link's pictures: project after project, each in its own order."""
    query = select(PICTURES.c.id, PICTURES.c.project, PICTURES.c.revision)
    found = connection.execute(
        query.where(PICTURES.c.project.in_(projects)).order_by(PICTURES.c.place)
    ).all()
    order = {project: number for number, project in reversed(list(enumerate(projects)))}
    rows = sorted(found, key=lambda row: order[row.project])
    if len(rows) > MOST_SHOWN:
        raise WebError(
            "bad_request",
            f"A link shows at most {MOST_SHOWN} pictures.",
            "Make several links.",
        )
    return [
        {"share": share, "place": place, "picture": row.id, "revision": row.revision}
        for place, row in enumerate(rows)
    ]
