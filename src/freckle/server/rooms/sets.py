"""Room: sets, which are named groups of projects in an order, with stars and flags."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    RowMapping,
    Select,
    and_,
    delete,
    func,
    insert,
    select,
    update,
)

from freckle.server.problems import not_found
from freckle.server.rooms.places import SOME, enter, remove_projects, touch
from freckle.server.rooms.room import (
    Page,
    Room,
    after,
    cursor_of,
    demand,
    demand_set,
    new_id,
    now,
    reach,
    role_in,
)
from freckle.server.tables import (
    MEMBERSHIPS,
    PHOTOS,
    PICTURES,
    PROJECTS,
    REVISIONS,
    SET_PHOTOS,
    SETS,
    USERS,
)
from freckle.server.users import Role, User, at_least


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSet:
    """A set; times are epoch ms."""

    id: str
    name: str
    owner: str
    owner_name: str
    workspace: str
    role: Role
    """Of whoever asks."""
    created: int
    updated: int
    photos: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPhoto:
    """A photo of a set: what a gallery shows of its project; times are epoch ms."""

    project: str
    name: str
    place: int
    stars: int
    flag: int
    digest: str
    width: int
    height: int
    format: str
    taken: str | None
    created: int
    updated: int
    revision: int
    edited: bool
    """Whether its recipe does anything."""


class Sets(Room):
    """Makes, lists, fills, orders and removes sets."""

    def create_set(self, user: User, name: str, projects: Sequence[str] = ()) -> StoredSet:
        """Make a set in the user's workspace. Raises `not_found`, `forbidden`."""
        moment, new = now(), new_id()
        row = {"id": new, "name": name, "owner": user.id, "workspace": user.workspace}
        with self._engine.begin() as connection:
            demand(connection, user, user.workspace, "editor")
            connection.execute(insert(SETS).values(**row, created=moment, updated=moment))
            enter(connection, new, projects)
        return self.photo_set(user, new)

    def set_page(self, user: User, limit: int, cursor: str | None = None) -> Page[StoredSet]:
        """Return some of the workspace's sets, the last touched first."""
        query = _sets(user).where(SETS.c.workspace == user.workspace)
        query = after(query, (SETS.c.updated, SETS.c.id), cursor, down=True)
        with self._engine.connect() as connection:
            rows = list(connection.execute(query.limit(limit + 1)).mappings())
        found = [StoredSet(**dict(row)) for row in rows[:limit]]
        last = found[-1] if len(rows) > limit else None
        return Page(found, cursor_of((last.updated, last.id)) if last else None)

    def photo_set(self, user: User, photo_set: str) -> StoredSet:
        """Return one set, of whichever workspace of the user's. Raises `not_found`."""
        with self._engine.connect() as connection:
            query = _sets(user).where(SETS.c.id == photo_set)
            row = connection.execute(query).mappings().first()
        if row is None:
            raise not_found("set")
        return StoredSet(**dict(row))

    def rename_set(self, user: User, photo_set: str, name: str) -> StoredSet:
        """Call a set differently. Raises `not_found`, `forbidden`."""
        with self._engine.begin() as connection:
            demand_set(connection, user, photo_set, "editor")
            change = update(SETS).where(SETS.c.id == photo_set)
            connection.execute(change.values(name=name, updated=now()))
        return self.photo_set(user, photo_set)

    def delete_set(self, user: User, photo_set: str, *, photos: bool) -> None:
        """Remove a set, with `photos` the projects in it, too, as far as they are the user's.

        Its owner may, and admins, whose are all projects. Raises `not_found`, `forbidden`.
        """
        inside = SET_PHOTOS.c.set == photo_set
        with self._engine.begin() as connection:
            demand_set(connection, user, photo_set, "admin", own="editor")
            if photos:
                mine = select(PROJECTS.c.id).join(SET_PHOTOS).where(inside)
                place = connection.scalar(select(SETS.c.workspace).where(SETS.c.id == photo_set))
                if role_in(connection, user, str(place)) not in at_least("admin"):
                    mine = mine.where(PROJECTS.c.owner == user.id)
                remove_projects(connection, list(connection.scalars(mine)))
            connection.execute(delete(SET_PHOTOS).where(inside))
            connection.execute(delete(SETS).where(SETS.c.id == photo_set))

    def set_photo_page(
        self, user: User, photo_set: str, limit: int, cursor: str | None = None
    ) -> Page[SetPhoto]:
        """Return some of a set's photos in their order. Raises `not_found`."""
        keys = SET_PHOTOS.c.place, SET_PHOTOS.c.project
        query = after(_photos().where(SET_PHOTOS.c.set == photo_set), keys, cursor)
        with self._engine.connect() as connection:
            demand_set(connection, user, photo_set, "viewer")
            rows = list(connection.execute(query.limit(limit + 1)).mappings())
        found = [_photo(row) for row in rows[:limit]]
        last = found[-1] if len(rows) > limit else None
        return Page(found, cursor_of((last.place, last.project)) if last else None)

    def names_in_set(self, user: User, photo_set: str, least: Role = "viewer") -> Mapping[str, str]:
        """Return what a set's projects are called, in their order.

        Raises `not_found`, `forbidden`.
        """
        query = (
            select(SET_PHOTOS.c.project, PROJECTS.c.name)
            .join(PROJECTS, PROJECTS.c.id == SET_PHOTOS.c.project)
            .where(SET_PHOTOS.c.set == photo_set)
            .order_by(SET_PHOTOS.c.place, SET_PHOTOS.c.project)
        )
        with self._engine.connect() as connection:
            demand_set(connection, user, photo_set, least)
            return {row.project: row.name for row in connection.execute(query)}

    def add_to_set(self, user: User, photo_set: str, projects: Sequence[str]) -> None:
        """Put projects at a set's end. Raises `not_found`, `forbidden`, `bad_request`."""
        with self._engine.begin() as connection:
            demand_set(connection, user, photo_set, "editor")
            enter(connection, photo_set, projects)

    def take_out_of_set(self, user: User, photo_set: str, projects: Sequence[str]) -> None:
        """Let projects stand alone again. Raises `not_found`, `forbidden`."""
        with self._engine.begin() as connection:
            demand_set(connection, user, photo_set, "editor")
            for some in _parts(projects):
                these = and_(SET_PHOTOS.c.set == photo_set, SET_PHOTOS.c.project.in_(some))
                connection.execute(delete(SET_PHOTOS).where(these))
            touch(connection, photo_set)

    def mark_in_set(
        self, user: User, photo_set: str, projects: Sequence[str], marks: Mapping[str, int]
    ) -> None:
        """Give photos `stars` (0..5) or a `flag` (-1..1). Raises `not_found`, `forbidden`."""
        with self._engine.begin() as connection:
            demand_set(connection, user, photo_set, "editor")
            for some in _parts(projects):
                these = and_(SET_PHOTOS.c.set == photo_set, SET_PHOTOS.c.project.in_(some))
                connection.execute(update(SET_PHOTOS).where(these).values(**marks))

    def move_in_set(
        self, user: User, photo_set: str, projects: Sequence[str], before: str | None
    ) -> None:
        """Put photos before another one of the set, or (None) at its end, in the order given.

        Raises `not_found`, `forbidden`.
        """
        order = list(self.names_in_set(user, photo_set, "editor"))
        moved = set(projects)
        if not moved <= set(order) or (before is not None and before not in order):
            raise not_found("photo in this set")
        rest = [each for each in order if each not in moved]
        at = next((k for k, each in enumerate(order) if each == before), len(order))
        at -= sum(each in moved for each in order[:at])
        places = [*rest[:at], *dict.fromkeys(projects), *rest[at:]]
        with self._engine.begin() as connection:
            for place, project in enumerate(places):
                row = and_(SET_PHOTOS.c.set == photo_set, SET_PHOTOS.c.project == project)
                connection.execute(update(SET_PHOTOS).where(row).values(place=place))
            touch(connection, photo_set)


