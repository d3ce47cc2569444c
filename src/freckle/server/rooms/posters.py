"""Room: the poster of each project."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from freckle.server.problems import stale
from freckle.server.rooms.room import Room, demand_project
from freckle.server.tables import POSTERS
from freckle.server.users import User


@dataclass(frozen=True, slots=True)
class KeptPoster:
    """A project's poster as it was last kept."""

    revision: int
    """Counts how often it was written; 0 where there is none yet."""
    poster: Mapping[str, Any] | None


class Posters(Room):
    """Keeps one poster for each project; who writes over another's is told so first."""

    def poster(self, user: User, project: str) -> KeptPoster:
        """Return a project's poster. Raises `not_found`."""
        with self._engine.connect() as connection:
            demand_project(connection, user, project, "viewer")
            return _kept(connection, project)

    def keep_poster(
        self, user: User, project: str, base: int, poster: Mapping[str, Any]
    ) -> KeptPoster:
        """Write a poster that was made of revision `base`; the same once more is no new one.

        Raises `stale` where somebody has written another meanwhile, `not_found`, `forbidden`.
        """
        try:
            with self._engine.begin() as connection:
                demand_project(connection, user, project, "editor")
                newest = _kept(connection, project)
                if newest.poster == poster:
                    return newest
                if newest.revision != base or not _written(connection, project, base, poster):
                    raise stale("Somebody else has changed this poster meanwhile.", newest.revision)
                return KeptPoster(base + 1, poster)
        except IntegrityError:  # two first ones at the same moment
            return self.keep_poster(user, project, base, poster)


def copy_poster(connection: Connection, project: str, made: str) -> None:
    """Give a copied project the poster of the one that it was copied from."""
    own = select(literal(made), POSTERS.c.revision, POSTERS.c.poster)
    rows = own.where(POSTERS.c.project == project)
    connection.execute(insert(POSTERS).from_select(["project", "revision", "poster"], rows))


def _kept(connection: Connection, project: str) -> KeptPoster:
    query = select(POSTERS.c.revision, POSTERS.c.poster).where(POSTERS.c.project == project)
    row = connection.execute(query).first()
    return KeptPoster(row.revision, row.poster) if row else KeptPoster(0, None)


def _written(connection: Connection, project: str, base: int, poster: Mapping[str, Any]) -> bool:
    """Write over revision `base`, in one statement: of two writers one loses cleanly."""
    new = {"revision": base + 1, "poster": poster}
    if base == 0:
        connection.execute(insert(POSTERS).values(project=project, **new))
        return True
    same = POSTERS.c.project == project, POSTERS.c.revision == base
    return connection.execute(update(POSTERS).where(*same).values(**new)).rowcount == 1
