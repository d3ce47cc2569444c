"""What comes out of the cage: a header, then the pixels and blocks that it speaks of.

Whoever reads it trusts nothing: sizes and numbers are checked against limits before there is
memory for a pixel, and the stream has to end where they say.
"""

import struct
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from freckle.codec.limits import MAX_METADATA, MAX_PIXELS, MAX_PROFILE, MAX_SIDE
from freckle.errors import Code
from freckle.photo import Format, Subsampling

MOST_HEADER: Final = 2 * MAX_METADATA
"""Bytes of a header: texts are part of it, and JSON writes some letters out."""
MOST_CURVE: Final = 4 * 2**16
LENGTH: Final = struct.Struct("@Q")
"""The first bytes: how long the header behind them is."""
BLOCKS: Final = ("profile", "exif", "xmp", "iptc", "curve")

Sentence = Annotated[str, Field(max_length=2000)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Three = tuple[Number, Number, Number]


class Sizes(BaseModel):
    """Bytes of each block, None where there is none."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    profile: Annotated[int, Field(ge=0, le=MAX_PROFILE)] | None = None
    exif: Annotated[int, Field(ge=0, le=MAX_METADATA)] | None = None
    xmp: Annotated[int, Field(ge=0, le=MAX_METADATA)] | None = None
    iptc: Annotated[int, Field(ge=0, le=MAX_METADATA)] | None = None
    curve: Annotated[int, Field(ge=8, le=MOST_CURVE, multiple_of=4)] | None = None


class Gain(BaseModel):
    """All of a `GainMap` but its values."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    width: Annotated[int, Field(ge=1, le=MAX_SIDE)]
    height: Annotated[int, Field(ge=1, le=MAX_SIDE)]
    colored: bool
    low: Three
    high: Three
    gamma: Three
    offset: Three
    hdr_offset: Three
    least: Number
    most: Number


class Header(BaseModel):
    """All of a `Photo` but its arrays and blocks, in types of JSON."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    width: Annotated[int, Field(ge=1, le=MAX_SIDE)]
    height: Annotated[int, Field(ge=1, le=MAX_SIDE)]
    depth: Literal[1, 2]
    """Bytes of a value."""
    transparent: bool
    blocks: Sizes
    format: Format
    quality: Annotated[int, Field(ge=0, le=100)] | None
    subsampling: Subsampling | None
    lossless: bool
    gray: bool
    orientation: Annotated[int, Field(ge=1, le=8)]
    space: Annotated[str, Field(max_length=300)]
    to_srgb: Annotated[list[Number], Field(min_length=9, max_length=9)]
    dpi: Annotated[list[Number], Field(min_length=2, max_length=2)] | None
    texts: list[Annotated[list[str], Field(min_length=2, max_length=2)]]
    moved: bool
    warnings: Annotated[list[Sentence], Field(max_length=50)]
    dropped: Annotated[list[Sentence], Field(max_length=50)]
    gain: Gain | None

    @property
    def places(self) -> int:
        """Pixels."""
        return self.width * self.height

    @model_validator(mode="after")
    def _bounded(self) -> "Header":
        kept = self.blocks
        texts = sum(len(one) for pair in self.texts for one in pair)
        blocks = sum(size or 0 for size in (kept.exif, kept.xmp, kept.iptc))
        if self.places > MAX_PIXELS or blocks > MAX_METADATA or texts > MAX_METADATA:
            raise ValueError("more than any picture has")
        if self.gain and (self.gain.width > self.width or self.gain.height > self.height):
            raise ValueError("a gain map is no larger than its picture")
        return self


class Refused(BaseModel):
    """A `Refusal` as JSON."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    code: Code
    message: Sentence
    remedy: Sentence
