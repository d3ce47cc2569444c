"""Film grain over the whole picture, the same in every rendering of it."""

from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from freckle.ops.op import Amount, Grade, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import layers, smoothstep
from freckle.pixels.place import Place
from freckle.pixels.tone import perceived, physical
from freckle.pixels.white import luminance

STRENGTH: Final = 0.055
"""Standard deviation of perceived tone at 100, in middle tones."""
FINEST: Final = 0.0003
"""Distance between grains at size 0, in widths of the picture."""
COARSEST: Final = 0.0015
"""The same at size 100."""

Whole = npt.NDArray[np.uint32]


class Grain(Params):
    """Grain over the whole picture."""

    op: Literal["grain"] = "grain"
    version: Literal[1] = 1
    amount: Amount = slider()
    """How strong the grain is; strongest in middle tones."""
    size: Amount = slider(25)
    """How coarse it is; it grows with the picture."""


def grain(light: Floats, params: Grain, place: Place) -> Floats:
    """Shift perceived tone by noise that belongs to places of the picture, the same in all colors.

    Where a pixel of the view covers several grains their mean is fainter, as in a real enlargement.
    """
    step = FINEST + (COARSEST - FINEST) * params.size / 100
    fade = min(1.0, step * place.unit / 0.7)
    level = perceived(luminance(light, place.space))
    middle = smoothstep(-0.15, 0.4, level) * (1 - smoothstep(0.55, 1.05, level))
    noise = _noise(place, step) * middle * np.float32(STRENGTH * fade * params.amount / 100)
    return np.minimum(physical(np.clip(perceived(light) + layers(noise), 0, 1)), 1)


def _noise(place: Place, step: float) -> Floats:
    """Return smooth noise of mean 0 and deviation 1: a cubic B-spline over random numbers."""
    x, y = (axis / np.float32(step) for axis in place.axes())
    columns, rows = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    first = columns[0] - 1, rows[0] - 1
    values = _random(first, (int(columns[-1] - columns[0]) + 4, int(rows[-1] - rows[0]) + 4))
    columns, rows = columns - columns[0], rows - rows[0]
    across = np.zeros((values.shape[0], len(columns)), np.float32)
    for k, weight in enumerate(_weights(x)):
        across += values[:, columns + k] * weight
    down = np.zeros((len(rows), len(columns)), np.float32)
    for k, weight in enumerate(_weights(y)):
        down += across[rows + k] * weight[:, None]
    return np.asarray(down / np.float32(0.48), np.float32)  # what the spline averages away


def _weights(at: Floats) -> list[Floats]:
    """Return the cubic B-spline's weights of the four numbers around each place."""
    t = at - np.floor(at)
    rest = 1 - t
    sixth = np.float32(1 / 6)
    inner = [(3 * s**3 - 6 * s**2 + 4) * sixth for s in (t, rest)]
    return [rest**3 * sixth, *inner, t**3 * sixth]


def _random(first: tuple[int, int], size: tuple[int, int]) -> Floats:
    """Return numbers of about a normal distribution, each a hash of its column and row."""
    columns = (np.arange(size[0]) + first[0]).astype(np.uint32)[None, :]
    rows = (np.arange(size[1]) + first[1]).astype(np.uint32)[:, None]
    mixed = _hash(columns + _hash(rows + np.uint32(0x9E3779B9)))
    parts = [((mixed >> np.uint32(shift)) & np.uint32(255)).astype(np.float32) for shift in SHIFTS]
    return np.asarray((sum(parts) - np.float32(510)) / np.float32(147.8), np.float32)


SHIFTS: Final = (0, 8, 16, 24)


def _hash(x: Whole) -> Whole:
    """Return well mixed bits (Wellons 2018, `lowbias32`)."""
    x = (x ^ (x >> np.uint32(16))) * np.uint32(0x7FEB352D)
    x = (x ^ (x >> np.uint32(15))) * np.uint32(0x846CA68B)
    return x ^ (x >> np.uint32(16))


GRAIN = Grade(params=Grain, label="Grain", group="Effects", apply=grain)
