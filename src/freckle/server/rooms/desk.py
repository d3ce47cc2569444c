"""Room: what Home does with projects beside listing them: copies, and when they were looked at."""

from typing import Final

from sqlalchemy import Connection, insert, literal, select, update

from freckle.server.quota import Quota
from freckle.server.rooms.events import note
from freckle.server.rooms.posters import copy_poster
from freckle.server.rooms.quotas import demand_room
from freckle.server.rooms.room import Room, demand_project, new_id, now
from freckle.server.tables import PICTURES, PROJECTS, REVISIONS
from freckle.server.users import User


class Desk(Room):
    """Copies projects, and notes when they were opened."""

    def copy_project(self, user: User, project: str, name: str) -> str:
        """Make a project of the same pictures, histories and poster; return its id.

        It belongs to whoever copies, in the same workspace. Raises `not_found`, `forbidden`,
        `quota`.
        """
        moment, made = now(), new_id()
        with self._engine.begin() as connection:
            demand_project(connection, user, project, "editor")
            query = select(PROJECTS.c.workspace).where(PROJECTS.c.id == project)
            workspace = str(connection.scalar(query))
            demand_room(connection, self._quota, workspace, Quota(projects=1))
            row = {"workspace": workspace, "owner": user.id, "name": name}
            times = {"created": moment, "updated": moment, "opened": moment}
            connection.execute(insert(PROJECTS).values(id=made, **row, **times))
            query = select(PICTURES.c.id).where(PICTURES.c.project == project)
            for picture in connection.scalars(query).all():
                _copy_picture(connection, picture, made)
            copy_poster(connection, project, made)
            note(connection, user, workspace, "project_made", name)
        return made

    def note_opened(self, user: User, project: str) -> None:
        """Note that somebody has opened a project just now. Raises `not_found`."""
        with self._engine.begin() as connection:
            demand_project(connection, user, project, "viewer")
            connection.execute(
                update(PROJECTS).where(PROJECTS.c.id == project).values(opened=now())
            )


_PICTURE: Final = ("place", "photo", "revision", "created")
_REVISION: Final = ("revision", "author", "label", "recipe", "created")


def _copy_picture(connection: Connection, picture: str, project: str) -> None:
    made = new_id()
    own = [PICTURES.c[name] for name in _PICTURE]
    whole = select(literal(made), literal(project), *own).where(PICTURES.c.id == picture)
    connection.execute(insert(PICTURES).from_select(["id", "project", *_PICTURE], whole))
    steps = [REVISIONS.c[name] for name in _REVISION]
    past = select(literal(made), *steps).where(REVISIONS.c.picture == picture)
    connection.execute(insert(REVISIONS).from_select(["picture", *_REVISION], past))
