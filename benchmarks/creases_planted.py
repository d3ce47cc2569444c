"""Draw lines and dark circles on real faces, so that what is left of them can be told exactly.

A line is a soft valley of L* with a bright ridge on either side, along the curve where such lines
lie; a circle a smooth darkening under the eye that takes a little more of one color. Both scale
linear light, so that pores, grain and shading run through them as through real ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from benchmarks.measures import blur, lab
from benchmarks.mesh import RGB8, Bools, Floats, cheeks, face_width

WIDTHS: Final = (0.003, 0.005, 0.008, 0.012)
"""σ of the valleys in face widths: from a crease as fine as a hair to a fold."""
WIDEST: Final = {"crow's feet": 0.005, "under eye": 0.005, "forehead": 0.008, "frown": 0.008}
"""Wider ones are no lines there but the forms of brows, lids and bags."""
RIDGE: Final = 0.3
"""Height of a ridge over the depth of its valley."""
CIRCLE: Final = 0.02
"""σ across a circle, in face widths."""
HUES: Final = ((1.0, 1.03, 0.86), (0.9, 1.02, 1.14))
"""How much of linear R, G, B a bluish circle takes, and a brown one."""
SHADE: Final = (24.0, 11.0, 12.0)
"""How far L*, a* and b* of skin may lie from the cheeks': under eyes and chin there is shade."""
FOLDS: Final = ((203, 206, 216, 212), (423, 426, 436, 432))
LIDS: Final = ((232, 231, 230, 229, 228), (452, 451, 450, 449, 448))
CORNERS: Final = ((33, 133), (263, 362))


@dataclass(frozen=True, slots=True)
class Line:
    """One planted line: where it is, its curve (N × 2 pixels), σ in face widths, L* of depth."""

    zone: str
    curve: Floats
    width: float
    depth: float


def lines_of(landmarks: Floats, seed: int) -> list[Line]:
    """Return lines for every zone of a face; widths and depths differ from face to face."""
    rng = np.random.default_rng(seed)
    found = []
    for zone, curves in _curves(landmarks[:, :2], face_width(landmarks)).items():
        for k, curve in enumerate(curves):
            width = WIDTHS[(k + int(rng.integers(len(WIDTHS)))) % len(WIDTHS)]
            width = min(width, WIDEST.get(zone, width))
            found.append(Line(zone, _fine(curve), width, float(rng.uniform(3, 8))))
    return found


def _curves(p: Floats, fw: float) -> dict[str, list[Floats]]:
    up = (p[10] - p[152]) / np.linalg.norm(p[10] - p[152]) * fw
    right = np.array([-up[1], up[0]], np.float32)  # toward the person's left
    brows = np.stack([p[105], p[151] + 0.02 * up, p[334]])
    rows = [brows + (0.06 + 0.05 * k) * up for k in range(3)]
    frown = [p[9] + s * 0.022 * right + np.array([[-0.05], [0.0], [0.05]]) * up for s in (-1, 1)]
    feet = []
    for outer, inner in CORNERS:
        away = (p[outer] - p[inner]) / np.linalg.norm(p[outer] - p[inner]) * fw
        for turn in (-0.25, 0.1, 0.45):
            down = away * np.cos(turn) - up * np.sin(turn)
            feet.append(p[outer] + np.array([[0.055], [0.09], [0.125]]) * down)
    return {
        "forehead": rows,
        "frown": frown,
        "crow's feet": feet,
        "under eye": [p[list(names)] + share * -up for names in LIDS for share in (0.0, 0.022)],
        "smile": [p[list(names)] for names in FOLDS],
        "neck": [
            p[152] - drop * up + np.array([[-0.14], [0.0], [0.14]]) * right for drop in (0.17, 0.24)
        ],
    }


def _fine(curve: Floats) -> Floats:
    """Return 40 places on the smooth curve through three or more points."""
    place = np.linspace(0, 1, len(curve))
    bend = np.polyfit(place, curve, 2)
    at = np.linspace(0, 1, 40)[:, None]
    return np.asarray(bend[0] * at**2 + bend[1] * at + bend[2], np.float32)


