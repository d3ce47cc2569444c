"""Find the strongest creases and the dark circles that a face has, and tell what is left of them.

The detector is not the engine's: long Gabor-like line filters at 16 angles, thinned and linked. The
contrast of a crease is measured on the mean profile across it: its lighter shoulders less its
bottom.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from benchmarks.creases_planted import CORNERS, near_cheeks
from benchmarks.measures import blur
from benchmarks.mesh import BROWS, EYES, Bools, Floats, face_width, grow, hull, polygon

ANGLES: Final = 16
SIZES: Final = (0.0035, 0.0075)
"""σ of the line filters across, in face widths; they are four times as long."""
SHORTEST: Final = 0.055
"""Shorter lines are not counted, in face widths."""
FEWEST: Final = 4.0
"""L* of contrast from which a crease is one."""
BESIDE: Final = (-0.06, -0.045, 0.045, 0.06)
"""How far beside a crease, in face widths, skin is measured the same way."""
LIKE: Final = 0.25
"""Contrast of that skin over a crease's from which it is none: mottle, or an edge of shine."""
TRIES: Final = 80
START: Final = 0.8
"""L* of response at which a line may start; it ends where a third of its own is left."""
MOST: Final = 5
"""So many creases of each zone are measured, the strongest first."""
UNDER: Final = (
    (
        (25, 110, 24, 23, 22, 26, 112),
        (121, 120, 119, 118, 117),
        (117, 118, 119, 101, 36, 205, 187, 123),
    ),
    (
        (255, 339, 254, 253, 252, 256, 341),
        (350, 349, 348, 347, 346),
        (346, 347, 348, 330, 266, 425, 411, 352),
    ),
)
"""Below the lashes, the end of the zone, and the cheek below it: of the right eye, of the left."""
LASH: Final = 0.62
"""Light of a place as a share of the cheek's below which it is lash, kohl or a rim."""
GLARE: Final = 1.25
"""Share above which it is a reflection."""
FOREHEAD: Final = (70, 63, 105, 66, 107, 336, 296, 334, 293, 300, 251, 284, 332, 297, 338, 10)
FOREHEAD_ON: Final = (109, 67, 103, 54, 21)
FROWN: Final = (107, 55, 193, 168, 417, 285, 336, 9)
FEET: Final = (
    (130, 226, 31, 228, 111, 116, 34, 139, 156),
    (359, 446, 261, 448, 340, 345, 264, 368),
)
SMILE: Final = ((129, 203, 206, 216, 212, 57, 205, 36), (358, 423, 426, 436, 432, 287, 425, 266))


@dataclass(frozen=True, slots=True)
class Found:
    """One crease: its zone, places along it (N × 2 pixels), unit vectors across, L* of contrast."""

    zone: str
    places: Floats
    across: Floats
    contrast: float


@dataclass(frozen=True, slots=True)
class Under:
    """One eye: how far (Lab) its darkest quarter lies from the cheek, before and after."""

    before: tuple[float, float, float]
    after: tuple[float, float, float]
    hue: tuple[float, float]
    """Distance of a* and b*, as shares of L* + 16, in thousandths: before and after."""


def strongest(picture: Floats, landmarks: Floats) -> list[Found]:
    """Return the strongest creases of each zone in a Lab picture."""
    fw = face_width(landmarks)
    light = picture[..., 0]
    skin = near_cheeks(picture, landmarks)
    eyes = np.any([hull(landmarks, ring, skin.shape) for ring in EYES], axis=0)
    solid = grow(grow(skin, 0.008 * fw), -0.028 * fw)  # hair and rims lie beside other places
    free = solid & ~grow(eyes, 0.03 * fw)
    response, angle = _lines(light, fw)
    found = []
    for zone, (area, aim, spread) in _zones(landmarks, skin.shape).items():
        near = np.cos(2 * (angle - aim)) > np.cos(2 * spread)
        curves = _traced(response, angle, area & free & near, fw)
        lines = [_measured(curve, light, zone, fw) for curve in curves]
        deep = [line for line in lines if line.contrast >= FEWEST and _alone(line, light, fw)]
        found += sorted(deep, key=lambda f: -f.contrast)[:MOST]
    return found


def _alone(crease: Found, light: Floats, fw: float) -> bool:
    """Whether a crease stands out of what lies beside it."""
    places = (crease.places + np.float32(away * fw) * crease.across for away in BESIDE)
    usual = np.median([_contrast(light, place, crease.across, fw) for place in places])
    return bool(usual < LIKE * crease.contrast)


