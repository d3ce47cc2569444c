"""Where things are on the 478-point face mesh, as polygons and masks.

Index lists follow the order published with MediaPipe's face mesh (Kartynnik et al. 2019). They are
kept apart from the engine's own on purpose: a benchmark must not share the engine's mistakes.
"""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
RGB8 = npt.NDArray[np.uint8]

OVAL: Final = (
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
    *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
)
LIPS: Final = (
    *(61, 146, 91, 181, 84, 17, 314, 405, 321, 375),
    *(291, 409, 270, 269, 267, 0, 37, 39, 40, 185),
)
EYES: Final = (
    (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246),
    (263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466),
)
BROWS: Final = (
    (70, 63, 105, 66, 107, 55, 65, 52, 53, 46),
    (300, 293, 334, 296, 336, 285, 295, 282, 283, 276),
)
CHEEKS: Final = ((50, 205, 101), (280, 425, 330))
"""Three points on the flat of each cheek."""


def face_width(landmarks: Floats) -> float:
    """Horizontal extent of the oval in pixels: the unit of every size here."""
    return float(np.ptp(landmarks[list(OVAL), 0]))


def polygon(landmarks: Floats, indices: tuple[int, ...], shape: tuple[int, int]) -> Bools:
    """Fill the polygon through these points; `shape` is height, width."""
    mask = np.zeros(shape, np.uint8)
    corners = np.round(landmarks[list(indices), :2] * 16).astype(np.int32)
    cv2.fillPoly(mask, [corners], 1, shift=4)
    return mask.astype(bool)


def hull(landmarks: Floats, indices: tuple[int, ...], shape: tuple[int, int]) -> Bools:
    """Fill the convex hull of these points."""
    mask = np.zeros(shape, np.uint8)
    corners = np.round(landmarks[list(indices), :2] * 16).astype(np.int32)
    cv2.fillConvexPoly(mask, cv2.convexHull(corners), 1, shift=4)
    return mask.astype(bool)


def grow(mask: Bools, pixels: float) -> Bools:
    """Dilate by a distance in pixels, or erode by a negative one."""
    if pixels >= 0:
        away = cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, 5)
        return np.asarray(away <= pixels) if mask.any() else mask
    padded = np.pad(mask, 1).astype(np.uint8)
    inside = cv2.distanceTransform(padded, cv2.DIST_L2, 5)[1:-1, 1:-1]
    return np.asarray(inside > -pixels)


def discs(circles: list[tuple[float, float, float]], shape: tuple[int, int]) -> Bools:
    """Fill circles (x, y, radius in pixels)."""
    mask = np.zeros(shape, np.uint8)
    for x, y, radius in circles:
        center = round(float(x) * 16), round(float(y) * 16)
        cv2.circle(mask, center, round(float(radius) * 16), 1, -1, shift=4)
    return mask.astype(bool)


def cheeks(landmarks: Floats, shape: tuple[int, int]) -> Bools:
    """Discs of 5 % of the face's width on the flat of both cheeks."""
    radius = 0.05 * face_width(landmarks)
    return discs([(*landmarks[i, :2], radius) for side in CHEEKS for i in side], shape)
