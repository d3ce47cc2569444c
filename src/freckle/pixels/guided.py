"""The guided filter (He, Sun and Tang 2010): a coarse answer gets the edges of a picture."""

from functools import cached_property

import cv2
import numpy as np

from freckle.pixels.color import Floats
from freckle.pixels.filters import planes, stacked


class Guide:
    """What several answers may be guided by: half of the work is the picture's own, done once."""

    def __init__(self, picture: Floats, radius: float, grain: float) -> None:
        """Guide by a picture (H × W × 3), in windows of `radius` pixels.

        Contrasts far below `grain`, in the picture's units, count for nothing.
        """
        self._picture = picture
        self._side = 2 * max(1, round(radius)) + 1
        self._ridge = grain**2

    def guided(self, answer: Floats) -> Floats:
        """Return `answer` (H × W) as the picture has its edges."""
        lines, out = self.slopes(answer)
        for line, plane in zip(planes(lines), self._colors, strict=True):
            out += line * plane
        return out

    def slopes(self, answer: Floats) -> tuple[Floats, Floats]:
        """Return the linear function of color that `answer` is around each place.

        That is a factor for each channel (height × width × 3) and an offset (height × width).
        """
        side, means = self._side, self._means
        level = _mean(answer, side)
        right = [
            _mean(plane * answer, side) - mean * level
            for plane, mean in zip(self._colors, means, strict=True)
        ]
        slope = _solved(*self._minors, right)
        offset = level - sum(a * mean for a, mean in zip(slope, means, strict=True))
        slopes = stacked(*(_mean(a, side) for a in slope))
        return slopes, _mean(np.asarray(offset, np.float32), side)

    @cached_property
    def _colors(self) -> list[Floats]:
        return planes(self._picture)

    @cached_property
    def _means(self) -> list[Floats]:
        return [_mean(plane, self._side) for plane in self._colors]

    @cached_property
    def _minors(self) -> tuple[list[Floats], Floats]:
        """The inverse of the colors' covariance in each window, times the determinant, and that."""
        colors, means = self._colors, self._means
        pairs = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))
        aa, ab, ac, bb, bc, cc = (
            _mean(colors[i] * colors[j], self._side) - means[i] * means[j] for i, j in pairs
        )
        aa, bb, cc = (x + np.float32(self._ridge) for x in (aa, bb, cc))
        first = [bb * cc - bc * bc, ac * bc - ab * cc, ab * bc - ac * bb]
        rest = [aa * cc - ac * ac, ab * ac - aa * bc, aa * bb - ab * ab]
        return [*first, *rest], aa * first[0] + ab * first[1] + ac * first[2]


def slopes(guide: Floats, answer: Floats, radius: float, grain: float) -> tuple[Floats, Floats]:
    """Return what `Guide.slopes` does, for one answer only."""
    return Guide(guide, radius, grain).slopes(answer)


def _mean(values: Floats, side: int) -> Floats:
    return np.asarray(cv2.blur(values, (side, side), borderType=cv2.BORDER_REFLECT_101), np.float32)


def _solved(minors: list[Floats], whole: Floats, right: list[Floats]) -> list[Floats]:
    """Solve a symmetric 3 × 3 system in every pixel by Cramer's rule."""
    xx, xy, xz, yy, yz, zz = minors
    x, y, z = right
    return [
        (xx * x + xy * y + xz * z) / whole,
        (xy * x + yy * y + yz * z) / whole,
        (xz * x + yz * y + zz * z) / whole,
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
