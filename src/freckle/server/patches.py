"""Changes of a JSON document: `add`, `replace` and `remove` of RFC 6902 (JSON Patch).

What a change does not touch is shared with the document before it, so a stroke that grows by a
point costs that point, and "the same as before" is a comparison of identities.
"""

from collections.abc import Sequence
from typing import Any, Final

MOST_CHANGES: Final = 20_000
"""Changes in one message; an editor that must say more sends the document whole."""


class UnfitError(ValueError):
    """A change that does not fit the document, or is none."""


def patched(document: Any, changes: Any) -> Any:
    """Return the document after changes in order; the one before stays as it was.

    The operations `move`, `copy` and `test` are not spoken here. Raises `UnfitError`.
    """
    if not isinstance(changes, list) or len(changes) > MOST_CHANGES:
        raise UnfitError
    own = _Own()
    holder = own.copy([document])
    for change in changes:
        match change:
            case {"op": "add" | "replace" as op, "path": str(path), "value": value, **rest}:
                own.put(holder, _steps(path), value, adding=op == "add")
            case {"op": "remove", "path": str(path), **rest}:
                own.take(holder, _steps(path))
            case _:
                raise UnfitError
        if rest:
            raise UnfitError
    return holder[0]


class _Own:
    """The containers made for one patch: only they are written on, each copied once."""

    def __init__(self) -> None:
        self._made: dict[int, Any] = {}  # by identity; holding them keeps the identities theirs

    def copy(self, container: Any) -> Any:
        """Return a container that may be written on."""
        if id(container) in self._made:
            return container
        if not isinstance(container, dict | list):
            raise UnfitError
        mine = container.copy()
        self._made[id(mine)] = mine
        return mine

    def put(self, holder: list[Any], path: Sequence[str], value: Any, *, adding: bool) -> None:
        """Add or replace what lies at a path."""
        parent, last = self._parent(holder, path)
        if isinstance(parent, dict):
            if not adding and last not in parent:
                raise UnfitError
            parent[last] = value
        elif not adding or len(path) == 1:  # the root itself is always there
            parent[_place(parent, last)] = value
        else:
            parent.insert(len(parent) if last == "-" else _place(parent, last, beyond=1), value)

    def take(self, holder: list[Any], path: Sequence[str]) -> None:
        """Remove what lies at a path."""
        parent, last = self._parent(holder, path)
        if len(path) == 1:
            raise UnfitError  # a document without a root is none
        try:
            del parent[last if isinstance(parent, dict) else _place(parent, last)]
        except KeyError:
            raise UnfitError from None

    def _parent(self, holder: list[Any], path: Sequence[str]) -> tuple[Any, str]:
        parent: Any = holder
        for step in path[:-1]:
            key: Any = step if isinstance(parent, dict) else _place(parent, step)
            if isinstance(parent, dict) and key not in parent:
                raise UnfitError
            parent[key] = self.copy(parent[key])
            parent = parent[key]
        return parent, path[-1]


def _steps(path: str) -> list[str]:
    """Return the steps of a JSON Pointer (RFC 6901), from a list around the document."""
    if path and not path.startswith("/"):
        raise UnfitError
    steps = [step.replace("~1", "/").replace("~0", "~") for step in path.split("/")[1:]]
    return ["0", *steps]


def _place(items: list[Any], step: str, beyond: int = 0) -> int:
    if not (step.isascii() and step.isdecimal() and len(step) < 10):
        raise UnfitError
    if int(step) >= len(items) + beyond:
        raise UnfitError
    return int(step)
