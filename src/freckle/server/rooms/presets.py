"""Room: the presets that a person saved, in their own order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Final, Literal

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from freckle.server.problems import WebError, not_found
from freckle.server.rooms.room import Room, new_id, now
from freckle.server.tables import PRESETS
from freckle.server.users import User

MOST_PRESETS: Final = 500
"""Of one person."""
LONGEST_NAME: Final = 80
Taken = Literal["replace", "number"]
"""What becomes of a name that is there: the new recipe takes its place, or gets a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPreset:
    """A recipe to keep under a name."""

    name: str
    recipe: Mapping[str, Any]
    favourite: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPreset:
    """A recipe that a person keeps; `created` is epoch ms."""

    id: str
    name: str
    recipe: Mapping[str, Any]
    favourite: bool
    created: int


class OwnPresets(Room):
    """Keeps, sorts, renames and removes what one person saved. Nobody else sees any of it."""

    def own_presets(self, user: User) -> Sequence[OwnPreset]:
        """Return a person's presets in their order."""
        with self._engine.connect() as connection:
            return _all(connection, user)

    def keep_presets(
        self, user: User, presets: Sequence[NewPreset], taken: Taken
    ) -> Sequence[OwnPreset]:
        """Add presets at the end, all or none, and return all there are.

        With `number`, a recipe that is there under its very name is not kept twice. Raises
        `bad_request` when there are too many, `busy` when another window does so too.
        """
        try:
            with self._engine.begin() as connection:
                there = {each.name: each for each in _all(connection, user)}
                for new in presets:
                    old = there.get(new.name)
                    if old is None or (taken == "number" and old.recipe != new.recipe):
                        made = _insert(connection, user, new, numbered(new.name, there))
                        there[made.name] = made
                    elif taken == "replace":
                        change = update(PRESETS).where(PRESETS.c.id == old.id)
                        connection.execute(change.values(recipe=dict(new.recipe)))
                if len(there) > MOST_PRESETS:
                    raise WebError(
                        "bad_request",
                        f"You can keep at most {MOST_PRESETS} presets.",
                        "Delete some that you no longer use.",
                    )
                return _all(connection, user)
        except IntegrityError:
            raise WebError(
                "busy", "Another window saved a preset just now.", "Try again in a moment."
            ) from None

    def change_preset(
        self, user: User, preset: str, *, name: str | None, favourite: bool | None
    ) -> OwnPreset:
        """Give a preset another name or star. Raises `not_found`, `taken`."""
        given = {"name": name, "favourite": favourite}
        values = {key: value for key, value in given.items() if value is not None}
        mine = PRESETS.c.owner == user.id, PRESETS.c.id == preset
        try:
            with self._engine.begin() as connection:
                if values:
                    connection.execute(update(PRESETS).where(*mine).values(**values))
                found = [each for each in _all(connection, user) if each.id == preset]
        except IntegrityError:
            raise WebError(
                "taken", f"There is a preset called {name!r} already.", "Choose another name."
            ) from None
        if not found:
            raise not_found("preset")
        return found[0]

    def order_presets(self, user: User, order: Sequence[str]) -> Sequence[OwnPreset]:
        """Put presets into an order; those that it does not name follow as they were."""
        with self._engine.begin() as connection:
            ids = [each.id for each in _all(connection, user)]
            known = set(ids)
            first = dict.fromkeys(each for each in order if each in known)
            rest = [each for each in ids if each not in first]
            for place, each in enumerate([*first, *rest]):
                connection.execute(update(PRESETS).where(PRESETS.c.id == each).values(place=place))
            return _all(connection, user)

    def delete_preset(self, user: User, preset: str) -> None:
        """Remove a preset. Raises `not_found`."""
        mine = delete(PRESETS).where(PRESETS.c.owner == user.id, PRESETS.c.id == preset)
        with self._engine.begin() as connection:
            if connection.execute(mine).rowcount == 0:
                raise not_found("preset")


def _all(connection: Connection, user: User) -> list[OwnPreset]:
    columns = [PRESETS.c[name] for name in OwnPreset.__dataclass_fields__]
    query = select(*columns).where(PRESETS.c.owner == user.id)
    rows = connection.execute(query.order_by(PRESETS.c.place, PRESETS.c.id)).mappings()
    return [OwnPreset(**dict(row)) for row in rows]


def _insert(connection: Connection, user: User, new: NewPreset, name: str) -> OwnPreset:
    last = select(func.max(PRESETS.c.place)).where(PRESETS.c.owner == user.id)
    place = int(connection.scalar(last) or 0) + 1
    made = OwnPreset(
        id=new_id(), name=name, recipe=dict(new.recipe), favourite=new.favourite, created=now()
    )
    row = {key: getattr(made, key) for key in OwnPreset.__dataclass_fields__}
    connection.execute(insert(PRESETS).values(**row, owner=user.id, place=place))
    return made


def numbered(name: str, there: Mapping[str, object]) -> str:
    """Return a name that is not there: itself, or with the first free number from 2 behind it."""
    if name not in there:
        return name
    tails = (f" {number}" for number in count(2))
    names = (name[: LONGEST_NAME - len(tail)] + tail for tail in tails)
    return next(each for each in names if each not in there)
