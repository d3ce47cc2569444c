"""Where lips may be colored: to their very edge, soft as the photo's, and nothing but lips.

The outlines (`mouth.py`) are right to a hundredth of the face's width. What each pixel at them
shows is told by its color between that of the lips and that of what lies beside them just there,
as mattes are made (Chuang et al. 2001): a pixel half tooth, half lip is half colored.

All masks are float32, 0..1, of one size with the picture; `unit` is the face's width in its pixels.
"""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.pixels.color import Floats
from freckle.pixels.filters import central, gaussian, masked_gaussian, smoothstep

SOFT: Final = 0.0015
"""Standard deviation of the edge of lip color, in face widths."""
BESIDE: Final = 0.02
"""Reach in face widths within which lips and what lies beside them are compared."""
LOOSE: Final = 0.008
"""How far the picture may move an outline, in face widths."""
WEIGHTS: Final = (0.5, 1.0, 1.0)
"""What L*, a* and b* count: light changes on lips, their color hardly."""
ALIKE: Final = 14.0
"""Difference (CIELAB, weighted) of lips and skin at which color and outline count the same."""
Flags = npt.NDArray[np.bool_]


def lip_color(lab: Floats, whole: Floats, opening: Floats | None, unit: float) -> Floats:
    """Return where lips may be colored: `whole`, without what shows between them."""
    hole = np.zeros_like(whole) if opening is None else opening
    lips = settled(lab, whole, hole, unit)
    if opening is None:
        return lips
    return lips * (1 - between(lab, whole * (1 - opening), opening, unit))


def settled(lab: Floats, whole: Floats, hole: Floats, unit: float) -> Floats:
    """Return the lips as the picture has their outer edge near that of `whole`."""
    lips = smoothstep(0.7, 0.95, gaussian(whole, 0.005 * unit)) * (1 - hole)
    skin = smoothstep(0.85, 0.98, gaussian(1 - whole, 0.006 * unit))
    if float(lips.sum()) < 1 or float(skin.sum()) < 1:
        return gaussian(whole, SOFT * unit)
    share, apart = _share(lab, lips, skin, unit)
    belief = apart / (apart + np.float32(ALIKE**2))
    near = gaussian(whole, LOOSE * unit)
    loose = np.clip(4 * near * (1 - near), 0, 1)
    # blurred, for a painted edge is smooth whatever the lip's own
    share = gaussian(np.clip(share, 0, 1), 0.004 * unit)
    seen = near + np.float32(0.8) * loose * (smoothstep(0.2, 0.8, share) - np.float32(0.5))
    color = smoothstep(0.3, 0.7, gaussian(seen, SOFT * unit))
    plain = gaussian(whole, SOFT * unit)
    return np.asarray(np.clip(plain + belief * (color - plain), 0, 1) * (near > 0.02), np.float32)


def _share(lab: Floats, first: Floats, second: Floats, unit: float) -> tuple[Floats, Floats]:
    """Return how much each pixel looks like `first` and not like `second`, as they are nearby.

    And how far apart the two are (CIELAB, weighted and squared).
    """
    weights = np.array(WEIGHTS, np.float32) ** 2
    one, other = (masked_gaussian(lab, mask, BESIDE * unit, 1e-5) for mask in (first, second))
    axis = (one - other) * weights
    apart = np.asarray((axis * (one - other)).sum(axis=2), np.float32)
    along = ((lab - other) * axis).sum(axis=2)
    return np.asarray(along / np.maximum(apart, 1e-3), np.float32), apart


def between(lab: Floats, lips: Floats, opening: Floats, unit: float) -> Floats:
    """Return 0..1: teeth and the dark behind lips at the edge of an opening, and all of it.

    `lab`, `lips` and `opening` are of one size. Only what hangs together with the opening counts.
    """
    # half a pixel's width off what is within: enlarging the change must not reach it
    hole = smoothstep(0.0, 0.6, gaussian(opening, SOFT * unit))
    if not (lips > 0.9).any():
        return hole
    middle = central(lab[lips > 0.9], axis=0)
    sure = smoothstep(0.8, 1.0, lips) * (lab[..., 0] + 16 > 0.6 * (middle[0] + 16))
    usual = masked_gaussian(lab, sure, BESIDE * unit, 1e-5)
    tooth = _teeth(lab, usual, middle, opening, unit)
    dark = (gaussian(lab[..., 0], 0.002 * unit) + 16) / (usual[..., 0] + 16)
    dark = (1 - smoothstep(0.4, 0.52, dark)) * (usual[..., 0] > 0)
    found = _near(tooth > 0.5, opening, 0.008 * unit) | _near(dark > 0.5, opening, 0.05 * unit)
    # what is half lip, half tooth lies within two pixels
    rim = np.asarray(cv2.dilate(found.astype(np.uint8), np.ones((5, 5), np.uint8)), np.float32)
    return np.maximum(rim * np.maximum(tooth, dark), hole)


def _near(found: Flags, opening: Floats, reach: float) -> Flags:
    """Keep what is nearer to the opening than `reach` pixels and touches it."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * round(reach) + 1,) * 2)
    hole = (opening > 0.5).astype(np.uint8)
    kept = (found & (cv2.dilate(hole, disc) > 0)) | (hole > 0)
    wider = cv2.dilate(kept.astype(np.uint8), np.ones((3, 3), np.uint8))  # over blurred edges
    _, labels = cv2.connectedComponents(wider)
    held = np.unique(labels[hole > 0])
    return np.asarray(found & kept & np.isin(labels, held[held > 0]))


def _teeth(lab: Floats, usual: Floats, middle: Floats, opening: Floats, unit: float) -> Floats:
    """Return 0..1: how much of a pixel is lighter and less red than lips, as teeth are.

    `usual` is what lips look like around each pixel, `middle` what they look like as a whole.

    0 where none show in the opening. Gloss on lips is as light as teeth, but not as little red.
    """
    inside = opening > 0.9
    shown = inside & (lab[..., 0] > middle[0] + 6) & (lab[..., 1] < 0.75 * middle[1] + 1)
    if shown.sum() < 0.1 * inside.sum():
        return np.zeros_like(opening)
    tooth = masked_gaussian(lab, shown.astype(np.float32), 2 * BESIDE * unit, 1e-5)
    axis = (tooth - usual) * np.array([0.25, 1, 1], np.float32)
    apart = (axis * (tooth - usual)).sum(axis=2)
    share = ((lab - usual) * axis).sum(axis=2) / np.maximum(apart, 25)
    redder = lab[..., 1] > 0.6 * tooth[..., 1] + 0.4 * usual[..., 1] + 1
    return np.asarray(smoothstep(0.2, 0.5, share) * ~redder, np.float32)
