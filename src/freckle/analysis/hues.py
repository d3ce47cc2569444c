"""Which colors are hair's alone, and which the ground's alone: histograms, as graph cuts use them.

(Boykov and Jolly 2001.) Where a color is found only in the hair or only in the ground, the closed
form gets a reason to hold on to; a color that both have, such as gaps between leaves, gives none.
Where all colors around are both's (`alike`), the parser has the say.
"""

from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.alike import alike
from freckle.analysis.trimap import Trimap
from freckle.pixels.color import Floats
from freckle.pixels.filters import smoothstep

BINS: Final = 16
"""Steps of each channel."""
RARE: Final = 2e-4
"""Share of all below which a color counts as not found: an even share of all bins."""
TELLS: Final = (1.0, 3.0)
"""Logarithm of how many times likelier a color is, where that begins to count and where it does."""
HOLD: Final = np.float32(3e-3)
"""Weight of what a color tells, against that of a pixel's windows."""
BLIND: Final = np.float32(0.1)
"""Weight of the parser where hair and ground are of one color."""
BLOT: Final = 0.012
"""Radius of what may be a pocket of ground, in face widths; less is shine."""
NOTHING: Final = 0.02
"""Below it the parser sees nobody, and strands are left to the picture."""
FEWEST: Final = 50
"""Pixels of surely hair without which nobody knows its colors."""


def told(picture: Floats, trimap: Trimap, trust: Floats) -> tuple[Floats, Floats]:
    """Return how likely each place is somebody's (0..1) and its weight, by the parser and by color.

    `picture` is height × width × 3 (0..1), `trust` the parser's own weight.
    """
    hair = (trimap.known == 1) & trimap.locks
    if int(hair.sum()) < FEWEST:
        return trimap.likely, trust
    bins = np.minimum((picture * BINS).astype(np.intp), BINS - 1)
    flat = (bins[..., 0] * BINS + bins[..., 1]) * BINS + bins[..., 2]
    shares = [_histogram(flat[mask])[flat] for mask in (hair, trimap.known == 0)]
    ratio = np.log((shares[0] + RARE) / (shares[1] + RARE)).astype(np.float32)
    ratio = np.asarray(cv2.GaussianBlur(ratio, (0, 0), 1.0), np.float32)
    where = (trimap.hair & ~trimap.other).astype(np.float32)
    own = smoothstep(*TELLS, ratio) * where * (trimap.likely > NOTHING)
    side = 2 * max(1, round(BLOT * trimap.unit)) + 1
    disc: Any = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    pocket = np.asarray(
        cv2.morphologyEx(smoothstep(*TELLS, -ratio), cv2.MORPH_OPEN, disc), np.float32
    )
    pocket = pocket * where * trimap.yielding
    likely = trimap.likely * (1 - pocket)
    likely = likely + (1 - likely) * own
    weight = trust * (1 - pocket) + HOLD * np.maximum(own, pocket)
    blind = alike(picture, trimap)
    likely = likely + blind * (trimap.likely - likely)
    weight = weight + BLIND * blind
    return np.asarray(likely, np.float32), np.asarray(weight, np.float32)


def _histogram(values: npt.NDArray[np.intp]) -> Floats:
    """Return the share of each color, blurred over its neighbors."""
    counts: Any = np.bincount(values, minlength=BINS**3).astype(np.float64)
    cube = counts.reshape(BINS, BINS, BINS) / max(1, values.size)
    for axis in (0, 1, 2, 0, 1, 2):
        ends = [(1, 1) if axis == k else (0, 0) for k in range(3)]
        wide = np.moveaxis(np.pad(cube, ends, mode="edge"), axis, 0)
        cube = np.moveaxis((wide[:-2] + 2 * wide[1:-1] + wide[2:]) / 4, 0, axis)
    return np.asarray(cube.ravel(), np.float32)
