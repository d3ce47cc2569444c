"""Upscale: the finished photo larger, by a share, to pixels, or to a print's size."""

from typing import Annotated, Final, Literal

from pydantic import Field

from freckle.framing import Size
from freckle.ops.op import Amount, Delivery, Params, slider

INCH: Final = 2.54
"""Centimeters."""
Pixels = Annotated[int, Field(ge=0, le=40_000)]
Centimeters = Annotated[float, Field(ge=0, le=500)]


class Upscale(Params):
    """Size of the finished photo."""

    op: Literal["upscale"] = "upscale"
    version: Literal[1] = 1
    amount: Annotated[float, Field(ge=0, le=300)] = slider(cap=300)
    """How much wider and taller, in percent: 100 is twice, 300 four times the size."""
    width: Pixels = 0
    """Pixels across at most; 0: as many as there are."""
    height: Pixels = 0
    """Pixels down at most; 0: as many as there are."""
    print_width: Centimeters = 0.0
    """Width of a print in centimeters; the picture fits into it."""
    print_height: Centimeters = 0.0
    """Height of a print in centimeters; the picture fits into it."""
    dpi: Annotated[int, Field(ge=36, le=2400)] = 300
    """Pixels an inch of the print."""
    texture: Amount = slider(65)
    """How much of the fine texture that the network sees is kept; 0 is a plain, soft enlargement.
    65 is nearest to the truth."""

    @property
    def neutral(self) -> bool:
        """Whether the size is the photo's own."""
        asked = self.width or self.height or self.print_width or self.print_height
        return not (self.amount or asked)


def size(params: Upscale, now: Size) -> tuple[Size, float | None]:
    """Return width and height of the finished photo, and pixels an inch where it is a print."""
    width, height = now
    if params.print_width or params.print_height:
        wide, tall = (
            round(side / INCH * params.dpi) for side in (params.print_width, params.print_height)
        )
        return _fitted(now, wide, tall), float(params.dpi)
    if params.width or params.height:
        return _fitted(now, params.width, params.height), None
    factor = 1 + params.amount / 100
    return (round(width * factor), round(height * factor)), None


def _fitted(now: Size, width: int, height: int) -> Size:
    """Return the largest size of this shape that fits into width × height (0: any)."""
    scale = min(width / now[0] if width else 1e9, height / now[1] if height else 1e9)
    return max(1, round(now[0] * scale)), max(1, round(now[1] * scale))


UPSCALE = Delivery(
    params=Upscale,
    label="Upscale",
    group="Upscale",
    size=size,
    texture=lambda params: params.texture / 100,
)
