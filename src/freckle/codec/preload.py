"""Load what a decoder would load at its first file: in a cage no file can be opened."""

from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Final

import imagecodecs

MODULES: Final[Mapping[str, tuple[str, ...]]] = {
    "any": (
        "PIL.ImageCms",
        "PIL.TiffImagePlugin",
        "encodings.utf_16_be",
        "encodings.utf_16_le",
        "encodings.utf_16",
    ),
    "tiff": ("tifffile", "rawpy"),
    "heif": ("pillow_heif", "rawpy"),
    "raw": ("rawpy",),
}
"""What each kind of file may need; the optional parts may not be there."""
DECODERS: Final[Mapping[str, tuple[str, ...]]] = {
    "png": ("png_decode",),
    "tiff": (
        *("lzw_decode", "zlib_decode", "deflate_decode", "packbits_decode", "zstd_decode"),
        *("jpeg_decode", "jpeg8_decode", "none_decode", "packints_decode", "bitorder_decode"),
        *("delta_decode", "floatpred_decode", "byteshuffle_decode"),
    ),
    "heif": ("avif_decode",),
}
"""What imagecodecs loads when it is first asked for."""
STARTS: Final = ((b"\xff\xd8\xff", "jpeg"), (b"\x89PNG", "png"), (b"RIFF", "webp"))
TIFFS: Final = (b"II", b"MM")
ENOUGH: Final = 8
"""Bytes of a file that say its kind."""


def kind_of(start: bytes) -> str:
    """Guess from a file's first bytes which libraries it may need."""
    for magic, kind in STARTS:
        if start.startswith(magic):
            return kind
    if start[4:8] == b"ftyp":
        return "heif"
    return "tiff" if start[:2] in TIFFS else "raw"


@cache
def preload(kind: str) -> None:
    """Import what a kind of file may need; what is not installed stays away."""
    for name in (*MODULES["any"], *MODULES.get(kind, ())):
        with suppress(ImportError):
            import_module(name)
    for name in DECODERS.get(kind, ()):
        with suppress(ImportError, AttributeError):
            getattr(imagecodecs, name)
