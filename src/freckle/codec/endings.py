"""What the ending of a file's name promises, and whether it is kept."""

from pathlib import Path
from typing import Final

from freckle.codec.formats import BY_ENDING, BY_NAME, not_written
from freckle.codec.saving import SaveOptions, chosen_format
from freckle.photo import Photo

# fmt: off
OTHERS: Final = frozenset({
    "arw", "bmp", "cr2", "cr3", "dng", "eps", "exr", "gif", "hdr", "ico", "j2k", "jp2",
    "mov", "mp4", "nef", "orf", "pef", "pgm", "ppm", "psb", "psd", "raf", "rw2", "svg",
    "tga", "zip",
})
# fmt: on
"""Endings that promise a format which freckle does not write."""


def check_format(photo: Photo, target: Path, options: SaveOptions) -> None:
    """Refuse a format that cannot be written, before the work. Raises `OutputError`."""
    name: str = chosen_format(photo, target, options)
    ending = target.suffix.lower().removeprefix(".")
    if options.format is None and ending in OTHERS:
        name = ending
    if name not in BY_NAME or BY_NAME[name].write is None:
        raise not_written(name)


def ending_note(photo: Photo, target: Path, options: SaveOptions) -> str | None:
    """Say when a file's ending and content disagree, or the ending says nothing."""
    written = chosen_format(photo, target, options)
    promised = BY_ENDING.get(target.suffix.lower())
    if promised is None and target.suffix and options.format is None:
        return f"{target.name!r} holds {written.upper()}: its ending names no format."
    if promised is not None and promised.name != written:
        return f"{target.name!r} holds {written.upper()}, as asked, whatever its ending."
    return None


# fmt: off
RAW: Final = frozenset({
    ".3fr", ".arw", ".cr2", ".cr3", ".dng", ".iiq", ".nef", ".nrw", ".orf", ".pef", ".raf", ".rw2",
    ".srw",
})
# fmt: on
"""Endings of the cameras' own files."""
WRITTEN_ONLY: Final = ".pdf"


def is_picture(name: str) -> bool:
    """Tell whether a file's name ends as those of pictures do that may be opened."""
    ending = Path(name).suffix.lower()
    known = (ending in BY_ENDING and ending != WRITTEN_ONLY) or ending in RAW
    return known and not name.startswith(".")


def kept_ending(name: str, options: SaveOptions) -> str:
    """Return the ending that the result of a file of this name gets by itself."""
    ending = Path(name).suffix
    if options.format is None:
        return ".tif" if ending.lower() in RAW else ending
    named = BY_ENDING.get(ending.lower())
    return ending if named and named.name == options.format else BY_NAME[options.format].endings[0]
