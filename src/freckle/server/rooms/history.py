"""Room: the append-only history of a project's first picture, which several people may write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, and_, insert, select, update
from sqlalchemy.exc import IntegrityError

from freckle.recipe.three_way import reverted, three_way
from freckle.server.problems import busy, not_found, stale
from freckle.server.rooms.room import Page, Room, after, cursor_of, demand_project, now
from freckle.server.tables import PICTURES, PROJECTS, REVISIONS, USERS
from freckle.server.users import User
from freckle.studio.recipes import opened

BEGAN_NOWHERE: Final = "The history does not know the state from which this step began."
TRIES: Final = 50
"""Times that a step is merged anew because somebody else wrote at the same moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One entry of a picture's history; `created` is epoch ms."""

    revision: int
    label: str
    author: str
    mine: bool
    """Whether whoever asks wrote it."""
    recipe: Mapping[str, Any]
    created: int


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step as somebody did it, not knowing what others do meanwhile."""

    base: int
    """The revision that they had before them."""
    label: str
    recipe: Mapping[str, Any] | None
    """What they made of it; None takes back what the step `base` changed."""
    since: Mapping[str, Any] | None = None
    """What they really had before them, where `base` holds that and more of others."""


class History(Room):
    """Reads and writes the history of pictures."""

    def history(self, user: User, project: str) -> Sequence[Revision]:
        """Return all revisions of a project's first picture, oldest first. Raises `not_found`."""
        return self.history_page(user, project, None).items

    def history_page(
        self,
        user: User,
        project: str,
        limit: int | None,
        cursor: str | None = None,
        *,
        known: int = -1,
    ) -> Page[Revision]:
        """Return some revisions of a project's first picture, oldest first. Raises `not_found`.

        Those up to `known` are left out.
        """
        with self._engine.connect() as connection:
            demand_project(connection, user, project, "viewer")
            picture = first_picture(connection, project).id
            query = _REVISIONS.where(REVISIONS.c.picture == picture, REVISIONS.c.revision > known)
            query = after(query, (REVISIONS.c.revision,), cursor)
            asked = query if limit is None else query.limit(limit + 1)
            entries = [_revision(row, user) for row in connection.execute(asked).mappings()]
        if limit is None or len(entries) <= limit:
            return Page(entries, None)
        return Page(entries[:limit], cursor_of((entries[limit - 1].revision,)))

    def append(self, user: User, project: str, step: NewStep) -> Revision:
        """Add a step; durable when this returns.

        What others wrote after its base stays, and is in the recipe that is returned (decision
        46). Of what is there already no second step is made. Raises `stale` when there is no such
        base, `not_found`, `forbidden`, `RecipeError` when both together are too much.
        """
        alone = step.recipe is not None and step.since is None
        if alone and (written := self._written(user, project, step)):
            return written
        for _ in range(TRIES):
            newest, merged = self._merged(user, project, step)
            if merged == newest.recipe:
                return newest
            on_top = replace(step, base=newest.revision, recipe=merged)
            if written := self._written(user, project, on_top):
                return written
        raise busy()

    def _merged(
        self, user: User, project: str, step: NewStep
    ) -> tuple[Revision, Mapping[str, Any]]:
        """Return the newest revision, and what a step makes of it."""
        with self._engine.connect() as connection:
            demand_project(connection, user, project, "editor")
            place = first_picture(connection, project)
            numbers = {place.revision, step.base, step.base - (step.recipe is None)}
            query = _REVISIONS.where(
                REVISIONS.c.picture == place.id, REVISIONS.c.revision.in_(numbers)
            )
            rows = connection.execute(query).mappings()
            found = {row["revision"]: _revision(row, user) for row in rows}
        if found.keys() != numbers:
            raise stale(BEGAN_NOWHERE, place.revision)
        recipes = {number: opened(each.recipe) for number, each in found.items()}
        had = recipes[step.base] if step.since is None else opened(step.since)
        newest = recipes[place.revision]
        merged = (
            reverted(recipes[step.base - 1], had, newest)
            if step.recipe is None
            else three_way(had, newest, opened(step.recipe))
        )
        kept = found[place.revision]
        return kept, kept.recipe if merged == newest else merged.model_dump(mode="json")

    def _written(self, user: User, project: str, step: NewStep) -> Revision | None:
        """Write a step if its base is the newest revision; else return None.

        The check and the write are one statement, so of two writers one loses cleanly.
        """
        moment, number = now(), step.base + 1
        recipe: Mapping[str, Any] = step.recipe or {}
        first = and_(PICTURES.c.project == project, PICTURES.c.place == 0)
        claim = update(PICTURES).where(first, PICTURES.c.revision == step.base)
        try:
            with self._engine.begin() as connection:
                demand_project(connection, user, project, "editor")
                if connection.execute(claim.values(revision=number)).rowcount != 1:
                    return None
                picture = connection.scalar(select(PICTURES.c.id).where(first))
                entry = {"label": step.label, "recipe": recipe}
                write(connection, user, str(picture), number, entry, moment)
                touched = update(PROJECTS).where(PROJECTS.c.id == project)
                connection.execute(touched.values(updated=moment))
        except IntegrityError:
            return None
        return Revision(
            revision=number,
            label=step.label,
            author=user.name,
            mine=True,
            recipe=recipe,
            created=moment,
        )


def write(
    connection: Connection,
    user: User,
    picture: str,
    number: int,
    new: Mapping[str, Any],
    moment: int,
) -> None:
    """Write a revision of a picture: its label and its recipe."""
    row = {"picture": picture, "revision": number, "author": user.id, "created": moment}
    step = {"label": new["label"], "recipe": dict(new["recipe"])}
    connection.execute(insert(REVISIONS).values(**row, **step))


_REVISIONS: Final = select(REVISIONS, USERS.c.name.label("by")).join(
    USERS, USERS.c.id == REVISIONS.c.author
)


def first_picture(connection: Connection, project: str) -> Any:
    """Return id and newest revision of a project's first picture. Raises `not_found`."""
    first = and_(PICTURES.c.project == project, PICTURES.c.place == 0)
    row = connection.execute(select(PICTURES.c.id, PICTURES.c.revision).where(first)).first()
    if row is None:
        raise not_found("project")
    return row


def _revision(row: RowMapping, user: User) -> Revision:
    names = ("revision", "label", "recipe", "created")
    whose = {"author": row["by"], "mine": row["author"] == user.id}
    return Revision(**whose, **{name: row[name] for name in names})
