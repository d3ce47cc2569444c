"""Which project stands where in which set: what the rooms of projects and of sets share."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from freckle.server.problems import WebError, not_found
from freckle.server.rooms.room import now
from freckle.server.rooms.shares import take_out
from freckle.server.tables import PICTURES, PROJECTS, REVISIONS, SET_PHOTOS, SETS

MOST_PHOTOS: Final = 10_000
"""Of one set."""
SOME: Final = 500
"""Most values of one statement: databases have a limit."""


def enter(
    connection: Connection, photo_set: str, projects: Sequence[str], place: int | None = None
) -> None:
    """Put projects of the set's workspace into a set, out of the one that they were in.

    The first gets `place`, the others follow; None is behind all. Raises `not_found`,
    `bad_request` for a set that is full.
    """
    first = _next_place(connection, photo_set, len(projects)) if place is None else place
    for some in parts(projects):
        beside = (
            select(func.count(PROJECTS.c.id))
            .join(SETS, SETS.c.workspace == PROJECTS.c.workspace)
            .where(SETS.c.id == photo_set, PROJECTS.c.id.in_(some))
        )
        if connection.scalar(beside) != len(some):
            raise not_found("project")
        connection.execute(delete(SET_PHOTOS).where(SET_PHOTOS.c.project.in_(some)))
        rows = [
            {"project": each, "set": photo_set, "place": at, "stars": 0, "flag": 0}
            for at, each in enumerate(some, first)
        ]
        connection.execute(insert(SET_PHOTOS), rows)
        first += len(some)
    touch(connection, photo_set)


def parts(projects: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cut a list into what one statement takes."""
    return (projects[start : start + SOME] for start in range(0, len(projects), SOME))


def touch(connection: Connection, photo_set: str) -> None:
    """Note that a set was changed."""
    connection.execute(update(SETS).where(SETS.c.id == photo_set).values(updated=now()))


def remove_projects(connection: Connection, projects: Sequence[str]) -> None:
    """Remove projects with their pictures and history; originals stay."""
    for some in parts(projects):
        pictures: Select[Any] = select(PICTURES.c.id).where(PICTURES.c.project.in_(some))
        take_out(connection, pictures)
        connection.execute(delete(REVISIONS).where(REVISIONS.c.picture.in_(pictures)))
        connection.execute(delete(PICTURES).where(PICTURES.c.project.in_(some)))
        connection.execute(delete(SET_PHOTOS).where(SET_PHOTOS.c.project.in_(some)))
        connection.execute(delete(PROJECTS).where(PROJECTS.c.id.in_(some)))


def _next_place(connection: Connection, photo_set: str, more: int) -> int:
    own = SET_PHOTOS.c.set == photo_set
    count, last = connection.execute(
        select(func.count(), func.max(SET_PHOTOS.c.place)).where(own)
    ).one()
    if count + more > MOST_PHOTOS:
        raise WebError(
            "bad_request", f"A set has at most {MOST_PHOTOS:,} photos.", "Start another set."
        )
    return 0 if last is None else int(last) + 1
