"""Find the faces of a photo and their landmarks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from freckle.analysis import landmarks as names
from freckle.analysis.pose import Pose, pose_of
from freckle.geometry import Affine, Box, Points
from freckle.vision import mesh, search
from freckle.vision.detector import SHORT_RANGE, Corners, Detection, inside, overlap
from freckle.vision.pyramid import RGB8, Pyramid, upright

SURE = 0.78
"""Confidence that every upright face of the test portraits passes and none upside down does."""
QUITE_SURE = 0.68
"""Confidence asked of a face that the first look did not show: a close search finds faces in
letters and flags."""

TILTED = np.radians(7)
"""The detectors begin to miss small faces that lean further."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face of an upright photo."""

    landmarks: Points
    """478 × 3 float32: x, y in the photo's pixels, z in the same unit (smaller is nearer)."""
    confidence: float
    """0..1."""
    pose: Pose
    wander: float = 0.0
    """How far the mesh moves when it is placed once more, in face widths; 0 where it is sure."""

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
    def to_units(self) -> Affine:
        """Map photo pixels to face units: origin at the face's center, upright, 1 its width."""
        middle = self.landmarks[:468, :2].mean(axis=0).astype(np.float64)
        turn, size = np.deg2rad(self.pose.roll), max(self.scale, 1.0)
        cos, sin = np.cos(turn) / size, np.sin(turn) / size
        linear = np.array([[cos, sin], [-sin, cos]])
        return Affine(np.column_stack([linear, -linear @ middle]))

    @property
    def box(self) -> Box:
        """The oval's box, rounded outward; it may reach outside the photo."""
        oval = self.landmarks[:468, :2]
        low, high = np.floor(oval.min(axis=0)), np.ceil(oval.max(axis=0))
        return Box(int(low[0]), int(low[1]), int(high[0]), int(high[1]))


def find_faces(rgb8: RGB8) -> tuple[Face, ...]:
    """Return the faces of an upright H × W × 3 sRGB-like picture, largest first.

    The same picture gives the same faces to the bit, whatever the count of threads. Beside a face
    that is sure, doubtful ones are left out; alone they are returned, with a low confidence.
    """
    picture = Pyramid(rgb8)
    seen = search.whole(picture)
    faces = _verified(picture, seen, ())
    if not _any_sure(faces) or search.incomplete(seen, max(rgb8.shape[:2])):
        faces = _verified(picture, search.parts(picture), faces, least=QUITE_SURE)
        tilt = _common_tilt(faces)
        if tilt is not None and abs(tilt) > TILTED:
            faces = _verified(picture, search.parts(picture, tilt), faces, least=QUITE_SURE)
    if not _any_sure(faces):
        turned = search.turned(picture)
        faces = _verified(picture, turned, faces, least=QUITE_SURE)
        faces = faces or _profile(picture, [*seen, *turned])
    if _any_sure(faces):
        tilt = _common_tilt(faces)
        faces = tuple(face for face in faces if face.confidence >= _asked(face, tilt))
    faces = tuple(_placed_again(picture, face) for face in faces)
    return tuple(sorted(faces, key=lambda face: (-face.scale, face.box.left, face.box.top)))


def _placed_again(picture: Pyramid, face: Face) -> Face:
    """Note of a doubtful face how far its mesh wanders: on a human face it comes to rest."""
    if face.confidence >= SURE:
        return face
    again = mesh.place(picture, mesh.around(face.landmarks)).points
    apart = np.linalg.norm(again[:468, :2] - face.landmarks[:468, :2], axis=1)
    return replace(face, wander=float(apart.mean()) / max(face.scale, 1.0))


def _any_sure(faces: Iterable[Face]) -> bool:
    return any(face.confidence >= SURE for face in faces)


def _common_tilt(faces: Sequence[Face]) -> float | None:
    """Return by how many radians all lean, clockwise; None if alone or each leans its own way."""
    leans = np.exp(1j * np.radians([face.pose.roll for face in faces]))
    if len(leans) < 2 or abs(leans.mean()) < 0.8:
        return None
    return float(np.angle(leans.mean()))


def _asked(face: Face, tilt: float | None) -> float:
    """Return the confidence that a face beside a sure one needs: more if it lies where all stand.

    Flowers of a few pixels look like a face upside down.
    """
    against = tilt is not None and np.cos(np.radians(face.pose.roll) - tilt) < 0.5
    return SURE if against else QUITE_SURE


