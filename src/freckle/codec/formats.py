"""The table of file formats: whoever reads, writes or offers one asks here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from types import MappingProxyType
from typing import Final

from freckle.codec import avif, heif, jpeg, jxl, pdf, png, raw, tiff, tiff_write, webp
from freckle.codec.decoded import Decoded, Prepared
from freckle.codec.limits import Budget
from freckle.errors import OutputError
from freckle.photo import Format


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """One format."""

    name: Format
    label: str
    read: Callable[[bytes, Budget], Decoded]
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
    srgb_only: bool = False
    """Cannot say which colors it has, and so has those that everybody expects."""
    needs: str | None = None
    """The package that writes it, where that is an extra."""

    @property
    def here(self) -> bool:
        """Whether files can be written with what is installed."""
        return self.write is not None and (self.needs is None or find_spec(self.needs) is not None)


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
    FileFormat(
        name="jxl",
        label="JPEG XL",
        read=jxl.read,
        write=jxl.write,
        endings=(".jxl",),
        quality=90,
        deep=True,
        srgb_only=True,
    ),
    FileFormat(
        name="heic",
        label="HEIC",
        read=heif.read,
        write=heif.write,
        endings=(".heic", ".heif"),
        quality=85,
        color_only=True,
        needs="pillow_heif",
    ),
    FileFormat(
        name="pdf",
        label="PDF",
        read=pdf.read,
        write=pdf.write,
        endings=(".pdf",),
        quality=95,
        opaque=True,
    ),
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