def _parts(projects: Sequence[str]) -> Sequence[Sequence[str]]:
    return [projects[start : start + SOME] for start in range(0, len(projects), SOME)]


def _sets(user: User) -> Select[Any]:
    """Return the query of the sets that a user can reach."""
    count = (
        select(func.count()).where(SET_PHOTOS.c.set == SETS.c.id).correlate(SETS).scalar_subquery()
    )
    return (
        select(SETS, USERS.c.name.label("owner_name"), MEMBERSHIPS.c.role, count.label("photos"))
        .join(USERS, USERS.c.id == SETS.c.owner)
        .join(MEMBERSHIPS, MEMBERSHIPS.c.workspace == SETS.c.workspace)
        .where(MEMBERSHIPS.c.user == user.id, SETS.c.workspace.in_(reach(user)))
    )


def _photos() -> Select[Any]:
    """Return the query of the photos of sets."""
    return (
        select(
            *(SET_PHOTOS.c[name] for name in ("project", "place", "stars", "flag")),
            *(PROJECTS.c[name] for name in ("name", "created", "updated")),
            *(PHOTOS.c[name] for name in ("digest", "width", "height", "format", "taken")),
            REVISIONS.c.revision,
            REVISIONS.c.recipe,
        )
        .join(PROJECTS, PROJECTS.c.id == SET_PHOTOS.c.project)
        .join(PICTURES, and_(PICTURES.c.project == PROJECTS.c.id, PICTURES.c.place == 0))
        .join(PHOTOS, PHOTOS.c.id == PICTURES.c.photo)
        .join(
            REVISIONS,
            and_(REVISIONS.c.picture == PICTURES.c.id, REVISIONS.c.revision == PICTURES.c.revision),
        )
    )


def _photo(row: RowMapping) -> SetPhoto:
    values = dict(row)
    return SetPhoto(edited=_edits(values.pop("recipe")), **values)


def _edits(recipe: Mapping[str, Any]) -> bool:
    """Whether a recipe of any released form has steps or decided marks, without reading them."""
    parts = [recipe, recipe.get("style", {}), recipe.get("here", {})]
    return any(part.get("steps") or part.get("flips") for part in parts)
