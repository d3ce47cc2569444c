"""How a result is written, checked before it is."""

from collections.abc import Callable, Iterable, Mapping
from operator import index
from pathlib import Path
from reprlib import repr as short
from typing import Any, Final, TypedDict, get_args

from freckle.codec import SaveOptions
from freckle.codec.formats import BY_ENDING, WRITTEN
from freckle.codec.saving import Depth
from freckle.errors import OutputError
from freckle.photo import Format, Subsampling
from freckle.recipe.values import near


class Options(TypedDict, total=False):
    """How a file is written; what is left out, or None, stays as the input was."""

    format: Format | None
    """jpeg, png, tiff, webp or avif; left out: by the path's ending, else the input's."""
    quality: int | None
    """1 to 100; left out: the input's in the same format, else JPEG 92, WebP 90, AVIF 80."""
    subsampling: Subsampling | None
    """444, 422, 420, …; left out: the input's in the same format, else 444."""
    depth: Depth | None
    """8 or 16 bits a channel; left out: the input's, as far as the format holds it."""
    strip_gps: bool
    """Leave position, address, city and country out."""
    strip_metadata: bool
    """Leave EXIF, XMP, IPTC and texts out."""
    keep_blocks: bool
    """A JPEG keeps its tables, and its coding where no pixel changed (the extra `blocks`)."""


def target_of(path: Any) -> Path:
    """Return where a file goes. Raises `OutputError` for what is no path."""
    try:
        return Path(path)
    except TypeError as error:
        raise OutputError(f"{short(path)} is no path.", "Give a file name.") from error


def options_of(given: Mapping[str, Any]) -> SaveOptions:
    """Return options for the codec. Raises `OutputError` for what cannot be meant."""
    chosen = {}
    for name, value in given.items():
        if name not in CHECKS:
            raise OutputError(f"There is no option {name!r}.", near(name, CHECKS, "Options"))
        if value is not None:
            chosen[name] = CHECKS[name](name, value)
    return SaveOptions(**chosen)


def _format(name: str, value: Any) -> str:
    named = BY_ENDING.get(f".{value.lower()}") if isinstance(value, str) else None
    return str(_one_of((each.name for each in WRITTEN), name, named.name if named else value))


def _subsampling(name: str, value: Any) -> Any:
    return _one_of(get_args(Subsampling), name, value)


def _depth(name: str, value: Any) -> Any:
    return _one_of(get_args(Depth), name, value)


def _one_of(known: Iterable[Any], name: str, value: Any) -> Any:
    listed = list(known)
    if value not in listed:
        choice = ", ".join(map(str, listed))
        raise OutputError(f"There is no {name} {short(value)}.", f"Choose one of: {choice}.")
    return value


def _quality(name: str, value: Any) -> int:
    try:
        quality = 0 if isinstance(value, bool) else index(value)
    except TypeError:
        quality = 0
    if not 1 <= quality <= 100:
        raise OutputError(f"There is no {name} {short(value)}.", "Give a number from 1 to 100.")
    return quality


def _switch(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise OutputError(f"{name} cannot be {short(value)}.", "Give True or False.")
    return value


CHECKS: Final[Mapping[str, Callable[[str, Any], Any]]] = {
    "format": _format,
    "quality": _quality,
    "subsampling": _subsampling,
    "depth": _depth,
    "strip_gps": _switch,
    "strip_metadata": _switch,
    "keep_blocks": _switch,
}
