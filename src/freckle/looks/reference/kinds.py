"""Carry the colors of hair, clothes and ground each to the reference's own, half of the way.

Each kind goes by one smooth map of its own: lightness along a curve through the quantiles, chroma
by the linear map that moves the least. A photograph stays one when everything of a kind moves
alike and nothing moves farther than it must: so of the way to the reference as much is gone as
brings the distance of their colors down by `AIM`, and no more.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from freckle.looks.reference.fitting import fitted
from freckle.looks.reference.transport import chroma_carried, distance
from freckle.pixels.color import Floats, unlab
from freckle.pixels.table import FEW, Table

Doubles = npt.NDArray[np.float64]
Pair = tuple[Floats, Floats]
"""Colors before and after."""
Weighed = tuple[Pair, float]
AIM: Final = 0.63
"""By how much the distance shall fall; some of it is lost where kinds meet."""
ALIKE: Final = 1.5
"""Distance (ΔE) below which colors are the reference's already."""
SLOPE: Final = (0.65, 1.35)
"""Least and most contrast of the curve: what is stretched more shows its noise."""
STRETCH: Final = (0.6, 1.4)
"""Least and most that a spread of chroma is scaled."""
MOST: Final = 34.0
"""Most that lightness moves, L*."""
FARTHEST: Final = 45.0
"""Most that the mean chroma moves, ΔE."""
OTHERS: Final = 0.06
"""Weight of colors that belong to something else, beside the kind's own: they move as that does,
so that a hat taken for a wall stays a hat."""
STEEP: Final = 2.0
"""Weight of a table's slopes: colors that are near each other move alike, whatever they belong to,
so that neither noise nor bands grow."""
WHITE: Final = 0.02
"""Weight of white, which stays."""
TYPICAL: Final = 1.25
"""How much farther from the reference colors may be that go by what most of them are."""
QUANTILES: Final = 17
TRIES: Final = 12


def carried(own: Floats, theirs: Floats, *, color: bool, mood: bool) -> Floats:
    """Return n × 3 CIELAB colors part of the way to as many of the reference.

    `color` lends chroma, `mood` lightness.
    """
    was = distance(own, theirs)
    light = _lightness(own, theirs) if mood else own[:, :1]
    # the same color in other light
    gain = (light + 16) / (own[:, :1] + 16)
    full = np.concatenate([light, own[:, 1:] * gain], axis=1).astype(np.float32)
    if was <= ALIKE:
        return own
    if color:
        full = _chroma(full, theirs)
    low, high = 0.0, 1.0
    for _ in range(TRIES):
        share = (low + high) / 2
        near = distance(own + np.float32(share) * (full - own), theirs)
        low, high = (low, share) if near <= (1 - AIM) * was else (share, high)
    return np.asarray(own + np.float32(high) * (full - own), np.float32)


def _chroma(own: Floats, theirs: Floats) -> Floats:
    """Return colors with the reference's chroma.

    What most of a kind is goes to what most of the reference's is: a gray wall beside a red flag
    must not turn teal for the flag's sake. Where there is no such part, the mean goes to the mean.
    """
    most, mean = (
        chroma_carried(own, theirs, STRETCH, FARTHEST, whites=True, typical=typical)
        for typical in (True, False)
    )
    return most if distance(most, theirs) <= TYPICAL * distance(mean, theirs) else mean


def table_for(own: Pair, rest: Sequence[Weighed]) -> Table:
    """Return the table that carries colors of a kind as `own` says (before, after; n × 3 CIELAB).

    `rest` are pairs of all else in the photo, and which share of it each has.
    """
    white = np.array([[100, 0, 0]], np.float32)
    pairs = [(own, 1.0), *((pair, OTHERS * share) for pair, share in rest), ((white, white), WHITE)]
    return fitted(
        np.concatenate([_srgb(pair[0]) for pair, _ in pairs]),
        np.concatenate([_srgb(pair[1]) for pair, _ in pairs]),
        np.concatenate([np.full(len(p[0]), w / len(p[0]), np.float32) for p, w in pairs]),
        FEW,
        STEEP,
    )


def _srgb(colors: Floats) -> Floats:
    return np.asarray(np.clip(unlab(colors[None])[0], 0, 1), np.float32)


def _lightness(own: Floats, theirs: Floats) -> Floats:
    """Return lightness (n × 1) along the curve through the quantiles, its slopes in bounds."""
    at = np.linspace(0, 1, QUANTILES)
    here, there = (np.quantile(each[:, 0].astype(np.float64), at) for each in (own, theirs))
    rise = np.diff(here)
    slopes = np.clip(np.diff(there) / np.maximum(rise, 1e-3), *SLOPE)
    curve = np.concatenate([[0.0], np.cumsum(slopes * rise)])
    curve += np.median(theirs[:, 0]) - np.interp(0.5, at, curve)
    move = np.clip(curve - here, -MOST, MOST)
    light = own[:, 0] + np.interp(own[:, 0], here + np.arange(QUANTILES) * 1e-6, move)
    return np.asarray(np.clip(light, 0, 100)[:, None], np.float32)