def _verified(
    picture: Pyramid,
    seen: Iterable[Detection],
    known: tuple[Face, ...],
    *,
    least: float = 0.0,
) -> tuple[Face, ...]:
    """Add to the known faces what of the detections is a face, and not one of them.

    `least` is the confidence that a new face needs.
    """
    faces, taken = list(known), [_corners(face) for face in known]
    for one in seen:
        if any(overlap(one.corners, other) > 0.3 for other in taken):
            continue
        face = _verify(picture, one)
        if face is None or face.confidence < least:
            continue
        if not any(inside(_corners(face), other) > 0.5 for other in taken):
            faces.append(face)
            taken.append(_corners(face))
    return tuple(faces)


def _verify(picture: Pyramid, seen: Detection) -> Face | None:
    """Place the landmarks of a detection; return nothing where it is no face.

    A detector also sees a face in one that stands on its head, less sure of it: so whatever is
    not quite sure is tried the other way up.
    """
    face = _close_up(picture, seen, seen.roll)
    if face is None or face.confidence < SURE:
        face = _surest((face, _close_up(picture, seen, seen.roll + np.pi)))
    return face


def _close_up(picture: Pyramid, seen: Detection, roll: float) -> Face | None:
    closer = _closest(picture, upright(seen.center, roll, 2 * seen.side, SHORT_RANGE.side))
    return _settle(picture, closer, closer.roll) if closer else None


def _settle(picture: Pyramid, seen: Detection, roll: float) -> Face | None:
    span = mesh.MARGIN * seen.side
    first = mesh.place(picture, upright(seen.center, roll, span, mesh.SIDE))
    return _judge(picture, mesh.place(picture, mesh.around(first.points)))


def _profile(picture: Pyramid, seen: Iterable[Detection]) -> tuple[Face, ...]:
    """Look for one face among detections that the line through the eyes says little about."""
    likely = sorted(seen, key=lambda one: -one.score)[:3]
    tried = (_insist(picture, one) for one in likely if one.score >= 0.7)
    face = next((face for face in tried if face), None)
    return (face,) if face else ()


def _insist(picture: Pyramid, seen: Detection) -> Face | None:
    """Try other angles and sizes, and let each settle for longer."""
    found = []
    for angle in np.radians(np.arange(-45, 46, 15)):
        for span in (1.2 * seen.side, 1.6 * seen.side):
            to_crop = upright(seen.center, seen.roll + angle, span, mesh.SIDE)
            for _ in range(4):
                tried = mesh.place(picture, to_crop)
                found.append(_judge(picture, tried))
                to_crop = mesh.around(tried.points)
    return _surest(found)


def _surest(faces: Iterable[Face | None]) -> Face | None:
    return max((face for face in faces if face), key=lambda face: face.confidence, default=None)


def _judge(picture: Pyramid, found: mesh.Mesh) -> Face | None:
    """Compare the mesh with what a detector sees at its place.

    The mesh network places a face wherever it is told to, and its own flag believes it: on 250
    wrong proposals it was above 0.9 for a third. A detector that looks at the same crop puts its
    key points elsewhere there, and its box has another size.
    """
    points = found.points
    width = float(np.linalg.norm(points[names.LEFT_CHEEKBONE] - points[names.RIGHT_CHEEKBONE]))
    to_crop = mesh.around(points, margin=2.0, side=SHORT_RANGE.side)
    again = _closest(picture, to_crop)
    if again is None or not 0.8 < again.side / width < 1.35:
        return None
    apart = float(np.linalg.norm(again.keys[:4] - _keys(points), axis=1).max()) / width
    # Letters and leaves of a few pixels look like faces more often than large things do.
    enough = 0.6 if width >= 64 else 0.7
    sure = found.presence >= 0.5 and again.score >= enough and apart <= 0.13
    likely = again.score >= 0.75 and apart <= 0.14
    if not (sure or likely):
        return None
    confidence = again.score * (1 - apart) * (0.5 + 0.5 * found.presence)
    return Face(points, float(confidence), pose_of(points))


def _closest(picture: Pyramid, to_square: Affine) -> Detection | None:
    """Return the face that a detector sees nearest to the middle of a square."""
    middle = to_square.inverse()(np.full(2, SHORT_RANGE.side / 2, np.float32))
    reach = 0.25 * SHORT_RANGE.side / to_square.scale
    found = SHORT_RANGE(picture, to_square, threshold=0.4)
    near = [one for one in found if np.linalg.norm(one.center - middle) < reach]
    return min(near, key=lambda one: float(np.linalg.norm(one.center - middle)), default=None)


def _keys(points: Points) -> Points:
    """Return the mesh's right eye, left eye, nose tip and mouth (4 × 2)."""
    groups = (names.RIGHT_EYE_CORNERS, names.LEFT_EYE_CORNERS, (names.NOSE_TIP,), (13, 14))
    return np.stack([points[list(group), :2].mean(axis=0) for group in groups])


def _corners(face: Face) -> Corners:
    box = face.box
    return box.left, box.top, box.right, box.bottom