def apart(curve: Floats, shape: tuple[int, int], reach: float) -> tuple[Floats, Floats]:
    """Return each pixel's distance from a curve and its place along it, 0..1; far beyond reach."""
    away = np.full(shape, 4 * reach + 9, np.float32)
    along = np.zeros(shape, np.float32)
    low = np.maximum(np.floor(curve.min(0) - reach), 0).astype(int)
    high = np.minimum(np.ceil(curve.max(0) + reach), [shape[1], shape[0]]).astype(int)
    if (high <= low).any():
        return away, along
    rows, columns = np.mgrid[low[1] : high[1], low[0] : high[0]].astype(np.float32) + 0.5
    best = np.full(rows.shape, np.inf, np.float32)
    place = np.zeros(rows.shape, np.float32)
    for k, (start, end) in enumerate(pairwise(curve)):
        run = end - start
        length = max(float(run @ run), 1e-6)
        share = ((columns - start[0]) * run[0] + (rows - start[1]) * run[1]) / length
        share = np.clip(share, 0, 1)
        gap = np.hypot(columns - start[0] - share * run[0], rows - start[1] - share * run[1])
        nearer = gap < best
        best = np.where(nearer, gap, best)
        place = np.where(nearer, (k + share) / (len(curve) - 1), place)
    box = np.s_[low[1] : high[1], low[0] : high[0]]
    away[box], along[box] = best, place
    return away, along


def relief(line: Line, shape: tuple[int, int], fw: float) -> Floats:
    """Return the L* that a line adds to every pixel: below 0 in the valley, above on the ridges."""
    sigma = line.width * fw
    away, along = apart(line.curve, shape, 6 * sigma)
    taper = np.clip(4 * np.minimum(along, 1 - along), 0, 1)
    valley = np.exp(-0.5 * np.square(away / sigma))
    ridge = RIDGE * np.exp(-0.5 * np.square((away - 2.2 * sigma) / (0.9 * sigma)))
    return np.asarray(line.depth * taper * (ridge - valley), np.float32)


def draw_lines(photo: RGB8, lines: Sequence[Line], fw: float) -> RGB8:
    """Return a photo with lines on it."""
    light = blur(lab(photo), 0.004 * fw)[..., 0] + 16
    total = np.sum([relief(line, light.shape, fw) for line in lines], axis=0)
    factor = np.power(np.maximum(light + total, 1) / light, 3)
    return scaled(photo, np.repeat(factor[..., None], 3, axis=2))


def draw_circles(photo: RGB8, landmarks: Floats, seed: int) -> RGB8:
    """Return a photo with a dark circle of 4 to 10 L* under each eye, darkest at the inner end."""
    rng = np.random.default_rng(seed)
    fw, shape = face_width(landmarks), (photo.shape[0], photo.shape[1])
    light = float(np.median(lab(photo)[..., 0][cheeks(landmarks, shape)])) + 16
    factor = np.ones((*shape, 3), np.float32)
    for names, hue in zip(LIDS, HUES, strict=True):
        away, along = apart(_fine(landmarks[list(names), :2]), shape, 5 * CIRCLE * fw)
        depth = rng.uniform(4, 10)
        taken = 3 * np.log(light / (light - depth))  # of the logarithm of light
        soft = np.exp(-0.5 * np.square(away / (CIRCLE * fw))) * (1 - 0.55 * along)
        factor *= np.exp(-taken * soft[..., None] * np.array(hue, np.float32))
    return scaled(photo, factor)


def scaled(photo: RGB8, factor: Floats) -> RGB8:
    """Return a photo whose linear light is scaled; where the factor is 1 nothing changes."""
    encoded = photo.astype(np.float32) / np.float32(255)
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    light = np.clip(linear * factor, 0, 1)
    out = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    drawn = np.rint(255 * out).astype(np.uint8)
    return np.asarray(np.where(np.abs(factor - 1) > 1e-4, drawn, photo), np.uint8)


def near_cheeks(picture: Floats, landmarks: Floats) -> Bools:
    """Return where a Lab picture is colored about like the cheeks, in light or in shade."""
    smooth = blur(picture, 0.006 * face_width(landmarks))
    middle = np.median(smooth[cheeks(landmarks, (smooth.shape[0], smooth.shape[1]))], axis=0)
    return np.asarray((np.abs(smooth - middle) <= SHADE).all(axis=-1))


def on_skin(line: Line, skin: Bools) -> bool:
    """Whether nearly all of a line lies on skin, inside the photo."""
    at = np.round(line.curve).astype(int)
    inside = (at >= 0).all(1) & (at[:, 0] < skin.shape[1]) & (at[:, 1] < skin.shape[0])
    return bool(inside.all()) and float(skin[at[:, 1], at[:, 0]].mean()) > 0.9


def left(planted: Floats, before: Floats, after: Floats, weight: Floats) -> float:
    """Return the share of a planted difference that is still there (least squares).

    `planted` is what was added, `before` and `after` the retouched pictures without and with it.
    """
    have = planted * weight
    total = float(np.sum(have * planted))
    return float(np.sum(have * (after - before))) / total if total > 0 else float("nan")
