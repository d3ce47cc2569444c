"""Room: what approvers called finished.

An approval is of a revision: whoever edits on undoes none,
but everybody sees that there is more than was approved.
"""

from typing import Final

from sqlalchemy import delete, insert, select

from freckle.server.problems import stale
from freckle.server.rooms.events import called, note_project
from freckle.server.rooms.history import first_picture
from freckle.server.rooms.room import Room, demand_project, now
from freckle.server.tables import APPROVALS
from freckle.server.users import User

CHANGED: Final = "The photo was changed after what you looked at."


class Approvals(Room):
    """Approves projects, and takes that back."""

    def approve(self, user: User, project: str, revision: int) -> None:
        """Call a project finished as it is at a revision; approving again is no second time.

        Raises `not_found`, `forbidden`, and `stale` where somebody edited on: nobody approves
        what they have not seen.
        """
        with self._engine.begin() as connection:
            demand_project(connection, user, project, "approver")
            newest = first_picture(connection, project).revision
            if newest != revision:
                raise stale(CHANGED, newest, "Look at it as it is now, then approve it.")
            own = APPROVALS.c.project == project
            if connection.scalar(select(APPROVALS.c.revision).where(own)) == revision:
                return
            connection.execute(delete(APPROVALS).where(own))
            name = called(connection, user)
            row = {"project": project, "revision": revision, "by": name}
            connection.execute(insert(APPROVALS).values(**row, at=now()))
            note_project(connection, user, project, "approved")

    def withdraw_approval(self, user: User, project: str) -> None:
        """Take an approval back, whoever gave it. Raises `not_found`, `forbidden`."""
        with self._engine.begin() as connection:
            demand_project(connection, user, project, "approver")
            gone = connection.execute(delete(APPROVALS).where(APPROVALS.c.project == project))
            if gone.rowcount:
                note_project(connection, user, project, "approval_withdrawn")
