"""What a network sees around a face: hair, skin, clothes and things, on the face's coarse grid."""

from dataclasses import dataclass, replace
from typing import Final, Self

import cv2
import numpy as np

from freckle.analysis.frame import MARGINS, Frame, sample
from freckle.geometry import Affine, Points
from freckle.photo import Photo
from freckle.pixels.color import Floats, to_srgb
from freckle.vision import parser

LEAST: Final = 0.2
"""Share of the head below which the network did not see that there is a face."""
RIM: Final = 0.02
"""How far around the frame the network looks, in face widths."""


@dataclass(frozen=True, slots=True, eq=False)
class Parsing:
    """How surely each place is of each class: height × width float32, 0..1, of the coarse grid."""

    background: Floats
    hair: Floats
    body_skin: Floats
    face_skin: Floats
    clothes: Floats
    others: Floats
    """Glasses, hats, jewelry, masks and what is held."""

    @classmethod
    def of(cls, photo: Photo, frame: Frame, points: Points, grid: tuple[int, int]) -> Self:
        """Parse the square around a frame, and read the answer on its coarse grid.

        `points` are the landmarks in frame points, `grid` height and width of the coarse grid.
        """
        to_frame = _square(photo, frame, points)
        seen = sample(photo.pixels, frame.to_photo.after(to_frame), (parser.SIDE, parser.SIDE))
        square = np.clip(to_srgb(seen * np.float32(1 / photo.peak), photo.space), 0, 1)
        found = parser.parse(np.ascontiguousarray(square, np.float32))
        return cls(*(_read(found[..., k], to_frame, frame, grid) for k in range(found.shape[2])))

    def within(self, head: Floats, middle: Floats) -> Self:
        """Return the classes as they are likely, given where the mesh has the head and its middle.

        Background in the middle of a face is skin in deep shade as often as not. Where the network
        saw hardly any face at all, on old or dark photos, it does not count against the mesh.
        """
        shade = np.float32(0.5) * middle * self.background
        face, background = self.face_skin + shade, self.background - shade
        seen = float((face * head).sum()) / max(float(head.sum()), 1.0)
        if seen < LEAST:
            unsure = np.float32(1 - seen / LEAST) * head
            face = np.maximum(face, np.float32(0.7) * unsure)
            background = background * (1 - unsure)
        return replace(self, face_skin=face, background=background)


def _square(photo: Photo, frame: Frame, points: Points) -> Affine:
    """Return the map from the network's square to the frame: head and neck fill it.

    Where the head is upright the square is moved into the photo: a border that is repeated outward
    looks like ghosts to the network.
    """
    low, high = points[:468, :2].min(axis=0), points[:468, :2].max(axis=0)
    left, top, right, bottom = MARGINS
    low = low - (np.array([left, top]) + RIM) * frame.unit
    high = high + (np.array([right, bottom]) + RIM) * frame.unit
    side = float((high - low).max())
    corner = (low + high - side) / 2
    if frame.to_photo.upright:
        whole = frame.to_photo.inverse()(np.array([[0, 0], [photo.width, photo.height]]))
        first, last = whole.astype(np.float64)
        corner = np.maximum(np.minimum(corner, last - side), first)
    step = side / parser.SIDE
    return Affine(np.array([[step, 0, corner[0]], [0, step, corner[1]]]))


def _read(plane: Floats, to_frame: Affine, frame: Frame, grid: tuple[int, int]) -> Floats:
    height, width = grid
    factor = -(-frame.size[0] // height)
    to_grid = Affine(to_frame.matrix / factor)
    return np.asarray(
        cv2.warpAffine(
            np.ascontiguousarray(plane),
            to_grid.pixel_matrix(),
            (width, height),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        np.float32,
    )
