"""Room: the style guide of each workspace."""

from typing import Final

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from freckle.server.problems import forbidden
from freckle.server.rooms.room import Room, demand_set
from freckle.server.tables import GUIDES, SETS
from freckle.server.users import Role, User

LEAST: Final[Role] = "editor"
"""Who may give a workspace another guide."""


class Guides(Room):
    """Keeps one guide for each workspace, as the bytes of its ZIP."""

    def guide(self, user: User) -> bytes | None:
        """Return the guide of the workspace that somebody works in; None where there is none."""
        mine = select(GUIDES.c.content).where(GUIDES.c.workspace == user.workspace)
        with self._engine.connect() as connection:
            return connection.scalar(mine)

    def guide_of_set(self, user: User, photo_set: str) -> bytes | None:
        """Return the guide of the workspace that a set is in. Raises `not_found`."""
        query = select(GUIDES.c.content).join(SETS, SETS.c.workspace == GUIDES.c.workspace)
        with self._engine.connect() as connection:
            demand_set(connection, user, photo_set, "viewer")
            return connection.scalar(query.where(SETS.c.id == photo_set))

    def keep_guide(self, user: User, content: bytes | None) -> None:
        """Give the workspace a guide in place of the one it had; None takes it away.

        Raises `forbidden`.
        """
        if not user.may(LEAST):
            raise forbidden(LEAST)
        try:
            with self._engine.begin() as connection:
                connection.execute(delete(GUIDES).where(GUIDES.c.workspace == user.workspace))
                if content is not None:
                    row = {"workspace": user.workspace, "content": content}
                    connection.execute(insert(GUIDES).values(row))
        except IntegrityError:  # somebody else's came between: the later one stays
            self.keep_guide(user, content)
