"""The table of file formats: whoever reads, writes or offers one asks here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from freckle.codec import avif, heif, jpeg, png, raw, tiff, tiff_write, webp
from freckle.codec.decoded import Decoded, Prepared
from freckle.errors import OutputError
from freckle.photo import Format


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """One format."""

    name: Format
    label: str
    read: Callable[[bytes], Decoded]
    write: Callable[[Prepared], bytes] | None = None
    """None: it is read only."""
    endings: tuple[str, ...] = ()
    """Of file names, with the dot; the first one is given to new files."""
    quality: int | None = None
    """Visually clean for skin, on the encoder's own scale of 1..100; None: nothing is lost."""
    deep: bool = False
    """Holds 16 bits."""
    opaque: bool = False
    """Has no transparency."""
    color_only: bool = False
    """Has no gray kind."""


FORMATS: Final = (
    FileFormat(
        name="jpeg",
        label="JPEG",
        read=jpeg.read,
        write=jpeg.write,
        endings=(".jpg", ".jpeg", ".jpe"),
        quality=92,
        opaque=True,
    ),
    FileFormat(
        name="png", label="PNG", read=png.read, write=png.write, endings=(".png",), deep=True
    ),
    FileFormat(
        name="webp",
        label="WebP",
        read=webp.read,
        write=webp.write,
        endings=(".webp",),
        quality=90,
        color_only=True,
    ),
    FileFormat(
        name="tiff",
        label="TIFF",
        read=tiff.read,
        write=tiff_write.write,
        endings=(".tif", ".tiff"),
        deep=True,
    ),
    FileFormat(
        name="avif",
        label="AVIF",
        read=avif.read,
        write=avif.write,
        endings=(".avif",),
        quality=80,
    ),
    FileFormat(name="heic", label="HEIC", read=heif.read, endings=(".heic", ".heif")),
    FileFormat(name="raw", label="camera RAW", read=raw.read),
)
BY_NAME: Final[Mapping[str, FileFormat]] = MappingProxyType({each.name: each for each in FORMATS})
WRITTEN: Final = tuple(each for each in FORMATS if each.write)
BY_ENDING: Final[Mapping[str, FileFormat]] = MappingProxyType(
    {ending: each for each in FORMATS for ending in each.endings}
)


def not_written(name: str) -> OutputError:
    """Return the refusal of a format that has no writer."""
    *most, last = (each.endings[0] for each in WRITTEN)
    return OutputError(
        f"freckle does not write {name.upper()} files.",
        f"Choose a name that ends in {', '.join(most)} or {last}.",
    )
