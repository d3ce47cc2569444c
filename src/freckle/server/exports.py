"""Finished files, kept for a while so that a repeated download costs nothing."""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from freckle.codec import versions

NEWEST: Final = 8
"""Files never pruned: somebody may be downloading them right now."""


@cache
def maker() -> dict[str, str]:
    """Return the versions of what makes pictures: another engine makes others of one recipe."""
    try:
        engine = version("freckle")
    except PackageNotFoundError:
        engine = "source"
    return {"freckle": engine, **versions()}


def kept_name(digest: str, recipe: Mapping[str, Any], options: Mapping[str, Any]) -> str:
    """Return the name of what is made of an original, which says all that it depends on."""
    made = json.dumps([maker(), recipe, options], sort_keys=True)
    return f"{digest}-{hashlib.sha256(made.encode()).hexdigest()}"  # to be erased together


def place(folder: Path, name: str) -> Path:
    """Return where an export goes, without the suffix that its format decides."""
    return folder / name


def progress_of(target: Path) -> Path:
    """Return where a worker says how much of an export is done."""
    return target.with_name(f".{target.name}.progress")


def touch(folder: Path, name: str) -> Path | None:
    """Return the export of this name and mark it as used, None when there is none."""
    for path in folder.glob(f"{name}.*"):
        with suppress(FileNotFoundError):
            os.utime(path)
            return path
    return None


def prune(folder: Path, limit: int) -> None:
    """Remove the longest unused exports until at most `limit` bytes are left."""
    found = []
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            stat = path.stat()
            found.append((stat.st_mtime_ns, stat.st_size, path))
    found.sort(reverse=True)
    total = 0
    for place_in_line, (_, size, path) in enumerate(found):
        total += size
        if total > limit and place_in_line >= NEWEST:
            path.unlink(missing_ok=True)
