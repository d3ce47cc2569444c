"""Where powder lies: bare skin of the face, on the mesh and a little beyond it.

The mesh ends below the hairline and above the jaw's under edge; powder is blended out over both.
"""

from typing import Final

import cv2
import numpy as np

from freckle.analysis import landmarks as lm
from freckle.analysis.regions import Region, Regions
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, smoothstep

BEYOND: Final = (0.02, 0.13)
"""From where to where outside the mesh powder is blended out, in face widths: the forehead up to
the hairline, and a throat's upper edge."""
TURNED: Final = (0.02, 0.30)
"""How much skin looks at the camera where powder is just not, and wholly, seen."""


def powder(r: Regions) -> Floats:
    """Return skin that takes powder: none in hair and beards, on lips, lids and things worn."""
    beyond = np.maximum(r.beyond((r.chart.facing > 0).astype(np.float32)), 0)
    facing = outward(r.chart.facing, r.chart.facing)
    seen = smoothstep(*TURNED, gaussian(facing, 0.01 * r.unit))
    bare = smoothstep(0.5, 0.9, gaussian(r.map.skin, 0.012 * r.unit))
    lips = r.soften(r.grow(r.polygons([lm.LIPS_OUTER]), 0.02), 0.01)
    # blended out before hair, which is thin where it begins, and before the head's edge
    hair, behind = (
        r.beyond((share > 0.35).astype(np.float32))
        for share in (r.parsing.hair, r.parsing.background)
    )
    ends = smoothstep(0.0, 0.072, hair) * smoothstep(-0.01, 0.025, behind)
    mask = r.small(Region.SHEEN) * (1 - lips) * bare * r.map.uncovered
    mask = mask * ends
    return np.asarray(np.maximum(mask, 0) * seen * (1 - smoothstep(*BEYOND, beyond)), np.float32)


def outward(values: Floats, known: Floats) -> Floats:
    """Return values known in a part of a picture, and around it those of the nearest such pixel.

    `known` is height × width, above 0 where they are.
    """
    there = known > 0
    if not there.any():
        return values
    _, labels = cv2.distanceTransformWithLabels(
        (~there).astype(np.uint8), cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL
    )
    table = np.zeros(int(labels.max()) + 1, np.float32)
    table[labels[there]] = values[there]
    return np.asarray(table[labels], np.float32)
