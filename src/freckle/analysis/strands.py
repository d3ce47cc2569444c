"""Where a thin line on a face can be a stray hair: skin without features, beard and hair's mass."""

from typing import Final

import cv2
import numpy as np

from freckle.analysis import landmarks as lm
from freckle.analysis.regions import Region, Regions
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, smoothstep
from freckle.pixels.morphology import morph

MASS: Final = 0.018
"""Hair thicker than twice this is no strand but hair, in face widths."""


DOUBT: Final = 0.4
"""What is taken from the clearness of lines where faces have lines of their own."""


def strands(r: Regions) -> Floats:
    """Return the face's skin, with what thin hair lies over it; soft at all its edges.

    Less than whole where lines are likelier folds, or hairs that grow there.
    """
    off = smoothstep(0.01, 0.04, r.beyond(_mass(r)))
    before = r.parsing.others + r.parsing.clothes + r.parsing.background
    before = before + r.parsing.body_skin * (r.outside < 0)
    worn = r.grow((before > 0.3).astype(np.float32), 0.012)
    beard = r.hulls([lm.BEARD]) * r.coarse(1.6, 2.4)
    sockets = r.hulls([lm.RIGHT_EYE + lm.RIGHT_BROW, lm.LEFT_EYE + lm.LEFT_BROW])
    features = (
        r.grow(r.small(Region.EYES), 0.05),
        sockets,
        r.grow(r.small(Region.BROWS), 0.02),
        r.grow(r.polygons([lm.LIPS_OUTER]), 0.012),
        r.grow(r.hulls([(*lm.NOSTRILS[0], *lm.NOSTRILS[1])]), 0.02),
        r.grow(r.lines(lm.WING_CREASES), 0.02),
        r.grow(r.small(Region.LENSES), 0.06),
        r.grow((beard > 0.3).astype(np.float32), 0.01),
    )
    lines = (*lm.SMILE_LINES, *lm.CROWS_FEET, lm.FROWN, lm.NOSE, lm.BEARD)
    doubtful = gaussian(r.hulls(lines), 0.01 * r.unit)
    taken = np.maximum(worn, np.max(features, axis=0))
    # the mesh ends below the hairline; at the sides it ends where the face does
    above = smoothstep(0.05, 0.2, r.height)
    inside = 1 - smoothstep(-0.06, -0.035, r.outside - np.float32(0.14) * above)
    free = 1 - smoothstep(0.1, 0.7, gaussian(taken, 0.005 * r.unit))
    return np.asarray(off * inside * free * (1 - np.float32(DOUBT) * doubtful), np.float32)


def near_hair(r: Regions) -> Floats:
    """Return where strands begin: beside the hair that they come from."""
    return 1 - smoothstep(0.05, 0.08, r.beyond(_mass(r)))


def _mass(r: Regions) -> Floats:
    hair = (r.parsing.hair > 0.5).astype(np.float32)
    return morph(hair, cv2.MORPH_OPEN, MASS * r.unit)


def folds(r: Regions) -> Floats:
    """Return where skin folds along the eyes' line: the forehead, and under the eyes."""
    forehead = smoothstep(0.08, 0.14, r.height)
    under = r.grow(r.polygons(lm.UNDER_EYES), 0.03)
    return np.maximum(gaussian(np.maximum(forehead, under), 0.01 * r.unit), 0)


def fuzz(r: Regions) -> Floats:
    """Return where peach fuzz catches light: the upper lip, cheeks and jaw toward their edge."""
    edge = 1 - smoothstep(0.25, 0.6, r.chart.facing)
    low = smoothstep(-200, 0, r.chart.v) * (r.chart.facing > 0)
    lip = r.chart.stroke((0, 130), (200, 190), 90)
    place = np.maximum(edge * low, lip)
    return np.asarray(
        np.maximum(gaussian(place, 0.02 * r.unit), 0) * r.small(Region.STRANDS), np.float32
    )
