"""What lies behind the lenses of glasses: between the rims that the network shows."""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis import landmarks as lm
from freckle.analysis.regions import Regions
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, smoothstep
from freckle.pixels.morphology import morph

RIM: Final = 0.2
"""Share of a worn thing from which a place near the eyes is a rim."""
GAP: Final = 0.022
"""Half the width of gaps in rims that are bridged, in face widths: thin metal is hardly seen."""
WIDE: Final = (0.33, 0.26)
"""How far from an eye's middle its lens may reach, sideways and up or down, in face widths."""
LEAST: Final = 0.012
"""Area of rims around an eye, in squares of the face's width, from which glasses are worn."""

Mask = npt.NDArray[np.uint8]


def lenses(r: Regions) -> Floats:
    """Return the insides of both lenses, coarse grid; 0 everywhere without glasses.

    Sunglasses have none: the network takes their lenses for rims.
    """
    rims = (r.parsing.others > RIM).astype(np.uint8)
    found = np.zeros(r.size, np.float32)
    for corners in (lm.RIGHT_EYE_CORNERS, lm.LEFT_EYE_CORNERS):
        middle = r.points[list(corners)].mean(axis=0) / r.factor
        near, eye = _near(r, middle, 1.0), _near(r, middle, 0.35)
        if float((rims * near).sum()) >= LEAST * r.unit**2:
            found = np.maximum(found, _lens(r, rims * near, near, eye))
    # through a lens beside the head's edge one sees what is behind the head
    skin = smoothstep(0.3, 0.7, r.parsing.face_skin) * (1 - smoothstep(-0.05, -0.02, r.outside))
    return np.asarray(gaussian(found, 0.004 * r.unit) * found * skin, np.float32)


def _near(r: Regions, middle: npt.NDArray[np.float32], share: float) -> Mask:
    """Return an ellipse around an eye: a share of that in which its lens lies."""
    near = np.zeros(r.size, np.uint8)
    axes = [max(1, round(share * wide * r.unit)) for wide in WIDE]
    turn = float(np.degrees(np.arctan2(r.up[0], -r.up[1])))
    center = round(float(middle[0])), round(float(middle[1]))
    cv2.ellipse(near, center, (axes[0], axes[1]), turn, 0, 360, 1, -1)
    return near


def _lens(r: Regions, rims: Mask, near: Mask, eye: Mask) -> Floats:
    """Return what the rims enclose around an eye; where they are open, what they span."""
    walls = morph(rims.astype(np.float32), cv2.MORPH_DILATE, GAP * r.unit) > 0.5
    inside = _at(~walls, eye)
    if not inside.any() or (inside & (near == 0)).any():
        points = np.ascontiguousarray(np.argwhere(rims > 0)[:, ::-1], np.int32)
        span = np.zeros(r.size, np.uint8)
        cv2.fillConvexPoly(span, cv2.convexHull(points), 1)
        inside = _at((span * near > 0) & ~walls, eye)
    # the thick walls have made the opening smaller
    grown = morph(inside.astype(np.float32), cv2.MORPH_DILATE, GAP * r.unit)
    return np.asarray(grown * (1 - rims) * near, np.float32)


def _at(free: npt.NDArray[np.bool_], place: Mask) -> npt.NDArray[np.bool_]:
    """Return the piece of a shape that holds most of a place; nothing where it holds little."""
    _, labels = cv2.connectedComponents(free.astype(np.uint8), connectivity=4)
    held = np.bincount(labels[place > 0].ravel(), minlength=2)
    held[0] = 0
    most = int(held.argmax())
    return np.asarray((labels == most) & (held[most] > 0.2 * float(place.sum())))
