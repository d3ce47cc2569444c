"""Masks painted by hand: strokes as vectors, so that they follow a recipe to any size."""

import base64
import binascii
from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field, field_validator

from freckle.ops.described import Described

MOST_POINTS: Final = 4_000
"""Points of one stroke; an editor that thins its points needs a few dozen."""
MOST_STROKES: Final = 400
"""Strokes of one mask."""
MOST_BITMAP: Final = 1_500_000
"""Characters of an imported mask: about 1.1 MB of PNG."""

MOST_SIDE: Final = 2048
"""Pixels of a mask's longer side."""

Space = Literal["face", "photo"]
Place = Annotated[float, Field(ge=-50, le=50)]


class _Model(Described):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Stroke(_Model):
    """One movement of a round brush."""

    mode: Literal["add", "remove"] = "add"
    """Add paints the mask in, remove takes it out."""
    points: Annotated[tuple[tuple[Place, Place], ...], Field(min_length=1, max_length=MOST_POINTS)]
    """Where the brush went: x, y in the stroke's space."""
    size: Annotated[float, Field(gt=0, le=10)]
    """Diameter: in face widths, or in shares of the photo's longer side."""
    feather: Annotated[float, Field(ge=0, le=1)] = 0.5
    """Share of the radius over which the brush fades out."""
    strength: Annotated[float, Field(ge=0, le=1)] = 1.0
    """How much the brush covers where it is whole."""
    edge: bool = False
    """Stay inside the edge within which the stroke began."""
    space: Space = "face"
    """Face: origin at the face's center, upright along it, 1 is its width. Photo: shares of the
    upright photo's width and height."""


class Mask(_Model):
    """Where a step works: its own region or nothing, then a bitmap, then strokes in order."""

    base: Literal["auto", "empty"] = "auto"
    """Auto starts from the tool's own region, empty from nothing."""
    strokes: Annotated[tuple[Stroke, ...], Field(max_length=MOST_STROKES)] = ()
    bitmap: (
        Annotated[str, Field(max_length=MOST_BITMAP, pattern="^[A-Za-z0-9+/]+={0,2}$")] | None
    ) = None
    """An imported mask as base64 of a gray PNG, stretched over the photo and added to the base."""

    @field_validator("bitmap")
    @classmethod
    def _small(cls, bitmap: str | None) -> str | None:
        """Refuse by its header a picture that unpacks to far more than it is."""
        width, height = bitmap_size(bitmap) if bitmap is not None else (0, 0)
        if max(width, height) > MOST_SIDE:
            raise ValueError(f"a mask of {width} × {height} pixels; {MOST_SIDE} a side is the most")
        return bitmap

    @property
    def area(self) -> int:
        """Pixels of the imported mask."""
        width, height = bitmap_size(self.bitmap) if self.bitmap is not None else (0, 0)
        return width * height

    @property
    def bare(self) -> bool:
        """Whether nothing at all lies under the mask."""
        adds = any(stroke.mode == "add" and stroke.strength > 0 for stroke in self.strokes)
        return self.base == "empty" and self.bitmap is None and not adds

    @property
    def points(self) -> int:
        """Points of all strokes together."""
        return sum(len(stroke.points) for stroke in self.strokes)


def bitmap_size(bitmap: str) -> tuple[int, int]:
    """Return width and height that a bitmap's header tells. Raises `ValueError` if it is no PNG."""
    try:
        head = base64.b64decode(bitmap[:32])
    except binascii.Error:
        head = b""
    if head[:4] != b"\x89PNG" or len(head) < 24:
        raise ValueError("This is not a PNG picture.")
    return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
