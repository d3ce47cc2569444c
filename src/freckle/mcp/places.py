"""Which files may be read, and where results may go."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from freckle.codec.formats import BY_ENDING
from freckle.disk import check_target
from freckle.errors import OutputError, Refusal

MOST: Final = 500
"""Photos listed at once."""


@dataclass(frozen=True, slots=True)
class Places:
    """Folders, absolute and without links in them."""

    folders: tuple[Path, ...]
    """Whatever lies in them, however deep, may be read."""
    out: Path
    """Results go here; whatever lies here may be read, too."""

    @classmethod
    def of(cls, folders: tuple[Path, ...], out: Path) -> "Places":
        """Check the folders. Raises `Refusal` or `OutputError` for what is none."""
        for folder in folders:
            if not folder.is_dir():
                raise Refusal("not_an_image", f"{str(folder)!r} is no folder.", "Check --folder.")
        if not out.is_dir():
            raise OutputError(f"{str(out)!r} is no folder.", "Create it first, or check --out.")
        return cls(tuple(each.resolve() for each in folders), out.resolve())

    def read(self, name: str) -> Path:
        """Return a file that may be read, by its path or by its path inside one of the folders.

        Raises `Refusal` for any other, and tells nothing about it.
        """
        for folder in (*self.folders, self.out):
            found = _within(folder, name)
            if found is not None and found.is_file():
                return found
        raise Refusal(
            "not_an_image",
            f"There is no file {name[:200]!r} in the folders that may be read.",
            "Ask for the list of photos, and give a path as it is written there.",
        )

    def write(self, name: str) -> Path:
        """Return where a new file goes, inside `out`. Raises `OutputError`; nothing is replaced."""
        target = _within(self.out, name)
        if target is None or target == self.out:
            raise OutputError(
                f"{name[:200]!r} does not lie in the folder for results.",
                "Give a file name alone, as in portrait-natural.jpg.",
            )
        check_target(target)
        if target.exists():
            raise OutputError(
                f"{name[:200]!r} is there already, and nothing is replaced.",
                "Choose another name.",
            )
        return target

    def photos(self) -> Iterator[Path]:
        """Yield what looks like a picture, folder by folder; hidden files are left out."""
        for folder in dict.fromkeys((*self.folders, self.out)):
            for path in sorted(folder.rglob("*")):
                inside = path.relative_to(folder).parts
                hidden = any(part.startswith(".") for part in inside)
                if not hidden and path.suffix.lower() in BY_ENDING and path.is_file():
                    yield path


def _within(folder: Path, name: str) -> Path | None:
    """Return where a path leads, through links too, if it stays inside a folder."""
    try:
        found = (folder / name).resolve()
    except (OSError, RuntimeError, ValueError):
        return None
    return found if found.is_relative_to(folder) else None
