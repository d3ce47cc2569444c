"""A photo in memory: pixels, and everything of the file that must survive the trip."""

from dataclasses import dataclass, field, replace
from typing import Literal, Self

import numpy as np
import numpy.typing as npt

from freckle.pixels.color import SRGB, RGBSpace

Pixels = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]
Format = Literal["jpeg", "png", "webp", "tiff", "avif", "jxl", "heic", "pdf", "raw"]
Text = tuple[str, str]
"""A keyword and a text, as in PNG: Title, Author, Copyright, Comment, …"""
Subsampling = Literal["444", "422", "420", "440", "411", "Gray"]


@dataclass(frozen=True, slots=True)
class Source:
    """How the file stored its pixels: the default for writing it again."""

    format: Format
    digest: str
    """SHA-256 of the file's bytes, hexadecimal."""
    quality: int | None = None
    """1..100 for lossy formats, estimated from the quantisation tables where the file has them."""
    subsampling: Subsampling | None = None
    lossless: bool = False
    gray: bool = False
    """The file has one channel; `Photo.pixels` repeats it three times."""
    orientation: int = 1
    """EXIF orientation 1..8 that the file had; `Photo.pixels` are upright already."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Raw blocks, carried and changed only where they would contradict the picture."""

    exif: bytes | None = None
    """TIFF-structured EXIF without the 'Exif' prefix; orientation already set to 1."""
    xmp: bytes | None = None
    iptc: bytes | None = None
    dpi: tuple[float, float] | None = None
    texts: tuple[Text, ...] = ()
    moved: bool = False
    """The pixels were turned or cropped: what points to places in the file's picture is wrong."""


@dataclass(frozen=True, slots=True)
class Photo:
    """An upright picture in its file's own encoding.

    `pixels` is height × width × 3, uint8 or uint16 (full range), RGB as `profile` defines it and
    read-only. `space` is the same profile in numbers. `alpha` is height × width, same dtype.
    """

    pixels: Pixels
    source: Source
    alpha: Pixels | None = None
    profile: bytes | None = None
    space: RGBSpace = SRGB
    metadata: Metadata = field(default_factory=Metadata)
    warnings: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    """Sentences on what of the file no new file will have, such as a video behind the picture."""

    def __post_init__(self) -> None:
        """Freeze the arrays, so that a tool that paints on its input fails at once."""
        self.pixels.flags.writeable = False
        if self.alpha is not None:
            self.alpha.flags.writeable = False

    @property
    def width(self) -> int:
        """Width in pixels."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Height in pixels."""
        return int(self.pixels.shape[0])

    @property
    def peak(self) -> int:
        """The largest value a channel can hold: 255 or 65,535."""
        return int(np.iinfo(self.pixels.dtype).max)

    def with_pixels(self, pixels: Pixels) -> Self:
        """Return the same photo with other pixels of the same dtype."""
        return replace(self, pixels=pixels)

    def with_frame(self, pixels: Pixels, alpha: Pixels | None) -> Self:
        """Return the same photo with other pixels, and transparency, of another size."""
        metadata = replace(self.metadata, moved=True)
        return replace(self, pixels=pixels, alpha=alpha, metadata=metadata)
