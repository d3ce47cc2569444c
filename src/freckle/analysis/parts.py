"""Which pixels are hair, clothes and ground, softly: for colors that differ between them.

Ground is what the quick matte leaves; people are divided as the parser sees them, with the edges
of the picture by the guided filter (He et al. 2010). What uses it shifts colors and cuts nobody
out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import cv2
import numpy as np

from freckle.analysis.faces import Face
from freckle.analysis.matte import PEAK, Matte, reduced, under
from freckle.analysis.trimap import parsed
from freckle.geometry import Affine
from freckle.photo import Photo, Pixels
from freckle.pixels.color import Floats, to_srgb
from freckle.pixels.filters import smoothstep
from freckle.pixels.guided import slopes
from freckle.vision import parser

KINDS: Final = (parser.HAIR, parser.CLOTHES)
SMALL: Final = 640
"""Pixels of the longer side on which they are told apart."""
FINE: Final = 2000
"""The same of what is kept; a photo's own pixels between are filled in."""
REACH: Final = 0.012
"""How far edges within people are looked for, in widths of the picture."""
CLOSE: Final = 0.007
"""The same for people's own, which the matte knows better; where hair and ground look alike, this
is how soft the border is."""
GRAIN: Final = 0.035
"""Differences of color below which there is no edge (0..1)."""
SURE: Final = (0.25, 0.75)
"""Likelihoods up to which something is surely not of a kind, and from which it surely is."""


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Hair, clothes and ground of a photo."""

    weights: Pixels
    """Height × width × 3 uint8 of the reduced photo; 255 is sure, and no more together."""
    photo: tuple[int, int]

    @classmethod
    def of(cls, photo: Photo, faces: Sequence[Face]) -> Self:
        """Look at a photo with the parser, closer at its largest heads."""
        fine = np.clip(to_srgb(reduced(photo, FINE), photo.space), 0, 1).astype(np.float32)
        longer = max(fine.shape[:2])
        scale = min(1.0, SMALL / longer)
        size = max(1, round(fine.shape[1] * scale)), max(1, round(fine.shape[0] * scale))
        small = np.asarray(cv2.resize(fine, size, interpolation=cv2.INTER_AREA), np.float32)
        whole = scale * longer / max(photo.width, photo.height)
        classes, _ = parsed(small, faces, whole)
        # the quick one always: what is drawn must not depend on whether a fine one is there
        matte: Any = Matte.of(photo, faces, quick=True).alpha
        matte = cv2.resize(matte, size, interpolation=cv2.INTER_AREA).astype(np.float32)
        people = _edged(small, fine, matte * np.float32(1 / PEAK), CLOSE)
        person = np.maximum(1 - classes[..., parser.BACKGROUND], np.float32(0.05))
        likely = (smoothstep(*SURE, classes[..., kind] / person) for kind in KINDS)
        hair, clothes = (_edged(small, fine, each, REACH) for each in likely)
        share = people / np.maximum(hair + clothes, 1)
        weights = np.dstack([hair * share, clothes * share, 1 - people])
        stored = np.floor(weights * np.float32(255) + np.float32(1e-3)).astype(np.uint8)
        return cls(stored, (photo.width, photo.height))

    def on(self, to_photo: Affine, size: tuple[int, int]) -> Any:
        """Return the weights for a picture of width × height pixels (uint8).

        `to_photo` maps its points to the photo's.
        """
        step = float(to_photo.matrix[0, 0]) * self.weights.shape[1] / self.photo[0]
        plane: Any = self.weights
        if step > 1:
            small = (max(1, round(side / step)) for side in (plane.shape[1], plane.shape[0]))
            plane = cv2.resize(plane, tuple(small), interpolation=cv2.INTER_AREA)
        return under(plane, self.photo, to_photo, size)


def _edged(small: Floats, fine: Floats, seen: Floats, reach: float) -> Floats:
    """Return weights (0..1) of a small picture with the edges of a fine one; soft without edges."""
    slope, offset = slopes(small, seen, reach * max(small.shape[:2]), GRAIN)
    size = fine.shape[1], fine.shape[0]
    lines, rest = (cv2.resize(plane, size) for plane in (slope, offset))
    return np.asarray(np.clip((lines * fine).sum(axis=2) + rest, 0, 1), np.float32)
