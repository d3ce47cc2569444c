"""A photo in memory: pixels, and everything of the file that must survive the trip."""

import math
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, Self

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


Channels = tuple[float, float, float]
GAIN_LOST: Final = "The HDR gain map is not kept: it belongs to the unretouched picture."


MOST_STOPS: Final = 16.0
"""Logarithms (base 2) beyond this mean nothing on any screen."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class GainNumbers:
    """What a gain map's values mean (ISO 21496-1).

    With `v` from 0 to 1 the logarithm (base 2) of the gain is `low` + (`high` - `low`) ·
    `v` ^ (1 / `gamma`), each a number for red, green and blue; HDR + `hdr_offset` is that gain
    times linear SDR + `offset`. On a screen of headroom h (log2) it counts for the share
    (h - `least`) / (`most` - `least`), 0 to 1.
    """

    low: Channels
    high: Channels
    gamma: Channels
    offset: Channels
    hdr_offset: Channels
    least: float
    most: float

    @property
    def sound(self) -> bool:
        """Whether the numbers are ones that a map can have."""
        numbers = (*self.low, *self.high, *self.offset, *self.hdr_offset, self.least, self.most)
        bounded = all(math.isfinite(each) and abs(each) <= MOST_STOPS for each in numbers)
        ordered = all(low <= high for low, high in zip(self.low, self.high, strict=True))
        bent = all(math.isfinite(each) and 0.01 <= each <= 100 for each in self.gamma)
        return bounded and ordered and bent and 0 <= self.least < self.most


@dataclass(frozen=True, slots=True, eq=False)
class GainMap(GainNumbers):
    """How much brighter each place of the photo is on an HDR screen; `v` is `values` / 255."""

    values: Pixels
    """Height × width × 1 or 3, uint8, lying over all of the photo, and never larger."""

    def with_values(self, values: Any) -> Self:
        """Return a map with other values, of one channel where they are a plane."""
        return replace(self, values=np.asarray(values).reshape(*values.shape[:2], -1))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return int(self.values.shape[1]), int(self.values.shape[0])

    @property
    def colored(self) -> bool:
        """Whether red, green and blue have gains of their own, in the photo's color space."""
        return int(self.values.shape[2]) == 3


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
    gain: GainMap | None = None
    """What makes of it a picture for HDR screens. It shows the photo, too: whoever changes pixels
    says what becomes of it."""

    def __post_init__(self) -> None:
        """Freeze the arrays, so that a tool that paints on its input fails at once."""
        self.pixels.flags.writeable = False
        if self.alpha is not None:
            self.alpha.flags.writeable = False
        if self.gain is not None:
            self.gain.values.flags.writeable = False

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

    def with_gain(self, gain: GainMap | None) -> Self:
        """Return the same photo with another gain map; that it has none any more is said."""
        lost = self.gain is not None and gain is None
        return replace(
            self, gain=gain, dropped=(*self.dropped, GAIN_LOST) if lost else self.dropped
        )

    def with_pixels(self, pixels: Pixels) -> Self:
        """Return the same photo with other pixels of the same dtype, and without a gain map."""
        return replace(self.with_gain(None), pixels=pixels)

    def with_frame(self, pixels: Pixels, alpha: Pixels | None, gain: GainMap | None = None) -> Self:
        """Return the same photo with other pixels, transparency and gain map, of another size."""
        metadata = replace(self.metadata, moved=True)
        return replace(self.with_gain(gain), pixels=pixels, alpha=alpha, metadata=metadata)
