"""Room: sets, which are named groups of projects in an order, with stars and flags."""

from collections.abc import Mapping, Sequence

from sqlalchemy import and_, bindparam, delete, insert, select, update

from freckle.server.problems import not_found
from freckle.server.rooms.events import note
from freckle.server.rooms.places import enter, parts, remove_projects, touch
from freckle.server.rooms.room import (
    Page,
    Room,
    after,
    cursor_of,
    demand,
    demand_set,
    new_id,
    now,
    role_in,
)
from freckle.server.rooms.set_rows import (
    SetPhoto,
    StoredSet,
    covered,
    photo_in_set,
    photos_of_sets,
    sets_of,
)
from freckle.server.tables import PROJECTS, SET_PHOTOS, SETS
from freckle.server.users import Role, User, at_least


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
        query = sets_of(user).where(SETS.c.workspace == user.workspace)
        query = after(query, (SETS.c.updated, SETS.c.id), cursor, down=True)
        with self._engine.connect() as connection:
            rows = list(connection.execute(query.limit(limit + 1)).mappings())
            found = covered(connection, rows[:limit])
        last = found[-1] if len(rows) > limit else None
        return Page(found, cursor_of((last.updated, last.id)) if last else None)

    def photo_set(self, user: User, photo_set: str) -> StoredSet:
        """Return one set, of whichever workspace of the user's. Raises `not_found`."""
        with self._engine.connect() as connection:
            query = sets_of(user).where(SETS.c.id == photo_set)
            found = covered(connection, connection.execute(query).mappings().all())
        if not found:
            raise not_found("set")
        return found[0]

    def rename_set(self, user: User, photo_set: str, name: str) -> StoredSet:
        """Call a set differently. Raises `not_found`, `forbidden`."""
        with self._engine.begin() as connection:
            demand_set(connection, user, photo_set, "editor")
            change = update(SETS).where(SETS.c.id == photo_set)
            connection.execute(change.values(name=name, updated=now()))
        return self.photo_set(user, photo_set)

    def delete_set(self, user: User, photo_set: str, *, photos: bool) -> Sequence[str]:
        """Remove a set, with `photos` the projects in it, too, as far as they are the user's.

        Return the projects that are gone. Its owner may, and admins, whose are all projects.
        Raises `not_found`, `forbidden`.
        """
        inside = SET_PHOTOS.c.set == photo_set
        with self._engine.begin() as connection:
            demand_set(connection, user, photo_set, "admin", own="editor")
            columns = SETS.c.workspace, SETS.c.name
            row = connection.execute(select(*columns).where(SETS.c.id == photo_set)).one()
            note(connection, user, row.workspace, "set_deleted", row.name)
            gone = list[str]()
            if photos:
                mine = select(PROJECTS.c.id).join(SET_PHOTOS).where(inside)
                if role_in(connection, user, row.workspace) not in at_least("admin"):
                    mine = mine.where(PROJECTS.c.owner == user.id)
                gone += connection.scalars(mine)
                remove_projects(connection, gone)
            connection.execute(delete(SET_PHOTOS).where(inside))
            connection.execute(delete(SETS).where(SETS.c.id == photo_set))
        return gone

    def set_photo_page(
        self, user: User, photo_set: str, limit: int, cursor: str | None = None
    ) -> Page[SetPhoto]:
        """Return some of a set's photos in their order. Raises `not_found`."""
        keys = SET_PHOTOS.c.place, SET_PHOTOS.c.project
        query = after(photos_of_sets().where(SET_PHOTOS.c.set == photo_set), keys, cursor)
        with self._engine.connect() as connection:
            demand_set(connection, user, photo_set, "viewer")
            rows = list(connection.execute(query.limit(limit + 1)).mappings())
        found = [photo_in_set(row) for row in rows[:limit]]
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
            for some in parts(projects):
                these = and_(SET_PHOTOS.c.set == photo_set, SET_PHOTOS.c.project.in_(some))
                connection.execute(delete(SET_PHOTOS).where(these))
            touch(connection, photo_set)

    def mark_in_set(
        self, user: User, photo_set: str, projects: Sequence[str], marks: Mapping[str, int]
    ) -> None:
        """Give photos `stars` (0..5) or a `flag` (-1..1). Raises `not_found`, `forbidden`."""
        with self._engine.begin() as connection:
            demand_set(connection, user, photo_set, "editor")
            for some in parts(projects):
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
            row = and_(SET_PHOTOS.c.set == photo_set, SET_PHOTOS.c.project == bindparam("whose"))
            change = update(SET_PHOTOS).where(row).values(place=bindparam("at"))
            if places:
                rows = [{"whose": each, "at": at} for at, each in enumerate(places)]
                connection.execute(change, rows)
            touch(connection, photo_set)
