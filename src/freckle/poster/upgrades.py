"""Posters of older formats, brought to today's a version at a time."""

from collections.abc import Mapping
from typing import Any, Final

VERSION: Final = 2


def upgraded(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return a poster's JSON in today's format; what is no poster comes back as it is."""
    now = dict(plain)
    if now.get("version") == 1:
        now = _changes(now)
    return now


def _changes(plain: dict[str, Any]) -> dict[str, Any]:
    """1 to 2: what was moved and hidden is what was changed."""
    moved, hidden = plain.pop("moved", {}), plain.pop("hidden", ())
    changes: dict[str, dict[str, Any]] = {}
    if isinstance(moved, Mapping) and isinstance(hidden, list | tuple):
        for name, place in moved.items():
            changes.setdefault(str(name), {})["place"] = place
        for name in hidden:
            changes.setdefault(str(name), {})["hidden"] = True
    return {**plain, "version": 2, "changes": changes}
