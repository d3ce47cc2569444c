"""What moved where nothing may move: background, hair and clothes, eyes, lips.

The zones are drawn generously in favour of the engine, from the mesh and from colour alone: a
pixel counts as a leak only where it certainly is no skin of the person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from benchmarks.measures import Circle, blur, lab, largest_change
from benchmarks.mesh import EYES, LIPS, OVAL, RGB8, Bools, Floats, cheeks, face_width, grow, polygon

FOREIGN: Final = 8.0
"""Robust deviations from the cheeks' colour, in some channel, beyond which nothing is skin."""


SHINE: Final = 0.3
"""How far outside the oval a highlight may be skin's, in face widths."""


@dataclass(frozen=True, slots=True)
class Leaks:
    """Changed pixels in places that are no skin, and the strongest change of a channel there."""

    outside: int
    """Away from the head, of a colour that is not the person's skin."""
    beside: int
    """Within the head's surroundings but outside the face's oval: hair, hat, clothes."""
    eyes: int
    lips: int
    strongest_outside: int
    """0..255."""
    strongest: int
    """Anywhere in the picture."""


def leaks(before: RGB8, after: RGB8, landmarks: Floats) -> Leaks:
    """Count changed pixels outside the person's skin, by zone."""
    change = largest_change(before, after)
    changed = change > 0
    fw, shape = face_width(landmarks), (before.shape[0], before.shape[1])
    oval = polygon(landmarks, OVAL, shape)
    near, far = grow(oval, 0.10 * fw), grow(oval, 1.0 * fw)
    foreign = not_skin(before, landmarks)
    # shine at the hairline has the light's color: skin beyond the mesh's oval, not hair
    lit = grow(oval, SHINE * fw) & shining(before, landmarks)
    outside, beside = ~far & foreign, far & ~near & foreign & ~lit
    eyes = np.zeros(shape, bool)
    for eye in EYES:
        eyes |= grow(polygon(landmarks, eye, shape), -0.012 * fw)
    lips = grow(polygon(landmarks, LIPS, shape), -0.02 * fw)
    return Leaks(
        outside=int((changed & outside).sum()),
        beside=int((changed & beside).sum()),
        eyes=int((changed & eyes).sum()),
        lips=int((changed & lips).sum()),
        strongest_outside=int(change[outside | beside].max(initial=0)),
        strongest=int(change.max(initial=0)),
    )


def misplaced(photo: RGB8, landmarks: Floats, healed: Sequence[Circle]) -> int:
    """Count healed spots whose centre lies in an eye, on the lips or on what is no skin."""
    fw, shape = face_width(landmarks), (photo.shape[0], photo.shape[1])
    if not healed:
        return 0
    wrong = not_skin(photo, landmarks) & ~polygon(landmarks, OVAL, shape)
    for eye in EYES:
        wrong |= grow(polygon(landmarks, eye, shape), 0.01 * fw)
    wrong |= grow(polygon(landmarks, LIPS, shape), -0.005 * fw)
    places = np.array(healed)[:, 1::-1].astype(int)
    rows, columns = np.clip(places, 0, np.array(shape) - 1).T
    return int(wrong[rows, columns].sum())


def shining(before: RGB8, landmarks: Floats) -> Bools:
    """Pixels between the cheeks' color and white: what a highlight on skin looks like."""
    picture = lab(before)
    own = picture[cheeks(landmarks, (before.shape[0], before.shape[1]))]
    if own.size == 0:
        return np.zeros(before.shape[:2], bool)
    light, red, yellow = np.median(own, axis=0)
    paler = (picture[..., 1] < red + 2) & (picture[..., 2] < yellow + 2)
    bright = np.asarray((picture[..., 0] > light) & paler & (picture[..., 1:] > -3).all(axis=-1))
    return grow(bright, 0.01 * face_width(landmarks))  # with the dark of the pores in between


def not_skin(before: RGB8, landmarks: Floats) -> Bools:
    """Pixels whose colour is far from the cheeks', in a reduced and smoothed picture."""
    fw = face_width(landmarks)
    factor = max(1, int(fw / 150))
    height, width = before.shape[:2]
    size = max(1, width // factor), max(1, height // factor)
    small = lab(np.asarray(cv2.resize(before, size, interpolation=cv2.INTER_AREA), np.uint8))
    points = landmarks.astype(np.float32) / np.float32(factor)
    smooth = blur(small, 1.5)
    own = smooth[cheeks(points, (small.shape[0], small.shape[1]))]
    if own.size == 0:
        return np.zeros((height, width), bool)
    middle = np.median(own, axis=0)
    spread = np.maximum(1.4826 * np.median(np.abs(own - middle), axis=0), [4.0, 1.5, 1.5])
    foreign = (np.abs(smooth - middle) > FOREIGN * spread).any(axis=-1).astype(np.float32)
    # An opening: only patches of foreign colour count, never a dark line on skin.
    foreign = cv2.erode(foreign, np.ones((5, 5), np.uint8))
    return np.asarray(cv2.resize(foreign, (width, height), interpolation=cv2.INTER_LINEAR) > 0.99)
