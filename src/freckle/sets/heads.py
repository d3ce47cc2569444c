"""Measure a head: eyes, chin and crown, on level lines.

The crown is the skull's: it lies as far above the eyes as the chin lies below them (Farkas 1994:
121 and 118 mm, and the vertex lies farther from the camera), unless less than that is there. The
top is the hair's: the highest row over the face in which the matte still sees the person.
"""

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np

from freckle.analysis import landmarks as lm
from freckle.analysis.faces import Face
from freckle.geometry import Affine, Points
from freckle.photo import Pixels
from freckle.render.neighbors import outline_of

SKULL: Final = 1.0
"""From the eyes to the crown, in distances from the eyes to the chin."""
STEP: Final = 0.005
"""Rows in which the matte is read, in distances from the eyes to the chin."""
REACH: Final = 2.2
"""How far above the eyes hair is looked for, in the same unit."""
BAND: Final = 0.5
"""Half of the width over the face in which it is looked for."""
SEEN: Final = 0.2
"""Share of that width which the person takes in a row that is still theirs."""
CHIN: Final = (148, 152, 176, 377, 400)
"""The lowest points of the jaw."""


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A head in level coordinates: y of each line, in pixels of the photo."""

    to_level: Affine
    """Maps the photo's points to level ones: the photo itself, or turned so that eyes are level."""
    middle: float
    """x of the line between the eyes."""
    eyes: float
    chin: float
    crown: float
    """Of the skull, without the hair."""
    top: float
    """Of the hair, or of the skull where it shows."""
    cut: bool
    """Whether the top is not in the photo."""

    def height(self, *, hair: bool) -> float:
        """Return the height from the chin to the crown, or to the hair's top, in pixels."""
        return self.chin - (self.top if hair else self.crown)


def head_of(face: Face, alpha: Pixels | None, *, level: bool) -> Head:
    """Measure a face's head; `alpha` is the matte (uint16 of the photo's size), None: no hair.

    `level` turns the head upright; otherwise the photo's own lines count.
    """
    points = face.landmarks[:, :2].astype(np.float64)
    pupils = points[[lm.RIGHT_PUPIL, lm.LEFT_PUPIL]]
    turn = _upright(pupils) if level else Affine(np.eye(2, 3))
    lines = turn(points.astype(np.float32))
    middle, eyes = lines[[lm.RIGHT_PUPIL, lm.LEFT_PUPIL]].mean(axis=0).tolist()
    chin = float(lines[list(CHIN), 1].max())
    half = max(chin - eyes, 1.0)
    skull = eyes - SKULL * half
    if alpha is None:
        top = float(turn(outline_of(face))[:, 1].min())
        return Head(turn, middle, eyes, chin, skull, min(top, skull), cut=False)
    top, cut = _top(alpha, turn, (middle, eyes), half)
    return Head(turn, middle, eyes, chin, max(skull, top), top, cut)


def _upright(pupils: Any) -> Affine:
    """Return the turn around the eyes' middle that makes their line level."""
    across = pupils[1] - pupils[0]
    turn = np.arctan2(across[1], across[0])
    cos, sin = np.cos(turn), np.sin(turn)
    linear = np.array([[cos, sin], [-sin, cos]])
    pivot = pupils.mean(axis=0)
    return Affine(np.column_stack([linear, pivot - linear @ pivot]))


def _top(alpha: Pixels, turn: Affine, eyes: tuple[float, float], half: float) -> tuple[float, bool]:
    """Return y of the highest row that is the person's, and whether the photo ends there."""
    rows = eyes[1] - half * np.arange(0.3, REACH, STEP)
    columns = eyes[0] + half * np.linspace(-BAND, BAND, 121)
    grid = np.stack(np.meshgrid(columns, rows), axis=-1).astype(np.float32)
    places: Points = turn.inverse()(grid)
    seen = cv2.remap(
        alpha.astype(np.float32),
        np.ascontiguousarray(places[..., 0] - 0.5),
        np.ascontiguousarray(places[..., 1] - 0.5),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=0,
    )
    theirs = (seen > 0.5 * np.iinfo(alpha.dtype).max).mean(axis=1) >= SEEN
    ends = int(np.argmin(theirs)) if not theirs.all() else len(rows) - 1
    height, width = alpha.shape
    x, y = places[ends, :, 0], places[ends, :, 1]
    inside = (x >= 1) & (y >= 1) & (x <= width - 1) & (y <= height - 1)
    return float(rows[ends]), bool(np.mean(inside) < 1 - SEEN)
