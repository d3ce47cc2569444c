"""The mouth: smile, width and the fullness of each lip; the nose stays."""

from typing import Final, Literal

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.landmarks import LIPS_INNER, LIPS_OUTER, MOUTH_CORNERS, NOSE
from freckle.analysis.shape import Around, Shape
from freckle.ops.op import Balance, Params, Reshape, slider
from freckle.pixels.color import Floats
from freckle.pixels.warp import at_nodes, bell, rise

UPPER: Final = (
    (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291),
    (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308),
)
"""Outer and inner edge of the upper lip, from the person's right corner to the left."""
LOWER: Final = (
    (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291),
    (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308),
)
FULLEST: Final = 0.4
"""A lip grows by no more than this share of its own height."""


class Smile(Params):
    """The corners of the mouth lower or higher."""

    op: Literal["smile"] = "smile"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left lowers the corners of the mouth, right lifts them; 100 is 6 % of the face's width."""


class MouthWidth(Params):
    """A narrower or wider mouth."""

    op: Literal["mouth_width"] = "mouth_width"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left narrows the mouth, right widens it; 100 is 10 % of its width."""


class UpperLip(Params):
    """A thinner or fuller upper lip."""

    op: Literal["upper_lip"] = "upper_lip"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left makes the upper lip thinner, right fuller; 100 is 10 % of both lips' height."""


class LowerLip(Params):
    """A thinner or fuller lower lip."""

    op: Literal["lower_lip"] = "lower_lip"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left makes the lower lip thinner, right fuller; 100 is 10 % of both lips' height."""


class _Mouth:
    """The mouth seen along the line of its corners."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        first, last = shape.points[list(MOUTH_CORNERS)]
        self.width = max(float(np.linalg.norm(last - first)), 0.08)
        self.center = (first + last) / 2
        self.around: Around = shape.around(self.center, last - first)

    def edge(self, names: tuple[int, ...]) -> tuple[npt.NDArray[np.float64], Floats]:
        """Return an edge's own points (u, v), and its v at every node's u."""
        x, y = self.around.axis
        apart = self.shape.points[list(names)] - self.center
        points = np.column_stack([apart @ [x, y], apart @ [-y, x]])
        ordered = points[np.argsort(points[:, 0], kind="stable")]
        return points, np.interp(self.around.u, ordered[:, 0], ordered[:, 1]).astype(np.float32)


def _free(shape: Shape) -> Floats:
    """Return 1 around the mouth, 0 on the nose and at the outline of the face."""
    return np.minimum(shape.between(LIPS_OUTER), shape.between(LIPS_OUTER, NOSE))


def smile(_params: Smile, shape: Shape) -> Floats:
    """Lift the corners by 6 % of the face's width, and draw them out by a fifth of that."""
    mouth = _Mouth(shape)
    u, v, width = np.abs(mouth.around.u), mouth.around.v, mouth.width
    outward = rise(0.12 * width, 0.5 * width, u)
    outward = outward * (1 - rise(0.5 * width + 0.02, 0.5 * width + 0.22, u))
    # toward the nose the lip itself gives way, as it does in a smile
    below_nose = shape.between((*MOUTH_CORNERS, *LIPS_INNER), NOSE)
    near = np.minimum(bell(0.03, 0.25, v), np.minimum(shape.between(LIPS_OUTER), below_nose))
    near = cv2.GaussianBlur(near, (0, 0), 0.008 / shape.step)  # where one limit takes over
    where = np.float32(0.06) * outward * np.asarray(near, np.float32)
    return mouth.around.field(np.float32(0.2) * np.sign(mouth.around.u) * where, -where)


def mouth_width(_params: MouthWidth, shape: Shape) -> Floats:
    """Widen by 10 %."""
    mouth = _Mouth(shape)
    u, v, width = mouth.around.u, mouth.around.v, mouth.width
    upward, downward = bell(0.15 * width, 0.5 * width, v), bell(0.3 * width, 0.8 * width, v)
    where = np.minimum(bell(0.55 * width, width, u), _free(shape))
    where = where * np.where(v < 0, upward, downward)
    return mouth.around.field(np.float32(0.1) * u * where, np.zeros_like(u))


def _fuller(
    shape: Shape, lip: tuple[tuple[int, ...], tuple[int, ...]], other: tuple[tuple[int, ...], ...]
) -> Floats:
    """Move a lip's outer edge away from its inner one; the opening of the mouth stays."""
    mouth = _Mouth(shape)
    (outer_at, outer), (inner_at, inner) = mouth.edge(lip[0]), mouth.edge(lip[1])
    heights = np.abs(outer_at[:, 1] - inner_at[:, 1])
    across = [mouth.edge(names)[0][5, 1] for names in other]
    both = float(heights[5] + abs(across[0] - across[1]))
    full = min(0.1 * both, FULLEST * float(heights[5]))
    way = np.float32(1 if outer_at[5, 1] > inner_at[5, 1] else -1)
    height = np.maximum((outer - inner) * way, np.float32(0.006))
    depth = (mouth.around.v - inner) * way  # 0 at the inner edge, `height` at the outer one
    share = np.minimum(height / np.float32(max(float(heights[5]), 0.006)), 1)
    where = rise(0, 0.9, depth / height) * (1 - rise(0.008, 0.008 + 4 * full, depth - height))
    where = where * bell(0.46 * mouth.width, 0.56 * mouth.width, mouth.around.u)
    moved = np.float32(full) * way * share * where
    # the edges are polygons; blurring takes more from a thin lip, which is given back
    moved = np.asarray(cv2.GaussianBlur(moved, (0, 0), 0.006 / shape.step), np.float32)
    middle = shape.points[[lip[0][5], lip[1][5]]].astype(np.float32)
    far, near = (float(x) for x in at_nodes(moved, shape.to_nodes(middle)))
    moved *= np.float32(min(max(full / max(abs(far - near), 1e-6), 1.0), 1.25))
    return mouth.around.field(np.zeros_like(moved), moved)


def upper_lip(_params: UpperLip, shape: Shape) -> Floats:
    """Raise the upper lip's edge by 10 % of both lips' height."""
    return _fuller(shape, UPPER, LOWER)


def lower_lip(_params: LowerLip, shape: Shape) -> Floats:
    """Lower the lower lip's edge by 10 % of both lips' height."""
    return _fuller(shape, LOWER, UPPER)


SMILE = Reshape(params=Smile, label="Smile", group="Mouth", move=smile)
MOUTH_WIDTH = Reshape(
    params=MouthWidth, label="Mouth width", group="Mouth", move=mouth_width, frontal=True
)
UPPER_LIP = Reshape(params=UpperLip, label="Upper lip", group="Mouth", move=upper_lip)
LOWER_LIP = Reshape(params=LowerLip, label="Lower lip", group="Mouth", move=lower_lip)
