"""Creases of the skin: valleys of L* that go on in their own direction, and where they run to.

A valley is where L* bends up across and hardly along (eigenvalues of the Hessian, Steger 1998), at
several scales. It counts as far as its neighbors along its own direction are valleys of the same
direction: pores, freckles and marks have none, so they are no lines.
"""

from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Self

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.places import around
from freckle.geometry import Box
from freckle.pixels.color import Floats
from freckle.pixels.filters import (
    enlarge,
    gaussian,
    layers,
    masked_gaussian,
    planes,
    shrink,
    smoothstep,
    stacked,
)
from freckle.pixels.morphology import morph
from freckle.pixels.shade import FAINT, shares
from freckle.pixels.threads import together

FINEST: Final = 0.003
"""σ of the narrowest creases, in face widths; each scale is twice as wide as the one before."""
LINK: Final = (0.024, 0.036, 0.048)
"""How far along itself a crease should go on in both directions, in face widths at each scale."""
PIECES: Final = 3
"""Places that are asked on each side."""
DARK: Final = (0.58, 0.7)
"""Light (L* + 16) as a share of that of the skin around: from the last down something may be a
strand, and below the first it is one if it is gray: lashes lie at .5, the deepest folds at .65."""
DARKEST: Final = (0.42, 0.54)
"""The same for what is no crease whatever its color."""
GRAY: Final = (0.75, 1.05)
"""Chroma as a share of the skin's around, both as a share of light: below the first gray, above
the last as colored as skin."""
LEAST: Final = np.float32(0.02)
"""Smallest chroma of skin that can be compared with: black-and-white photos have none."""
PORE: Final = np.float32(2.5)
"""Depth of round pits up to which they are pores, whose rows are no marks."""
ROUND: Final = (0.45, 0.7)
"""Depth of round pits as a share of all, from which on a place belongs to a mark."""
OWN: Final = np.float32(0.4)
"""How much a place counts in the average along its own direction, where 1 is a Gaussian's: so what
is taken away with the average neither weakens pores nor adds to them."""
FAINTEST: Final = 0.15
"""L* of an own response below which a place is not asked what goes on beside it."""
ROW: Final = 256
"""Places are asked for in rows of so many: one row of all would be longer than OpenCV allows."""
PEAK: Final = 5.0
"""Depth of a valley over its linked response at its own scale, measured on planted lines: √8 for a
straight Gaussian one, and as much again for bends, ends and pores."""


INSIDE: Final = (0.7, 0.95)
"""Share of skin around a place, over one and a half σ, from which a crease counts, and counts
fully: at its very edge the skin's own curve looks like one."""


@dataclass(frozen=True, slots=True, eq=False)
class Creases:
    """The creases of one scale, on the coarse grid.

    `scale` is their σ in face widths, `depth` by how many L* they lie below the skin beside them.
    `flow` is twice the angle of their direction, as cosine and sine (height × width × 2): a line
    has no front and no back.
    """

    scale: float
    depth: Floats
    flow: Floats

    def within(self, box: Box | None) -> Self:
        """Return the creases in a box."""
        return self if box is None else self.at(box.slices)

    def at(self, here: tuple[slice, slice]) -> Self:
        """Return the creases in some rows and columns."""
        return replace(self, depth=self.depth[here], flow=self.flow[here])

    def placed(self, box: Box, size: tuple[int, ...]) -> Self:
        """Return the creases of a box in a picture of a size (height, width) without others."""
        depth, flow = np.zeros(size[:2], np.float32), np.zeros((*size[:2], 2), np.float32)
        depth[box.slices], flow[box.slices] = self.depth, self.flow
        return replace(self, depth=depth, flow=flow)


def creases(light: Floats, skin: Floats, unit: float) -> tuple[Creases, ...]:
    """Find the creases of each scale in L* where there is skin (0..1); the widest come first.

    `unit` is the face's width in pixels.
    """
    box = around(skin).clip(light.shape[1], light.shape[0])
    if box.empty:
        box = Box(0, 0, min(8, light.shape[1]), min(8, light.shape[0]))
    inner = np.ascontiguousarray(light[box.slices]), np.ascontiguousarray(skin[box.slices])
    return tuple(each.placed(box, light.shape) for each in _scales(*inner, unit))


def _scales(light: Floats, skin: Floats, unit: float) -> list[Creases]:
    """Return the creases of each scale in a part of a picture, the widest first."""
    usual = masked_gaussian(light, np.maximum(skin, np.float32(1e-4)), 0.03 * unit, 1e-6)
    ground = usual + skin * (light - usual)  # the edges of lips, hair and rims are no creases
    tasks = (partial(_scale, ground, skin, unit, level) for level in range(len(LINK)))
    return together(tasks)[::-1]


def _scale(ground: Floats, skin: Floats, unit: float, level: int) -> Creases:
    """Return the creases of one scale in L* without the edges of what is no skin."""
    step = 2**level
    depth, flow, dots = _valleys(shrink(ground, step), FINEST * unit)
    parts = _linked(depth, flow, LINK[level] * unit / step)
    parts = parts[0] * (1 - smoothstep(*ROUND, _over(dots, parts[0] + dots + 1))), parts[1]
    depth, flow = parts if step == 1 else (_enlarged(part, ground) for part in parts)
    inside = smoothstep(*INSIDE, gaussian(skin, 1.5 * FINEST * step * unit))
    return Creases(FINEST * step, depth * inside, flow)


def _enlarged(part: Floats, like: Floats) -> Floats:
    large = enlarge(part, like)
    return large if large.ndim == 2 else _unit(*planes(large))


