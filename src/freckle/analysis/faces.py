"""Find the faces of a photo and their landmarks."""

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from freckle.analysis import landmarks as names
from freckle.geometry import Affine, Box, Points
from freckle.vision import mesh
from freckle.vision.detector import (
    FULL_RANGE,
    RGB8,
    SHORT_RANGE,
    Detection,
    best,
    intersection_over_union,
)

PRESENCE = 0.5


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a head points, in degrees; all 0 looks straight into the camera."""

    yaw: float
    """Positive: the face is turned to the picture's right (the person's left)."""
    pitch: float
    """Positive: the face looks up."""
    roll: float
    """Positive: the head leans clockwise in the picture."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face of an upright photo."""

    landmarks: Points
    """478 × 3 float32: x, y in the photo's pixels, z in the same unit (smaller is nearer)."""
    confidence: float
    """0..1."""
    pose: Pose

    @property
    def width(self) -> float:
        """Horizontal extent of the face's oval in the photo, in pixels."""
        return float(np.ptp(self.landmarks[list(names.FACE_OVAL), 0]))

    @property
    def scale(self) -> float:
        """Width of the face in pixels as if it were frontal and upright: a profile keeps it."""
        sides = self.landmarks[[names.RIGHT_CHEEKBONE, names.LEFT_CHEEKBONE]]
        return float(np.linalg.norm(sides[1] - sides[0]))

    @property
    def box(self) -> Box:
        """The oval's box, rounded outward; it may reach outside the photo."""
        oval = self.landmarks[:468, :2]
        low, high = np.floor(oval.min(axis=0)), np.ceil(oval.max(axis=0))
        return Box(int(low[0]), int(low[1]), int(high[0]), int(high[1]))


def find_faces(rgb8: RGB8) -> tuple[Face, ...]:
    """Return the faces of an upright H × W × 3 sRGB-like picture, largest first."""
    found = [face for seen in _detect(rgb8) if (face := _face(rgb8, seen)) is not None]
    found.sort(key=lambda face: -face.scale * face.confidence)
    kept: list[Face] = []
    for face in found:
        if not any(_same(face, other) for other in kept):
            kept.append(face)
    return tuple(sorted(kept, key=lambda face: (-face.scale, face.box.left, face.box.top)))


def _detect(rgb8: RGB8) -> list[Detection]:
    factor = max(1, max(rgb8.shape[:2]) // 768)
    shrunk = cv2.resize(rgb8, None, fx=1 / factor, fy=1 / factor, interpolation=cv2.INTER_LINEAR)
    small = np.asarray(shrunk, np.uint8)
    shrink = rgb8.shape[1] / small.shape[1], rgb8.shape[0] / small.shape[0]
    back = Affine(np.array([[shrink[0], 0, 0], [0, shrink[1], 0]]))
    seen = FULL_RANGE(small, threshold=0.35) + SHORT_RANGE(small, threshold=0.5)
    found = [one.mapped(back) for one in seen]
    side = max(rgb8.shape[:2])
    if not found or min(one.side for one in found) < 0.08 * side:
        found += _tiles(rgb8, Box(0, 0, rgb8.shape[1], rgb8.shape[0]))
    return best(found)


def _tiles(rgb8: RGB8, region: Box) -> list[Detection]:
    found: list[Detection] = []
    for tile in _quarters(region):
        shift = Affine(np.array([[1.0, 0, tile.left], [0, 1.0, tile.top]]))
        seen = [one.mapped(shift) for one in FULL_RANGE(rgb8[tile.slices], threshold=0.35)]
        found += seen
        side = max(tile.width, tile.height)
        if seen and min(one.side for one in seen) < 0.08 * side and side > 192:
            found += _tiles(rgb8, tile)
    return found


def _quarters(region: Box) -> Iterable[Box]:
    width, height = round(region.width * 0.6), round(region.height * 0.6)
    for top in (region.top, region.bottom - height):
        for left in (region.left, region.right - width):
            yield Box(left, top, left + width, top + height)


def _face(rgb8: RGB8, seen: Detection) -> Face | None:
    line = seen.keys[1] - seen.keys[0]
    angle = float(np.arctan2(line[1], line[0]))
    first = mesh.place(rgb8, mesh.upright(seen.center, angle, mesh.MARGIN * seen.side))
    second = mesh.place(rgb8, mesh.around(first.points))
    if second.presence < PRESENCE:
        return None
    return Face(second.points, min(1.0, second.presence) * seen.score, pose_of(second.points))


def _same(one: Face, other: Face) -> bool:
    a, b = ((f.box.left, f.box.top, f.box.right, f.box.bottom) for f in (one, other))
    return intersection_over_union(a, b) > 0.25


def pose_of(points: Points) -> Pose:
    """Return where the head of a mesh (478 × 3) points."""
    across = points[names.LEFT_CHEEKBONE] - points[names.RIGHT_CHEEKBONE]
    down = points[names.CHIN] - points[names.FOREHEAD]
    x = across / np.linalg.norm(across)
    z = np.cross(x, down)
    z = z / np.linalg.norm(z)
    forward = -z
    return Pose(
        yaw=float(np.degrees(np.arctan2(forward[0], -forward[2]))),
        pitch=float(np.degrees(np.arcsin(np.clip(-forward[1], -1, 1)))),
        roll=float(np.degrees(np.arctan2(x[1], x[0]))),
    )
