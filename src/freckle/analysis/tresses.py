"""Hair told from the ground by its own color, where the matte alone cannot say what mixes.

A strand before a bright ground may be dark and thin or gray and thick: the pixel is the same. The
closed form chooses what changes least, which is gray and thick at the rim of hair, and thin where
a strand leaves it. But hair beside is hair too: its color, carried outward, says how much of the
pixel is its own. (Sampling both colors nearby: Chuang et al. 2001, Wang and Cohen 2007.)
"""

from dataclasses import dataclass
from typing import Any, Final, Self

import cv2
import numpy as np

from freckle.analysis.trimap import Trimap
from freckle.pixels.color import Floats
from freckle.pixels.filters import layers

REACHES: Final = (0.24, 0.09, 0.03)
"""How far hair's color is carried, in face widths: the nearest that is known counts."""
ENOUGH: Final = np.float32(0.1)
"""Share of a neighborhood that has to be hair for its color to be known there."""
SURE: Final = 0.97, 0.25
"""Alpha and depth from which on a place of the band counts as hair itself."""
SPREAD: Final = np.float32(0.11)
"""Squared distance of both colors at which alpha by color weighs as much as the matte's.

That of colors' own spread, .05, over that of the matte's error, .15, squared.
"""
NEAR: Final = np.float32(0.02)
"""Squared distance of both colors below which nobody can tell what of one is in the other."""


@dataclass(frozen=True, slots=True, eq=False)
class Tresses:
    """The color of hair around each place of a reduced picture."""

    color: Floats
    """Height × width × 3, encoded 0..1."""
    share: Floats
    """How far what is near belongs to hair and not to clothes or skin, 0..1; 0 off the band."""

    @classmethod
    def of(cls, picture: Floats, trimap: Trimap, alpha: Floats) -> Self:
        """Carry the color of what surely is hair outward. Source: see the module."""
        whole, deep = SURE
        sure = (trimap.known == 1) | ((alpha > whole) & (trimap.depth > deep))
        body = sure.astype(np.float32)
        hair = (sure & trimap.locks).astype(np.float32)
        color: Any = np.zeros_like(picture)
        if hair.any():
            color += picture[hair > 0].mean(axis=0)
        share: Any = np.zeros_like(alpha)
        for reach in REACHES:
            radius = max(1.0, reach * trimap.unit)
            found, near = _soft(hair, radius), _soft(body, radius)
            mean = _soft(picture * layers(hair), radius) / layers(np.maximum(found, 1e-6))
            color += layers(np.minimum(found / ENOUGH, 1)) * (mean - color)
            share += np.minimum(near / ENOUGH, 1) * (found / np.maximum(near, 1e-4) - share)
        return cls(color, np.asarray(np.where(trimap.band, np.clip(share, 0, 1), 0), np.float32))

    def thickened(self, picture: Floats, alpha: Floats, back: Floats, yielding: Floats) -> Floats:
        """Return alpha as both colors tell it: strands whole, pockets of ground empty.

        `back` is the ground's color. Away from hair alpha stays; where the parser surely sees hair
        it is not taken away, as `yielding` says: that is shine.
        """
        line = self.color - back
        rest = picture - layers(alpha) * self.color - layers(1 - alpha) * back
        step = (rest * line).sum(axis=2) / ((line * line).sum(axis=2) + SPREAD)
        change = np.clip(alpha + step, 0, 1) - alpha
        gone = np.minimum(change, 0) * yielding
        # what lies between hair and clothes is told by hair's color as well
        found = alpha + np.minimum(2 * self.share, 1) * (np.maximum(change, 0) + gone)
        return np.asarray(found, np.float32)

    def cleaned(self, front: Floats, back: Floats, depth: Floats) -> Floats:
        """Return people's color without the ground's, which is the gray rim of dark hair.

        What of `front` lies from hair's color toward the ground's is taken out, less where the
        parser is deep inside people (`depth`).
        """
        line = back - self.color
        toward = ((front - self.color) * line).sum(axis=2) / ((line * line).sum(axis=2) + NEAR)
        amount = np.clip(toward, 0, 1) * self.share * (1 - depth * depth)
        return np.asarray(np.clip(front - layers(amount) * line, 0, 1), np.float32)


def _soft(values: Any, radius: float) -> Any:
    """Blur by two boxes, which costs the same at any radius."""
    side = 2 * round(radius) + 1
    for _ in range(2):
        values = cv2.blur(values, (side, side), borderType=cv2.BORDER_REFLECT_101)
    return values