def strands(lab: Floats, skin: Floats, unit: float) -> Floats:
    """Return 0..1 on and right beside lashes, hairs, liner and rims on the skin (0..1) around.

    They are far darker than skin and have no color of their own, where the deepest fold has more
    than the skin beside it: light comes out of it through skin.
    """
    seen = shares(lab)
    usual = masked_gaussian(seen, np.maximum(skin, np.float32(1e-4)), 0.03 * unit, 1e-6)
    light, around = (np.maximum(planes(part)[0], 0) + FAINT for part in (seen, usual))
    dark = 1 - smoothstep(*DARK, _over(light, around))
    color = _size(*planes(gaussian(seen, 0.004 * unit))[1:])
    gray = 1 - smoothstep(*GRAY, _over(color, np.maximum(_size(*planes(usual)[1:]), LEAST)))
    found = np.maximum(dark * gray, 1 - smoothstep(*DARKEST, _over(light, around)))
    return gaussian(morph(found, cv2.MORPH_DILATE, 0.006 * unit), 0.003 * unit)


def _valleys(light: Floats, sigma: float) -> tuple[Floats, Floats, Floats]:
    """Return depth of the valleys of one scale, twice the angle of their direction, and dots.

    The last is how deep round pits are that lie in or right beside a place, as marks are.
    """
    smooth = gaussian(light, sigma)
    share = sigma * sigma / 4  # of Sobel's kernels
    across, down, both = (
        cv2.Sobel(smooth, cv2.CV_32F, x, y, ksize=3, scale=share)
        for x, y in ((2, 0), (0, 2), (1, 1))
    )
    half, mean, cross = (
        np.asarray(part, np.float32) for part in ((across - down) / 2, (across + down) / 2, both)
    )
    swing = _size(half, cross)
    bent = mean + swing - np.abs(mean - swing)  # across, less what it bends along
    least = np.maximum(swing, np.float32(1e-6))
    flow = stacked(_over(-half, least), _over(-cross, least))
    depth = np.float32(PEAK) * np.maximum(bent, 0)
    dots = cv2.dilate(
        np.float32(PEAK) * np.maximum(mean - swing, 0) - PORE, np.ones((5, 5), np.uint8)
    )
    return depth, flow, np.maximum(dots, np.float32(0))


def _linked(depth: Floats, flow: Floats, reach: float) -> tuple[Floats, Floats]:
    """Return the depth as far as neighbors along the line agree, and the line's smoothed flow."""
    cosine, sine = planes(flow)
    tensor = stacked(depth * cosine, depth * sine)
    walk = Walk.where(depth > FAINTEST, flow)
    own = flow[walk.rows, walk.columns]
    total = depth[walk.rows, walk.columns]
    for k in range(1, PIECES + 1):
        for side in (1, -1):
            x, y = walk.seen(tensor, side * k * reach / PIECES).T
            total += np.maximum(x * own[:, 0] + y * own[:, 1], 0)
    linked = walk.drawn(total[:, None] / np.float32(2 * PIECES + 1), depth)[..., 0]
    # a crease's flanks take its direction
    flanks = planes(gaussian(stacked(linked * cosine, linked * sine), 1.5))
    return linked, _unit(*flanks)


def _unit(cosine: Floats, sine: Floats) -> Floats:
    size = np.maximum(_size(cosine, sine), np.float32(1e-9))
    return stacked(_over(cosine, size), _over(sine, size))


def _over(values: Floats, by: Floats) -> Floats:
    return np.asarray(values / by, np.float32)


def _size(x: Floats, y: Floats) -> Floats:
    return np.asarray(cv2.magnitude(x, y), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """Some places of a picture, and a way from each: unit vectors `across` and `down`."""

    rows: npt.NDArray[np.intp]
    columns: npt.NDArray[np.intp]
    across: Floats
    down: Floats

    @classmethod
    def where(cls, places: npt.NDArray[np.bool_], flow: Floats) -> Self:
        """Take the places of a mask, and the lines whose doubled angle is given."""
        rows, columns = np.nonzero(places)
        cosine, sine = flow[rows, columns].T
        across = np.sqrt(np.maximum((1 + cosine) / 2, 0))
        down = np.copysign(np.sqrt(np.maximum((1 - cosine) / 2, 0)), sine)
        return cls(rows, columns, across, down)

    def seen(self, image: Floats, distance: float) -> Floats:
        """Return for each place what lies so many pixels along its way (places × channels)."""
        count = len(self.rows)
        x, y = np.zeros((2, -(-count // ROW) * ROW), np.float32)
        x[:count] = self.columns + np.float32(distance) * self.across
        y[:count] = self.rows + np.float32(distance) * self.down
        seen = cv2.remap(
            image,
            x.reshape(-1, ROW),
            y.reshape(-1, ROW),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return np.asarray(seen.reshape(len(x), -1)[:count], np.float32)

    def drawn(self, values: Floats, like: Floats) -> Floats:
        """Return values (places × channels) in a picture of a size, 0 elsewhere."""
        picture = np.zeros((*like.shape[:2], values.shape[1]), np.float32)
        picture[self.rows, self.columns] = values
        return picture


def sweep(image: Floats, weight: Floats, walk: Walk, sigma: float, pieces: int = 6) -> Floats:
    """Average along the way of each place, as a Gaussian of σ pixels does, under a weight.

    What does not go on in that direction, as pores do not, averages out. 0 beside the places.
    """
    both = stacked(*planes(image * layers(weight, image.shape[2])), weight)
    total = OWN * both[walk.rows, walk.columns]
    for k in range(1, pieces + 1):
        place = 2.0 * k / pieces
        share = np.float32(np.exp(-(place**2) / 2))
        for side in (1, -1):
            total += share * walk.seen(both, side * place * sigma)
    values = total[:, :-1] / np.maximum(total[:, -1:], np.float32(1e-6))
    return walk.drawn(np.asarray(values, np.float32), weight)
