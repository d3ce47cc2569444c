"""Room: what was seen in the photos of sets, and which sets are being looked through.

A sight belongs to a photo, whatever set it is in, and goes with it. A look-through is a row as long
as somebody works on it: a server that starts, or is asked, goes on where another one stopped.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, Select, String, and_, cast, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from freckle.server.rooms.places import parts
from freckle.server.rooms.room import Room, demand_set, now
from freckle.server.tables import LOOK_THROUGHS, PHOTOS, PICTURES, SET_PHOTOS, SETS, SIGHTS
from freckle.server.users import User
from freckle.sets.suggestions import Kind

VERSION: Final = 1
"""Of what `sets.looking.glanced` measures; photos with another one are looked at again."""
KNOWN: Final = 4096
"""Photos whose measures are kept as they were read."""
SILENT_MS: Final = 180_000
"""After so long without a sign nobody works on a look-through any more."""


@dataclass(frozen=True, slots=True)
class StoredSight:
    """A photo of a set, and what was seen in it."""

    project: str
    seen: Mapping[str, Any] | None
    """None: nobody looked yet; empty: it could not be opened."""
    dismissed: frozenset[str]
    """Kinds of suggestions that were waved aside."""


class Sights(Room):
    """Keeps what was seen, and whose turn it is to look."""

    def begin_look_through(self, user: User, photo_set: str) -> None:
        """Have a set looked through; photos that could not be opened get another chance.

        Raises `not_found`, `forbidden`.
        """
        inside = _photos_of(photo_set, PICTURES.c.photo)
        empty = and_(SIGHTS.c.photo.in_(inside), cast(SIGHTS.c.seen, String) == "{}")
        row = {"set": photo_set, "user": user.id, "beat": 0}
        try:
            with self._engine.begin() as connection:
                demand_set(connection, user, photo_set, "editor")
                connection.execute(delete(SIGHTS).where(empty))
                connection.execute(insert(LOOK_THROUGHS).values(row))
        except IntegrityError:
            pass  # somebody has begun already

    def stop_look_through(self, user: User, photo_set: str) -> None:
        """Look at no more photos of a set. Raises `not_found`, `forbidden`."""
        with self._engine.begin() as connection:
            demand_set(connection, user, photo_set, "editor")
        self.end_look_through(photo_set)

    def end_look_through(self, photo_set: str) -> None:
        """Note that a set is looked through."""
        with self._engine.begin() as connection:
            connection.execute(delete(LOOK_THROUGHS).where(LOOK_THROUGHS.c.set == photo_set))

    def being_looked_through(self, photo_set: str) -> bool:
        """Whether the photos of a set are being looked at, or will be."""
        query = select(LOOK_THROUGHS.c.set).where(LOOK_THROUGHS.c.set == photo_set)
        with self._engine.connect() as connection:
            return connection.scalar(query) is not None

    def orphans(self, silent_ms: int = SILENT_MS) -> Mapping[str, User]:
        """Take over look-throughs without a sign of life for so long; return who wanted them."""
        moment = now()
        old = LOOK_THROUGHS.c.beat <= moment - silent_ms
        query = select(LOOK_THROUGHS.c.set, LOOK_THROUGHS.c.user, SETS.c.workspace)
        mine = {}
        with self._engine.begin() as connection:
            for row in connection.execute(query.join(SETS).where(old)).all():
                this = and_(LOOK_THROUGHS.c.set == row.set, old)
                change = update(LOOK_THROUGHS).where(this).values(beat=moment)
                if connection.execute(change).rowcount:
                    mine[row.set] = User(row.user, row.workspace)
        return mine

    def unseen(self, user: User, photo_set: str, limit: int) -> Sequence[tuple[str, str]]:
        """Return photos of a set that nobody looked at, in its order: their ids and digests.

        Raises `not_found`, `forbidden`.
        """
        known = and_(SIGHTS.c.photo == PICTURES.c.photo, SIGHTS.c.version == VERSION)
        query = (
            _photos_of(photo_set, PHOTOS.c.id, PHOTOS.c.digest)
            .join(PHOTOS, PHOTOS.c.id == PICTURES.c.photo)
            .outerjoin(SIGHTS, known)
            .where(SIGHTS.c.photo.is_(None))
            .order_by(SET_PHOTOS.c.place, SET_PHOTOS.c.project)
        )
        with self._engine.connect() as connection:
            demand_set(connection, user, photo_set, "editor")
            rows = connection.execute(query.limit(limit)).all()
        return list(dict.fromkeys((row.id, row.digest) for row in rows))

    def keep_sight(self, photo_set: str, photo: str, seen: Mapping[str, Any]) -> bool:
        """Keep what was seen in a photo; say whether anybody still wants the rest."""
        beat = update(LOOK_THROUGHS).where(LOOK_THROUGHS.c.set == photo_set)
        try:
            with self._engine.begin() as connection:
                _keep(connection, photo, seen)
                return connection.execute(beat.values(beat=now())).rowcount > 0
        except IntegrityError:
            return self.being_looked_through(photo_set)  # the photo has just been erased

    def note_sight(self, photo: str, seen: Mapping[str, Any]) -> None:
        """Keep what was seen in a photo that somebody needed before its turn."""
        with suppress(IntegrityError), self._engine.begin() as connection:  # or it was erased
            _keep(connection, photo, seen)

    def digests_in_set(
        self, user: User, photo_set: str, projects: Sequence[str]
    ) -> Mapping[str, tuple[str, str]]:
        """Return ids and digests of photos by their projects; a part of those in the set.

        Raises `not_found`.
        """
        query = _photos_of(photo_set, SET_PHOTOS.c.project, PHOTOS.c.id, PHOTOS.c.digest)
        some = query.join(PHOTOS, PHOTOS.c.id == PICTURES.c.photo)
        with self._engine.connect() as connection:
            demand_set(connection, user, photo_set, "editor")
            rows = connection.execute(some.where(SET_PHOTOS.c.project.in_(projects))).all()
        return {row.project: (row.id, row.digest) for row in rows}

    def sights(self, user: User, photo_set: str) -> Sequence[StoredSight]:
        """Return what was seen in a set's photos, in their order. Raises `not_found`."""
        known = and_(SIGHTS.c.photo == PICTURES.c.photo, SIGHTS.c.version == VERSION)
        seen = cast(SIGHTS.c.seen, String).label("seen")  # what was read once is known by its text
        query = (
            _photos_of(photo_set, SET_PHOTOS.c.project, SET_PHOTOS.c.dismissed, seen)
            .outerjoin(SIGHTS, known)
            .order_by(SET_PHOTOS.c.place, SET_PHOTOS.c.project)
        )
        with self._engine.connect() as connection:
            demand_set(connection, user, photo_set, "viewer")
            return [
                StoredSight(row.project, _read(row.seen), frozenset(row.dismissed.split()))
                for row in connection.execute(query)
            ]

    def dismiss(
        self,
        user: User,
        photo_set: str,
        projects: Sequence[str],
        kinds: Sequence[Kind],
        *,
        on: bool,
    ) -> None:
        """Wave suggestions of photos aside, or (`on` false) have them again.

        Raises `not_found`, `forbidden`.
        """
        with self._engine.begin() as connection:
            demand_set(connection, user, photo_set, "editor")
            for some in parts(projects):
                these = and_(SET_PHOTOS.c.set == photo_set, SET_PHOTOS.c.project.in_(some))
                columns = SET_PHOTOS.c.project, SET_PHOTOS.c.dismissed
                for row in connection.execute(select(*columns).where(these)).all():
                    known = set(row.dismissed.split())
                    kept = known | set(kinds) if on else known - set(kinds)
                    this = SET_PHOTOS.c.project == row.project
                    change = update(SET_PHOTOS).where(this)
                    connection.execute(change.values(dismissed=" ".join(sorted(kept))))


@lru_cache(KNOWN)
def _read(text: str | None) -> Mapping[str, Any] | None:
    """Return measures from their text; while a set is looked through, most were read before."""
    return None if text is None else MappingProxyType(json.loads(text))


def _photos_of(photo_set: str, *columns: Any) -> Select[Any]:
    """Return the query of columns of a set's photos."""
    first = and_(PICTURES.c.project == SET_PHOTOS.c.project, PICTURES.c.place == 0)
    return (
        select(*columns)
        .select_from(SET_PHOTOS)
        .join(PICTURES, first)
        .where(SET_PHOTOS.c.set == photo_set)
    )


def _keep(connection: Connection, photo: str, seen: Mapping[str, Any]) -> None:
    connection.execute(delete(SIGHTS).where(SIGHTS.c.photo == photo))
    row = {"photo": photo, "version": VERSION, "seen": dict(seen)}
    connection.execute(insert(SIGHTS).values(row))
