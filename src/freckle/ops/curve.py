"""A tone curve through points, for the whole picture."""

from itertools import pairwise
from typing import Annotated, Final, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from freckle.ops.op import Amount, Grade, Params, slider
from freckle.pixels.color import Floats, srgb_decode, srgb_encode
from freckle.pixels.place import Place
from freckle.pixels.splines import monotone
from freckle.pixels.tone import toned

Unit = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[tuple[tuple[Unit, Unit], ...], Field(min_length=2, max_length=16)]
STRAIGHT: Final = ((0.0, 0.0), (1.0, 1.0))
CLOSEST: Final = 0.01
"""Points lie at least so far apart along x."""


class Curve(Params):
    """Tones of the whole picture, by a curve through points."""

    op: Literal["curve"] = "curve"
    version: Literal[1] = 1
    amount: Amount = slider(100)
    """How far the curve works."""
    points: Points = Field(default=STRAIGHT, json_schema_extra={"format": "curve"})
    """Tone before and after, 0 is black and 1 is white (sRGB's scale), from dark to light."""

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if any(b[0] - a[0] < CLOSEST for a, b in pairwise(self.points)):
            raise ValueError(f"points should go from dark to light, at least {CLOSEST} apart")
        return self

    @property
    def neutral(self) -> bool:
        """Whether the curve is the straight line, or does not work."""
        return self.amount == 0 or self.points == STRAIGHT


def curve(light: Floats, params: Curve, _place: Place) -> Floats:
    """Send the tones through a monotone cubic, and keep the hue."""
    share = np.float32(params.amount / 100)

    def through(channel: Floats) -> Floats:
        tone = srgb_encode(np.clip(channel, 0, 1))
        return srgb_decode(tone + share * (monotone(params.points, tone) - tone))

    return np.clip(toned(light, through), 0, 1)


CURVE = Grade(params=Curve, label="Curve", group="Curve", apply=curve)
