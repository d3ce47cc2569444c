"""How much a workspace holds or may hold, and how that is said and read."""

import re
from dataclasses import dataclass
from typing import Final

from freckle.server.problems import WebError

UNITS: Final = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """So many bytes of files, photos and projects; None is no limit, or nothing of it."""

    bytes: int | None = None
    photos: int | None = None
    projects: int | None = None

    def over(self, other: "Quota") -> "Quota":
        """Return these limits, and another's where there are none."""
        return Quota(
            bytes=other.bytes if self.bytes is None else self.bytes,
            photos=other.photos if self.photos is None else self.photos,
            projects=other.projects if self.projects is None else self.projects,
        )

    def demand(self, used: "Quota", more: "Quota") -> None:
        """Let something in beside what is there. Raises `quota`, with what there is and may be."""
        for limit, there, new, words in (
            (self.bytes, used.bytes, more.bytes, said),
            (self.photos, used.photos, more.photos, _photos),
            (self.projects, used.projects, more.projects, _projects),
        ):
            if limit is not None and new and (there or 0) + new > limit:
                raise WebError(
                    "quota",
                    f"This workspace may hold {words(limit)}, and has {words(there or 0)} now.",
                    "Erase what is not needed, or ask whoever runs this server for more room.",
                )


def said(size: int) -> str:
    """Write a number of bytes for people: 12.3 GB."""
    for unit in ("TB", "GB", "MB", "KB"):
        if size >= UNITS[unit]:
            return f"{size / UNITS[unit]:.3g} {'kB' if unit == 'KB' else unit}"
    return f"{size} bytes"


def _photos(count: int) -> str:
    return f"{count:,} photo{'s' * (count != 1)}"


def _projects(count: int) -> str:
    return f"{count:,} project{'s' * (count != 1)}"


def read_size(text: str) -> int:
    """Read a number of bytes: 50GB, 1.5 TB, 4096. Raises `ValueError`."""
    found = re.fullmatch(r"\s*(\d{1,15}(?:\.\d{1,3})?)\s*([KMGT]?B?)\s*", text, re.IGNORECASE)
    if not found:
        raise ValueError(f"{text!r} is no size such as 50GB")
    unit = found[2].upper()
    return round(float(found[1]) * UNITS[unit if unit in UNITS else f"{unit}B"])