def contrast(light: Floats, crease: Found, fw: float) -> float:
    """Return by how many L* the bottom of a crease lies below its shoulders."""
    return _contrast(light, crease.places, crease.across, fw)


def _contrast(light: Floats, places: Floats, across: Floats, fw: float) -> float:
    offsets = np.arange(-0.03, 0.0301, 0.0015) * fw
    at = places[:, None] + across[:, None] * offsets[None, :, None].astype(np.float32) - 0.5
    seen = cv2.remap(
        light, at[..., 0], at[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    profile = np.median(seen, axis=0)
    middle = len(offsets) // 2
    core = profile[middle - 2 : middle + 3]
    bottom = middle - 2 + int(core.argmin())
    shoulders = [profile[max(bottom - 12, 0) : bottom].max(), profile[bottom : bottom + 13].max()]
    return float(min(shoulders) - profile[bottom])


def _lines(light: Floats, fw: float) -> tuple[Floats, Floats]:
    """Return how strong a dark line each place is (about L*), and at which angle, radians."""
    best = np.zeros_like(light)
    angle = np.zeros_like(light)
    for size in SIZES:
        for k in range(ANGLES):
            turn = np.pi * k / ANGLES
            seen = cv2.filter2D(light, cv2.CV_32F, _kernel(size * fw, turn))
            angle = np.where(seen > best, np.float32(turn), angle)
            best = np.maximum(best, seen)
    return best, angle


def _kernel(sigma: float, turn: float) -> Floats:
    """Return a filter of mean 0 that answers 1 to a dark line of depth 1 and width σ."""
    reach = int(np.ceil(8 * sigma))
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype(np.float32)
    along, across = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    weight = np.exp(-0.5 * np.square(along / (4 * sigma)))
    shape = (np.square(across / sigma) - 1) * np.exp(-0.5 * np.square(across / sigma)) * weight
    shape -= (
        weight
        * np.exp(-0.5 * np.square(across / (2 * sigma)))
        * shape.sum()
        / np.sum(weight * np.exp(-0.5 * np.square(across / (2 * sigma))))
    )
    line = -np.exp(-0.5 * np.square(across / sigma))
    return np.asarray(shape / float(np.sum(shape * line)), np.float32)


def _traced(response: Floats, angle: Floats, area: Bools, fw: float) -> list[Floats]:
    """Follow lines from their strongest places both ways; return curves (N × 2, pixels)."""
    left = np.where(area, response, 0).astype(np.float32)
    found: list[Floats] = []
    for _ in range(TRIES):
        row, column = np.unravel_index(int(left.argmax()), left.shape)
        if left[row, column] < START:
            break
        start = np.array([column, row], np.float32)
        ways = [_followed(left, angle, start, side) for side in (1.0, -1.0)]
        curve = np.concatenate([ways[1][:0:-1], ways[0]])
        wide = max(1, round(0.006 * fw))
        fixed = np.round(curve * 16).astype(np.int32)
        cv2.polylines(left, [fixed], False, 0.0, 2 * wide + 1, cv2.LINE_8, 4)
        cv2.circle(left, (int(column), int(row)), wide, 0.0, -1)
        if float(np.linalg.norm(curve[-1] - curve[0])) >= SHORTEST * fw:
            found.append(np.asarray(curve + np.float32(0.5), np.float32))
    return found


def _followed(left: Floats, angle: Floats, start: Floats, side: float) -> Floats:
    """Walk along a line pixel by pixel until it fades to a third or bends sharply."""
    place, steps = start.copy(), [start.copy()]
    turn = float(angle[int(start[1]), int(start[0])]) + (0.0 if side > 0 else np.pi)
    least = max(START / 2, float(left[int(start[1]), int(start[0])]) / 3)
    for _ in range(300):
        ahead = place + np.array([np.cos(turn), np.sin(turn)])
        across = np.array([-np.sin(turn), np.cos(turn)])
        tries = np.round([ahead + shift * across for shift in (0, 1, -1)]).astype(int)
        if (tries < 0).any() or (tries >= left.shape[::-1]).any():
            break
        values = left[tries[:, 1], tries[:, 0]] * [1.02, 1, 1]
        best = tries[int(values.argmax())]
        bend = (float(angle[best[1], best[0]]) - turn + np.pi / 2) % np.pi - np.pi / 2
        if values.max() < least or abs(bend) > 0.5:
            break
        place = np.asarray(0.5 * ahead + 0.5 * best, np.float32)
        turn += float(np.clip(bend, -0.15, 0.15))
        steps.append(place.copy())
    return np.asarray(steps, np.float32)


def _measured(curve: Floats, light: Floats, zone: str, fw: float) -> Found:
    """Return a curve with its directions across and its contrast."""
    smooth = np.asarray(cv2.GaussianBlur(curve, (1, 0), sigmaX=1e-6, sigmaY=3.0)).reshape(-1, 2)
    run = np.gradient(smooth, axis=0)
    run /= np.maximum(np.linalg.norm(run, axis=1, keepdims=True), 1e-6)
    across = np.column_stack([-run[:, 1], run[:, 0]]).astype(np.float32)
    return Found(zone, curve, across, _contrast(light, curve, across, fw))


def _zones(landmarks: Floats, shape: tuple[int, int]) -> dict[str, tuple[Bools, Floats, float]]:
    """Return for each zone where it is, at which angle its lines run, and how far they stray."""
    p = landmarks[:, :2]
    rows, columns = np.indices(shape, dtype=np.float32)
    up = p[10] - p[152]
    level = np.full(shape, np.arctan2(up[0], -up[1]), np.float32)
    feet = np.zeros(shape, np.float32)
    folds = np.zeros(shape, np.float32)
    right = (columns - p[168, 0]) * -up[1] + (rows - p[168, 1]) * up[0] < 0
    for (outer, _), side, (start, end) in zip(
        CORNERS, (right, ~right), ((203, 212), (423, 432)), strict=True
    ):
        feet[side] = np.arctan2(rows - p[outer, 1], columns - p[outer, 0])[side]
        folds[side] = np.arctan2(*(p[end] - p[start])[::-1])
    forehead = polygon(landmarks, FOREHEAD + FOREHEAD_ON, shape)
    for brow in BROWS:
        forehead &= ~grow(hull(landmarks, brow, shape), 0.015 * face_width(landmarks))
    under = np.any([polygon(landmarks, top + low, shape) for top, low, _ in UNDER], axis=0)
    return {
        "forehead": (forehead, level, 0.6),
        "frown": (hull(landmarks, FROWN, shape), level + np.float32(np.pi / 2), 0.7),
        "crow's feet": (_any(landmarks, FEET, shape), feet, 0.7),
        "under eye": (under, level, 0.8),
        "smile": (_any(landmarks, SMILE, shape), folds, 0.7),
    }


def _any(landmarks: Floats, groups: Sequence[tuple[int, ...]], shape: tuple[int, int]) -> Bools:
    return np.asarray(np.any([hull(landmarks, group, shape) for group in groups], axis=0))


def circles(before: Floats, after: Floats, landmarks: Floats) -> list[Under]:
    """Return for each eye that can be seen how its darkest quarter compares with its cheek."""
    fw, shape = face_width(landmarks), (before.shape[0], before.shape[1])
    smooth, now, fine = blur(before, 0.012 * fw), blur(after, 0.012 * fw), blur(before, 0.004 * fw)
    found = []
    for top, low, cheek in UNDER:
        there = polygon(landmarks, cheek, shape)
        zone = polygon(landmarks, top + low, shape)
        if there.sum() < 0.004 * fw**2 or zone.sum() < 0.004 * fw**2:
            continue
        cheeks = [np.median(picture[there], axis=0) for picture in (before, after)]
        share = (fine[..., 0] + 16) / (cheeks[0][0] + 16)
        zone &= (share > LASH) & (share < GLARE)
        if zone.sum() < 0.002 * fw**2:
            continue
        zone &= smooth[..., 0] <= np.quantile(smooth[..., 0][zone], 0.25)
        places = [picture[zone].mean(axis=0) for picture in (smooth, now)]
        pairs = list(zip(cheeks, places, strict=True))
        away = [tuple(float(v) for v in one - other) for one, other in pairs]
        hue = [float(np.linalg.norm(_hue(one) - _hue(other))) for one, other in pairs]
        found.append(Under(away[0], away[1], (hue[0], hue[1])))
    return found


def _hue(color: Floats) -> Floats:
    """Return a* and b* as thousandths of L* + 16."""
    return np.asarray(1000 * color[1:] / (color[0] + 16), np.float32)
