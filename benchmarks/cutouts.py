"""People whose alpha is known: taken off the gray ground of a studio, with hair drawn or their own.

The London pictures stand before a plain gray ground. What of a pixel is theirs follows from that
ground, which can be told everywhere from its own light, and from the color of the hair beside it
(known-backdrop matting). The alpha so found *is* the truth of a composite that is made with it,
whatever was there before. Without the folder: scikit-image's astronaut (NASA, public domain), cut
along a line inside her outline, with drawn hair before it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from benchmarks.mesh import RGB8, Floats, face_width
from benchmarks.portraits import read
from benchmarks.strands import Hair, drawn

ASTRONAUT: Final = (
    *((0, 680), (44, 680), (60, 660), (95, 570), (150, 505), (228, 430), (244, 360), (292, 318)),
    *((350, 304), (374, 300), (366, 264), (352, 244), (326, 215), (322, 150), (340, 110)),
    *((385, 75), (440, 48), (500, 48), (556, 84), (584, 140), (586, 200), (566, 240), (540, 272)),
    *((520, 300), (514, 344), (556, 380), (590, 440), (602, 500), (650, 512), (685, 575)),
    *((705, 680), (705, 690), (0, 690)),
)
"""A line inside her outline, in pixels of the picture enlarged twice."""
BUST: Final = 680
"""Height of her picture: below, a helmet comes before her."""
GRAIN: Final = 2.5
"""Deviations of the gray ground's own grain that count as ground."""
BAND: Final = 0.16
"""How far from what surely is a person strands are looked for, in face widths."""


@dataclass(frozen=True, slots=True, eq=False)
class Cutout:
    """A person without a ground; alpha belongs to encoded values (0..1), as files mix."""

    name: str
    front: Floats
    alpha: Floats
    hair: Floats
    """The hair's mean color."""
    judged: int
    """Rows from the top in which alpha is the truth."""


def before_gray(path: Path, name: str) -> Cutout:
    """Take the person of a London picture off the gray ground; it is true above the chin."""
    photo = read(path)
    landmarks, unit = _face(photo)
    values = photo.astype(np.float32) / np.float32(255)
    ground, noise = _gray(values)
    apart = np.abs(values - ground).max(axis=2)
    sure = cv2.erode(_largest(apart > 0.16), _disc(0.03 * unit))
    inside = cv2.distanceTransform(1 - sure, cv2.DIST_L2, 5)
    own = _nearby(values, sure, 0.12 * unit)
    line = own - ground
    along = ((values - ground) * line).sum(axis=2) / np.maximum((line * line).sum(axis=2), 1e-3)
    floor = GRAIN * noise / np.maximum(np.sqrt((line * line).sum(axis=2)), 0.05)
    found = np.clip((along - floor) / (0.94 - floor), 0, 1)
    alpha = np.where(sure > 0, 1, np.where(inside < BAND * unit, found, 0)).astype(np.float32)
    share = np.maximum(alpha, 0.02)[..., None]
    told = np.clip((values - (1 - alpha[..., None]) * ground) / share, 0, 1)
    trust = np.clip(alpha / 0.3, 0, 1)[..., None]
    front = np.asarray(trust * told + (1 - trust) * own, np.float32)
    chin = int(landmarks[152, 1])
    dark = (alpha == 1) & (values.max(axis=2) < 0.35)
    dark[int(landmarks[10, 1]) :] = False
    return Cutout(name, front, alpha, np.asarray(values[dark].mean(axis=0), np.float32), chin)


def with_drawn_hair(path: Path | None, name: str, hair: Hair) -> Cutout:
    """Draw hair around a head with hardly any; the astronaut's without a path."""
    if path is None:
        photo, alpha = _astronaut()
        none = np.zeros(3, np.float32)
        body = Cutout(name, photo.astype(np.float32) / np.float32(255), alpha, none, BUST)
    else:
        body = before_gray(path, name)
        photo = read(path)
    landmarks, unit = _face(photo)
    color, over = drawn(landmarks, unit, (photo.shape[0], photo.shape[1]), hair)
    alpha = over + (1 - over) * body.alpha
    mixed = over[..., None] * color + ((1 - over) * body.alpha)[..., None] * body.front
    front = np.where(alpha[..., None] > 0.01, mixed / np.maximum(alpha, 0.01)[..., None], color)
    base = np.asarray(hair.color, np.float32)
    return Cutout(name, np.asarray(front, np.float32), alpha, base, body.judged)


def _astronaut() -> tuple[RGB8, Floats]:
    from skimage import data  # noqa: PLC0415

    small = np.asarray(data.astronaut())  # type: ignore[no-untyped-call]
    photo = cv2.resize(small, (1024, 1024), interpolation=cv2.INTER_CUBIC)[:BUST]
    alpha = np.zeros((BUST, 1024), np.uint8)
    cv2.fillPoly(alpha, [np.array(ASTRONAUT, np.int32)], 255, cv2.LINE_AA)
    soft = cv2.GaussianBlur(alpha.astype(np.float32) / np.float32(255), (0, 0), 0.8)
    return np.ascontiguousarray(photo), np.asarray(soft, np.float32)


def _face(photo: RGB8) -> tuple[Floats, float]:
    from freckle.analysis.faces import find_faces  # noqa: PLC0415  (heavy: networks)

    landmarks = find_faces(photo)[0].landmarks.astype(np.float32)
    return landmarks, face_width(landmarks)


def _gray(values: Floats) -> tuple[Floats, float]:
    """Return the ground everywhere, and its grain: a surface of third degree through what is gray.

    What lies far from it is left out, until nothing does.
    """
    height, width = values.shape[:2]
    y, x = (axis / max(height, width) - 0.5 for axis in np.mgrid[:height, :width])
    terms = np.stack([x**i * y**k for i in range(4) for k in range(4 - i)], axis=2)
    gray = (values.max(axis=2) - values.min(axis=2) < 0.07) & (values.min(axis=2) > 0.45)
    gray[int(0.62 * height) :] = False
    surface = values
    for limit in (0.08, 0.03, 0.02):
        some = gray[::6, ::6]
        fit, *_ = np.linalg.lstsq(terms[::6, ::6][some], values[::6, ::6][some], rcond=None)
        surface = np.asarray(terms @ fit, np.float32)
        gray = np.abs(values - surface).max(axis=2) < limit
    # light that no polynomial follows
    near = _nearby(values - surface, gray.astype(np.uint8), 0.02 * width)
    surface = np.asarray(surface + near, np.float32)
    return surface, float(np.abs(values - surface)[gray].mean() * 1.25)


def _largest(mask: Any) -> Any:
    """Return the largest piece of a mask, without holes and ragged ends, as uint8."""
    closed = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, _disc(4))
    count, names, stats, _ = cv2.connectedComponentsWithStats(closed)
    piece = (names == 1 + int(np.argmax(stats[1:count, cv2.CC_STAT_AREA]))).astype(np.uint8)
    outlines, _ = cv2.findContours(piece, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(piece, outlines, -1, 1, -1)
    return piece


def _nearby(values: Floats, where: Any, reach: float) -> Floats:
    """Return the mean color of a mask's places around each place."""
    weight = where.astype(np.float32)
    total = cv2.GaussianBlur(values * weight[..., None], (0, 0), reach)
    count = cv2.GaussianBlur(weight, (0, 0), reach)[..., None]
    mean = values[where > 0].mean(axis=0)
    return np.asarray((total + 1e-4 * mean) / (count + 1e-4), np.float32)


def _disc(radius: float) -> Any:
    side = 2 * max(1, round(radius)) + 1
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
