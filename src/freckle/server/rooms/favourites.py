"""Room: which of the built-in presets a person likes best."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from freckle.server.rooms.room import Room
from freckle.server.tables import FAVOURITES
from freckle.server.users import User


class Favourites(Room):
    """Keeps names; those of presets that are no more stay, and mean nothing."""

    def favourites(self, user: User) -> Sequence[str]:
        """Return the names of a person's favourites."""
        mine = select(FAVOURITES.c.preset).where(FAVOURITES.c.owner == user.id)
        with self._engine.connect() as connection:
            return list(connection.scalars(mine.order_by(FAVOURITES.c.preset)))

    def star_preset(self, user: User, preset: str, *, favourite: bool) -> None:
        """Make a built-in preset a favourite, or no longer."""
        mine = FAVOURITES.c.owner == user.id, FAVOURITES.c.preset == preset
        try:
            with self._engine.begin() as connection:
                connection.execute(delete(FAVOURITES).where(*mine))
                if favourite:
                    row = {"owner": user.id, "preset": preset}
                    connection.execute(insert(FAVOURITES).values(**row))
        except IntegrityError:
            return  # another window did the same at this moment
