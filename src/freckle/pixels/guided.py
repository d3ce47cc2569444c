"""The guided filter (He, Sun and Tang 2010): a coarse answer gets the edges of a picture."""

import cv2
import numpy as np

from freckle.pixels.color import Floats
from freckle.pixels.filters import planes, stacked


def guided(guide: Floats, answer: Floats, radius: float, grain: float) -> Floats:
    """Return `answer` (H × W) as a picture has its edges (`guide`, H × W × 3 CIELAB).

    In every window of `radius` pixels the result is a linear function of the three channels.
    Contrasts far below `grain` (CIELAB units) leave no edge in it.
    """
    lines, out = slopes(guide, answer, radius, grain)
    for line, plane in zip(planes(lines), planes(guide), strict=True):
        out += line * plane
    return out


def slopes(guide: Floats, answer: Floats, radius: float, grain: float) -> tuple[Floats, Floats]:
    """Return the linear function of color that `answer` is around each place.

    That is a factor for each of the guide's channels (height × width × 3) and an offset (height ×
    width). Contrasts far below `grain`, in the guide's units, count for nothing.
    """
    side = 2 * max(1, round(radius)) + 1
    colors = planes(guide)
    means = [_mean(plane, side) for plane in colors]
    level = _mean(answer, side)
    right = [
        _mean(plane * answer, side) - mean * level
        for plane, mean in zip(colors, means, strict=True)
    ]
    pairs = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))
    spread = [_mean(colors[i] * colors[j], side) - means[i] * means[j] for i, j in pairs]
    slope = _solved(spread, right, grain**2)
    offset = level - sum(a * mean for a, mean in zip(slope, means, strict=True))
    return stacked(*(_mean(a, side) for a in slope)), _mean(np.asarray(offset, np.float32), side)


def _mean(values: Floats, side: int) -> Floats:
    return np.asarray(cv2.blur(values, (side, side), borderType=cv2.BORDER_REFLECT_101), np.float32)


def _solved(spread: list[Floats], right: list[Floats], ridge: float) -> list[Floats]:
    """Solve a symmetric 3 × 3 system in every pixel by Cramer's rule."""
    aa, ab, ac, bb, bc, cc = spread
    aa, bb, cc = (x + np.float32(ridge) for x in (aa, bb, cc))
    minors = (bb * cc - bc * bc, ac * bc - ab * cc, ab * bc - ac * bb)
    others = (aa * cc - ac * ac, ab * ac - aa * bc, aa * bb - ab * ab)
    whole = aa * minors[0] + ab * minors[1] + ac * minors[2]
    x, y, z = right
    return [
        (minors[0] * x + minors[1] * y + minors[2] * z) / whole,
        (minors[1] * x + others[0] * y + others[1] * z) / whole,
        (minors[2] * x + others[1] * y + others[2] * z) / whole,
    ]


def plain(plane: Floats, radius: int, grain: float) -> Floats:
    """Return a plane (H × W) without detail below `radius` pixels; its edges stay where they are.

    The guided filter with the plane as its own guide: contrasts far below `grain` go. It sees
    2 × `radius` pixels far, and nothing beyond.
    """
    side = 2 * radius + 1
    mean = _mean(plane, side)
    spread = np.maximum(_mean(plane * plane, side) - mean * mean, 0)
    share = np.asarray(spread / (spread + np.float32(grain**2)), np.float32)
    return np.asarray(_mean(share, side) * plane + _mean(mean - share * mean, side), np.float32)
