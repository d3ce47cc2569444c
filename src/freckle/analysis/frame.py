"""The working picture of one face: upright, and the same width whatever the camera."""

from dataclasses import dataclass
from typing import Any, Final, Self

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.faces import Face
from freckle.geometry import Affine, Box, Points
from freckle.photo import Photo, Pixels
from freckle.pixels.color import Floats, RGBSpace, encoded_lab

FACE_WIDTH: Final = 576
"""Face width of a frame in pixels, for faces at least that wide in the photo."""
SMALLEST: Final = 256
"""Smaller faces are enlarged to this width, so that filters have pixels to work on."""
UPRIGHT: Final = 10.0
"""Heads tilted less than this (degrees) are not rotated: an axis-parallel cut is exact and fast."""
MARGINS: Final = (0.20, 0.28, 0.20, 0.55)
"""Left, top, right and bottom beyond the face's oval, in face widths: hair, ears, neck."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One face cut out of a photo.

    `rgb` is height × width × 3 float32 in the file's own encoding (0..1), `lab` the same in
    CIELAB. `to_photo` maps frame points to photo points, `box` is the photo's part it was cut
    from, `unit` the face's width in frame pixels. `to_units` maps photo points to face units,
    `photo_size` is width and height of the photo.
    """

    rgb: Floats
    lab: Floats
    to_photo: Affine
    box: Box
    unit: float
    space: RGBSpace
    peak: int
    to_units: Affine
    photo_size: tuple[int, int]

    @property
    def size(self) -> tuple[int, int]:
        """Height and width in pixels."""
        return int(self.lab.shape[0]), int(self.lab.shape[1])

    def shifted(self, box: Box) -> Affine:
        """Map points of a box of this frame to the photo."""
        corner = self.to_photo.matrix[:, :2] @ [box.left, box.top] + self.to_photo.matrix[:, 2]
        return Affine(np.column_stack([self.to_photo.matrix[:, :2], corner]))

    @classmethod
    def cut(cls, photo: Photo, face: Face, width: int = FACE_WIDTH) -> Self:
        """Cut the frame of a face out of a photo."""
        roll = face.pose.roll
        turn = np.deg2rad(0.0 if abs(roll) < UPRIGHT else roll)
        scale = min(width, max(face.scale, SMALLEST)) / face.scale
        to_photo, size, box = _place(photo, face.landmarks, turn, scale)
        rgb = sample(photo.pixels, to_photo, size) * np.float32(1 / photo.peak)
        return cls(
            rgb=rgb,
            lab=encoded_lab(rgb, photo.space),
            to_photo=to_photo,
            box=box,
            unit=float(face.scale * scale),
            space=photo.space,
            peak=photo.peak,
            to_units=face.to_units,
            photo_size=(photo.width, photo.height),
        )

    def points(self, landmarks: Points) -> Points:
        """Landmarks of the photo in frame pixels."""
        return self.to_photo.inverse()(landmarks)


def _place(
    photo: Photo, landmarks: Points, turn: float, scale: float
) -> tuple[Affine, tuple[int, int], Box]:
    """Find where the frame lies: its map to the photo, its size and the photo's box under it."""
    cos, sin = np.cos(turn), np.sin(turn)
    rotate = np.array([[cos, sin], [-sin, cos]])  # photo → frame, before scale
    turned = landmarks[:468, :2] @ rotate.T
    low, high = turned.min(0), turned.max(0)
    unit = max(float(high[0] - low[0]), 1.0)
    left, top, right, bottom = MARGINS
    low = low - np.array([left, top]) * unit
    high = high + np.array([right, bottom]) * unit
    if turn == 0:
        low = np.maximum(np.floor(low), 0)
        high = np.minimum(np.ceil(high), [photo.width, photo.height])
    # even sizes: the coarse grid of half the resolution lies exactly on the frame's
    width, height = (max(8, 2 * round(float(x) * scale / 2)) for x in high - low)
    step = (high - low) / [width, height]
    linear = rotate.T @ np.diag(step)
    to_photo = Affine(np.column_stack([linear, rotate.T @ low]))
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], np.float32)
    covered = to_photo(corners)
    first, last = np.floor(covered.min(0)), np.ceil(covered.max(0))
    box = Box(int(first[0]), int(first[1]), int(last[0]), int(last[1]))
    return to_photo, (height, width), box.clip(photo.width, photo.height)


def sample(pixels: Pixels, to_photo: Affine, size: tuple[int, int]) -> Floats:
    """Resample a part of a photo into a frame of `size` (height, width), without aliasing.

    Returns float32 in the photo's own range. An axis-parallel cut that shrinks is an exact area
    average; a rotated one is area-averaged by the nearest integer factor first.
    """
    height, width = size
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], np.float32)
    covered = to_photo(corners)
    first = np.floor(covered.min(0)).astype(int) - 2
    last = np.ceil(covered.max(0)).astype(int) + 2
    box = Box(*first.tolist(), *last.tolist()).clip(pixels.shape[1], pixels.shape[0])
    if box.empty:
        return np.zeros((height, width, pixels.shape[2]), np.float32)
    part: npt.NDArray[Any] = pixels[box.slices]
    factor = max(1, round(to_photo.scale))
    if factor > 1:
        part = part[
            : part.shape[0] // factor * factor or None, : part.shape[1] // factor * factor or None
        ]
        target = max(1, part.shape[1] // factor), max(1, part.shape[0] // factor)
        part = cv2.resize(part, target, interpolation=cv2.INTER_AREA)
    shrink = np.diag([1 / factor, 1 / factor])
    offset = np.array([box.left, box.top], np.float64)
    matrix = np.column_stack(
        [shrink @ to_photo.matrix[:, :2], shrink @ (to_photo.matrix[:, 2] - offset)]
    )
    frame = cv2.warpAffine(
        part.astype(np.float32, order="C"),
        Affine(matrix).pixel_matrix(),
        (width, height),
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(frame, np.float32)
