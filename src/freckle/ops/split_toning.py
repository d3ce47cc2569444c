"""Split toning: one color in the lights, another one in the shadows."""

from typing import Annotated, Final, Literal

import numpy as np
from pydantic import Field

from freckle.ops.op import Amount, Balance, Grade, Params, slider
from freckle.pixels.color import SRGB, Floats, srgb_decode
from freckle.pixels.filters import planes, smoothstep, stacked
from freckle.pixels.oklab import from_oklab, oklab, skin_colored
from freckle.pixels.place import Place

Hue = Annotated[float, Field(ge=0, le=360)]
CHROMA: Final = 0.085
"""How much color the middle of lights or shadows gets at 100, in Oklab."""
TURN: Final = 0.22
"""How far balance at 100 moves the border between lights and shadows, in Oklab's lightness."""


class SplitToning(Params):
    """Color of lights and shadows."""

    op: Literal["split_toning"] = "split_toning"
    version: Literal[1] = 1
    highlights_hue: Hue = slider(45, cap=360, floor=0)
    """The color of the lights, in degrees: 0 is red, 60 yellow, 120 green, 240 blue."""
    highlights: Amount = slider()
    """How much of it the lights get."""
    shadows_hue: Hue = slider(210, cap=360, floor=0)
    """The color of the shadows, in degrees."""
    shadows: Amount = slider()
    """How much of it the shadows get."""
    balance: Balance = slider()
    """Plus lets the lights' color reach further down, minus the shadows' further up."""
    skin: Amount = slider(60)
    """How much skin keeps its own color."""
    eyes: Amount = slider()
    """How much eyes and teeth keep their own color."""

    @property
    def neutral(self) -> bool:
        """Whether neither lights nor shadows get a color."""
        return self.highlights == 0 and self.shadows == 0


def split_toning(light: Floats, params: SplitToning, place: Place) -> Floats:
    """Shift a and b of Oklab at its lightness; black and white stay neutral."""
    lightness, a, b = planes(oklab(light, place.space))
    border = 0.52 - TURN * params.balance / 100
    bright = smoothstep(border - 0.3, border + 0.3, lightness)
    room = smoothstep(0.0, 0.25, lightness) * (1 - smoothstep(0.9, 1.0, lightness))
    skin = skin_colored(lightness, a, b)
    room *= 1 - np.float32(params.skin / 100) * skin
    ends = (
        (params.highlights_hue, params.highlights, bright),
        (params.shadows_hue, params.shadows, 1 - bright),
    )
    for hue, amount, weight in ends:
        red, blue = _direction(hue)
        share = np.float32(CHROMA * amount / 100) * weight * room
        a, b = (np.asarray(v, np.float32) for v in (a + red * share, b + blue * share))
    return np.clip(from_oklab(stacked(lightness, a, b), place.space), 0, 1)


def _direction(hue: float) -> tuple[np.float32, np.float32]:
    """Return where a hue of the usual color wheel lies in Oklab: a and b of length 1."""
    sector = hue / 60
    parts = [min(max(abs((sector - at + 3) % 6 - 3) * sign + off, 0), 1) for at, sign, off in WHEEL]
    _, a, b = oklab(srgb_decode(np.array([[parts]], np.float32)), SRGB)[0, 0]
    length = max(float(np.hypot(a, b)), 1e-6)
    return np.float32(a / length), np.float32(b / length)


WHEEL: Final = ((0, -1, 2), (2, -1, 2), (4, -1, 2))
"""Where red, green and blue lie on the wheel, in sixths, and how each falls off beside it."""

SPLIT_TONING = Grade(
    params=SplitToning,
    label="Split toning",
    group="Color mood",
    apply=split_toning,
    spares=lambda params: params.eyes / 100,
)
