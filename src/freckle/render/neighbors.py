"""Work on one person stays off the faces of the others."""

from collections.abc import Iterable, Sequence
from typing import Final

import cv2
import numpy as np

from freckle.analysis import landmarks as lm
from freckle.analysis.faces import Face
from freckle.analysis.frame import Frame
from freckle.analysis.portrait import Person
from freckle.geometry import Box, Points
from freckle.photo import Pixels
from freckle.pixels.color import Floats
from freckle.pixels.distance import distance
from freckle.pixels.filters import layers, smoothstep
from freckle.render.picture import Picture

FOREHEAD: Final = 0.13
"""How far a forehead reaches above the mesh, in face widths."""
BORDER: Final = 2.5
"""Pixels around a face that are left alone, too: what is carried there is interpolated."""
FADE: Final = 0.03
"""Width in face widths over which work comes back beside another face."""


def free(person: Person, people: Iterable[Person], excluded: Sequence[str]) -> Floats | None:
    """Return 0 over the faces of others and 1 elsewhere, of the size of a person's frame.

    Where two faces overlap, the person's own comes first, unless the other is left alone
    entirely. None when nobody else is in the frame.
    """
    frame = person.scene.frame
    to_frame = frame.to_photo.inverse()
    allowed: Floats | None = None
    for other in people:
        if other.key == person.key:
            continue
        outline = to_frame(outline_of(other.face))
        if not _meets(outline, frame):
            continue
        taken = 1 - _outside(outline, frame.size, FADE * other.face.scale * to_frame.scale)
        if other.key not in excluded:
            own = _outside(to_frame(outline_of(person.face)), frame.size, FADE * frame.unit)
            taken *= own
        allowed = 1 - taken if allowed is None else np.minimum(allowed, 1 - taken)
    return allowed


def kept_off(frame: Frame, after: Floats, allowed: Floats | None, box: Box) -> Floats:
    """Return a box of a frame after all work, as it was where others are (`free`)."""
    if allowed is None:
        return after
    before = frame.lab[box.slices]
    return np.asarray(before + layers(allowed[box.slices]) * (after - before), np.float32)


def spare(picture: Picture, face: Face) -> Box:
    """Put a face back as it was, in place; return the box (picture's pixels) looked at."""
    outline = picture.from_photo(outline_of(face))
    fade = max(FADE * face.scale * picture.from_photo.scale, 2.0)
    border = BORDER + fade + 1
    low = np.floor(outline.min(axis=0) - border).astype(int)
    high = np.ceil(outline.max(axis=0) + border).astype(int)
    box = Box(*low.tolist(), *high.tolist())
    seen = picture.inside(box)
    if seen.empty:
        return seen
    # measured on the whole face, so that a part of the photo is the same part of the whole
    shifted = outline - np.array([box.left, box.top], np.float32)
    mask = 1 - _outside(shifted, (box.height, box.width), fade)
    left, top = box.left - picture.corner[0], box.top - picture.corner[1]
    rows, columns = slice(seen.top - top, seen.bottom - top), slice(seen.left - left, None)
    mix(picture.pixels, picture.original(), seen, mask[rows, columns][:, : seen.width])
    return seen


def mix(pixels: Pixels, original: Pixels, box: Box, mask: Floats) -> None:
    """Bring the original back under a mask, in place: to the bit where it is 1."""
    part, old = pixels[box.slices], original[box.slices]
    now = part.astype(np.float32)
    mixed = np.rint(now + layers(mask) * (old.astype(np.float32) - now)).astype(pixels.dtype)
    whole = (mask >= 1)[..., None]
    part[...] = np.where(whole, old, mixed)


def outline_of(face: Face) -> Points:
    """Return the outline of a face in photo pixels, its forehead included (convex)."""
    points = face.landmarks[:468, :2]
    up = points[lm.FOREHEAD] - points[lm.CHIN]
    up = up / max(float(np.linalg.norm(up)), 1e-6)
    eyes = points[[lm.RIGHT_EYE_CORNERS[0], lm.LEFT_EYE_CORNERS[0]]].mean(axis=0)
    oval = points[list(lm.FACE_OVAL)]
    above = oval[(oval - eyes) @ up > 0] + np.float32(FOREHEAD * face.scale) * up
    hull = cv2.convexHull(np.concatenate([points, above]).astype(np.float32))
    return np.asarray(hull[:, 0], np.float32)


def _meets(outline: Points, frame: Frame) -> bool:
    height, width = frame.size
    (left, top), (right, bottom) = outline.min(axis=0), outline.max(axis=0)
    return bool(left < width and right > 0 and top < height and bottom > 0)


def _outside(outline: Points, size: tuple[int, int], fade: float) -> Floats:
    """Return 0 inside an outline and a border, rising to 1 over `fade` pixels beyond."""
    canvas = np.ones(size, np.uint8)
    fixed = np.round((outline - 0.5) * 16).astype(np.int32)
    cv2.fillConvexPoly(canvas, fixed, 0, cv2.LINE_8, 4)
    away = distance(canvas)
    return smoothstep(BORDER, BORDER + max(fade, 1.0), away)
