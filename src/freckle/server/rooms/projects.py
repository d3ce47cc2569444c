"""Room: projects, each with the newest revision of its first picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    RowMapping,
    Select,
    and_,
    func,
    insert,
    literal_column,
    select,
    update,
)

from freckle.server.problems import not_found
from freckle.server.quota import Quota
from freckle.server.rooms.events import note, note_project
from freckle.server.rooms.finding import ALL, Find, found
from freckle.server.rooms.history import write
from freckle.server.rooms.photos import PHOTO_FIELDS, StoredPhoto, photo_of
from freckle.server.rooms.places import enter, remove_projects
from freckle.server.rooms.quotas import demand_room
from freckle.server.rooms.room import (
    MOST,
    Page,
    Room,
    cursor_of,
    demand,
    demand_project,
    demand_set,
    new_id,
    now,
    reach,
)
from freckle.server.tables import (
    APPROVALS,
    MEMBERSHIPS,
    PHOTOS,
    PICTURES,
    PROJECTS,
    REVISIONS,
    SET_PHOTOS,
    USERS,
)
from freckle.server.users import Role, User


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredProject:
    """A photo being edited: the newest revision of its first picture; times are epoch ms."""

    id: str
    owner: str
    owner_name: str
    workspace: str
    role: Role
    """Of whoever asks."""
    name: str
    picture: str
    pictures: int
    photo: StoredPhoto
    created: int
    updated: int
    revision: int
    recipe: Mapping[str, Any]
    set: str | None = None
    """The set that it stands in."""
    approved_revision: int | None = None
    approved_by: str | None = None
    """The name of whoever called that revision finished."""
    approved_at: int | None = None


class Projects(Room):
    """Makes, lists, renames and removes projects."""

    def create_project(
        self,
        user: User,
        digest: str,
        name: str,
        recipe: Mapping[str, Any],
        within: tuple[str, int | None] | None = None,
    ) -> StoredProject:
        """Start editing a photo: revision 0 of its one picture holds the first recipe.

        `within` is a set that it stands in, and its place there. Raises `not_found`, `forbidden`,
        `quota`.
        """
        moment, project, picture = now(), new_id(), new_id()
        with self._engine.begin() as connection:
            demand(connection, user, user.workspace, "editor")
            demand_room(connection, self._quota, user.workspace, Quota(projects=1))
            photo = connection.scalar(
                select(PHOTOS.c.id).where(
                    PHOTOS.c.workspace == user.workspace, PHOTOS.c.digest == digest
                )
            )
            if photo is None:
                raise not_found("photo")
            times = {"created": moment, "updated": moment, "opened": moment}
            whose = {"owner": user.id, "workspace": user.workspace}
            connection.execute(insert(PROJECTS).values(id=project, name=name, **times, **whose))
            kept = {"id": picture, "project": project, "place": 0, "photo": photo, "revision": 0}
            connection.execute(insert(PICTURES).values(**kept, created=moment))
            write(connection, user, picture, 0, {"label": "Opened", "recipe": recipe}, moment)
            note(connection, user, user.workspace, "project_made", name)
            if within is not None:
                demand_set(connection, user, within[0], "editor")
                enter(connection, within[0], [project], within[1])
        return self.project(user, project)

    def projects(self, user: User) -> Sequence[StoredProject]:
        """Return all projects of the workspace, the last touched first."""
        found: list[StoredProject] = []
        cursor = None
        while True:
            page = self.project_page(user, MOST, cursor)
            found += page.items
            cursor = page.next
            if cursor is None:
                return found

    def project_page(
        self, user: User, limit: int, cursor: str | None = None, *, find: Find = ALL
    ) -> Page[StoredProject]:
        """Return some of the workspace's projects, the last touched first unless asked else."""
        mine = _rows(user).where(PROJECTS.c.workspace == user.workspace)
        query = found(mine, find, cursor)
        with self._engine.connect() as connection:
            rows = list(connection.execute(query.limit(limit + 1)).mappings())
        more = rows[limit - 1] if len(rows) > limit else None
        place = cursor_of((more["key"], more["id"])) if more else None
        return Page([_project(row) for row in rows[:limit]], place)

    def project(self, user: User, project: str) -> StoredProject:
        """Return one project, of whichever workspace of the user's. Raises `not_found`."""
        with self._engine.connect() as connection:
            query = _rows(user).where(PROJECTS.c.id == project)
            row = connection.execute(query).mappings().first()
        if row is None:
            raise not_found("project")
        return _project(row)

    def rename_project(self, user: User, project: str, name: str) -> StoredProject:
        """Give a project another name. Raises `not_found`, `forbidden`."""
        with self._engine.begin() as connection:
            demand_project(connection, user, project, "editor")
            note_project(connection, user, project, "project_renamed", name)
            change = update(PROJECTS).where(PROJECTS.c.id == project)
            connection.execute(change.values(name=name, updated=now()))
        return self.project(user, project)

    def delete_project(self, user: User, project: str) -> None:
        """Remove a project with its history; originals stay. Its owner may, and admins.

        Raises `not_found`, `forbidden`.
        """
        with self._engine.begin() as connection:
            demand_project(connection, user, project, "admin", own="editor")
            note_project(connection, user, project, "project_deleted")
            remove_projects(connection, [project])


_COUNT: Final = (
    select(func.count())
    .select_from(PICTURES.alias("all_pictures"))
    .where(literal_column("all_pictures.project") == PROJECTS.c.id)
    .correlate(PROJECTS)
    .scalar_subquery()
)


def _rows(user: User) -> Select[Any]:
    """Return the query of the projects that a user can reach, with their first pictures."""
    return (
        select(
            PROJECTS,
            USERS.c.name.label("owner_name"),
            MEMBERSHIPS.c.role,
            PICTURES.c.id.label("picture"),
            _COUNT.label("pictures"),
            REVISIONS.c.revision,
            REVISIONS.c.recipe,
            SET_PHOTOS.c.set,
            *(APPROVALS.c[name].label(f"approved_{name}") for name in ("revision", "by", "at")),
            *(PHOTOS.c[name].label(f"photo_{name}") for name in PHOTO_FIELDS),
        )
        .join(USERS, USERS.c.id == PROJECTS.c.owner)
        .join(MEMBERSHIPS, MEMBERSHIPS.c.workspace == PROJECTS.c.workspace)
        .join(PICTURES, and_(PICTURES.c.project == PROJECTS.c.id, PICTURES.c.place == 0))
        .join(PHOTOS, PHOTOS.c.id == PICTURES.c.photo)
        .outerjoin(SET_PHOTOS, SET_PHOTOS.c.project == PROJECTS.c.id)
        .outerjoin(APPROVALS, APPROVALS.c.project == PROJECTS.c.id)
        .join(
            REVISIONS,
            and_(REVISIONS.c.picture == PICTURES.c.id, REVISIONS.c.revision == PICTURES.c.revision),
        )
        .where(MEMBERSHIPS.c.user == user.id, PROJECTS.c.workspace.in_(reach(user)))
    )


def _project(row: RowMapping) -> StoredProject:
    names = [name for name in StoredProject.__dataclass_fields__ if name != "photo"]
    return StoredProject(photo=photo_of(row, "photo_"), **{name: row[name] for name in names})
