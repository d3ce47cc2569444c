"""Whether a beard has grown on a face."""

from typing import Final

import numpy as np

from freckle.analysis import landmarks as lm
from freckle.analysis.regions import Regions

GROWN: Final = 0.115
"""Share of where beards grow that is hair rather than bare skin, from which it is one. Of fifty
open portraits beards have .12 to .30, bare faces and stubble up to .11."""
AROUND: Final = 0.22
"""σ around the mouth within which that counts, in face widths: hair and shade lie farther out."""


def bearded(r: Regions) -> bool:
    """Whether hair has grown around mouth and chin; shaved skin and stubble are no beard."""
    lips = r.soften(r.grow(r.polygons([lm.LIPS_OUTER]), 0.02), 0.01)
    rows, columns = np.mgrid[: lips.shape[0], : lips.shape[1]].astype(np.float32)
    x, y = r.points[list(lm.MOUTH_CORNERS)].mean(axis=0) / r.factor
    away = np.square(columns - x) + np.square(rows - y)
    zone = r.hulls([lm.BEARD]) * (1 - lips) * np.exp(-away / (2 * (AROUND * r.unit) ** 2))
    hair = (1 - r.map.skin) * r.map.uncovered * (r.parsing.face_skin + r.parsing.hair)
    return float((zone * hair).sum()) >= GROWN * max(float(zone.sum()), 1.0)
