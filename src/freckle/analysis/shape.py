"""The shape of one face, for tools that move it: landmarks and a grid in face units.

Face units: the origin is the face's center, y goes down along the face, 1 is the face's width.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Self

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis import landmarks as lm
from freckle.analysis.faces import Face
from freckle.geometry import Affine, Box, Points
from freckle.photo import Photo
from freckle.pixels.color import Floats
from freckle.pixels.distance import distance
from freckle.pixels.filters import central
from freckle.pixels.warp import Line, at_nodes, rise

NODES: Final = 128
"""Nodes of the grid in a face's width."""
REACH: Final = 0.62
"""How far around the face's oval the grid goes: no tool moves anything beyond it."""
LONG: Final = 0.5
"""Length of a segment (face widths) from which a bend in it is seen as one."""
SEARCHED: Final = 256
"""Face width of the picture in which straight lines are looked for."""
CONTOUR: Final = 0.07
"""What is straight for most of its way within this of the face (face widths) is its contour."""
STRANDS: Final = ((0.05, 0.15, 0.2, 0.3, 0.31), (0.8, 0.75, LONG, LONG, 0))
"""Distance from the face, and the length up to which what is straight there is taken for a strand
of hair (face widths)."""
MOST: Final = 160
"""Pieces that are looked at, the longest first."""
GAP: Final = 0.1
"""Pieces of a line further apart (face widths) are two: something stands before it."""
Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Around:
    """Coordinates of the grid seen from a feature: `u` along its axis, `v` across, downward."""

    u: Floats
    v: Floats
    axis: Vector

    def field(self, along: Floats, across: Floats) -> Floats:
        """Return a field in face units from its parts along and across the axis."""
        x, y = (np.float32(part) for part in self.axis)
        parts = [along * x - across * y, along * y + across * x]
        return np.asarray(np.dstack(parts), np.float32)


@dataclass(frozen=True, eq=False)
class Shape:
    """One face on a grid that lies square on the photo: one node in every `pixels` pixels.

    `box` is the grid's part of the photo; the grid may end up to one node beyond the photo.
    """

    face: Face
    photo: Photo
    box: Box
    pixels: int
    memo: dict[str, Floats] = field(default_factory=dict)
    """Fields of tools at full scale: they depend on the face alone."""

    @classmethod
    def of(cls, photo: Photo, face: Face) -> Self:
        """Lay the grid around a face."""
        oval = face.landmarks[list(lm.FACE_OVAL), :2]
        reach = REACH * face.scale
        low, high = np.floor(oval.min(0) - reach), np.ceil(oval.max(0) + reach)
        box = Box(*low.astype(int).tolist(), *high.astype(int).tolist())
        return cls(
            face, photo, box.clip(photo.width, photo.height), max(1, round(face.scale / NODES))
        )

    @property
    def step(self) -> float:
        """Distance of two nodes in face units."""
        return self.pixels / self.face.scale

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns of the grid."""
        return -(-self.box.height // self.pixels), -(-self.box.width // self.pixels)

    @cached_property
    def to_nodes(self) -> Affine:
        """Map face units to node coordinates (x, y), whole numbers at the nodes."""
        back = self.face.to_units.inverse().matrix
        shift = back[:, 2] - [self.box.left, self.box.top]
        scaled = np.column_stack([back[:, :2], shift]) / self.pixels
        scaled[:, 2] -= 0.5
        return Affine(scaled)

    @cached_property
    def points(self) -> npt.NDArray[np.float64]:
        """The 478 landmarks in face units, × 2."""
        return np.asarray(self.face.to_units(self.face.landmarks[:, :2]), np.float64)

    @cached_property
    def grid(self) -> Floats:
        """Face units of each node, rows × columns × 2."""
        rows, columns = self.size
        nodes = np.dstack(np.meshgrid(np.arange(columns), np.arange(rows)))
        return self.to_nodes.inverse()(nodes.astype(np.float32))

    def around(self, center: Vector, axis: Vector) -> Around:
        """See the grid from a feature: its center, and the way its own x axis goes."""
        unit = axis / max(float(np.linalg.norm(axis)), 1e-9)
        x, y = (self.grid[..., k] - np.float32(center[k]) for k in (0, 1))
        along, down = np.float32(unit[0]), np.float32(unit[1])
        return Around(x * along + y * down, y * along - x * down, unit)

    @cached_property
    def outside(self) -> Floats:
        """How far each node is outside the face's oval, in face units; negative inside."""
        rows, columns = self.size
        around = 2 * round(1 / self.step)  # an oval that the photo cuts off is measured whole
        oval = self.to_nodes(self.face.to_units(self.face.landmarks[list(lm.FACE_OVAL), :2]))
        inside = np.zeros((rows + 2 * around, columns + 2 * around), np.uint8)
        cv2.fillPoly(inside, [np.rint(oval + around).astype(np.int32)], 1, lineType=cv2.LINE_8)
        beyond = distance(1 - inside) - distance(inside)
        soft = cv2.GaussianBlur(beyond, (0, 0), 0.012 / self.step)
        part = soft[around : around + rows, around : around + columns]
        return np.asarray(part * np.float32(self.step), np.float32)

    def away(self, names: Sequence[int]) -> Floats:
        """Return how far each node is from the hull of some landmarks, in face units; 0 inside."""
        places = self.to_nodes(self.points[list(names)].astype(np.float32))
        hull = cv2.convexHull(np.rint(places).astype(np.int32))
        free = np.ones(self.size, np.uint8)
        cv2.fillConvexPoly(free, hull, 0, cv2.LINE_8)
        return np.asarray(distance(free) * np.float32(self.step), np.float32)

    def between(self, moving: Sequence[int], still: Sequence[int] | None = None) -> Floats:
        """Return 1 on the hull of some landmarks, falling to 0 where others must stay.

        Without others: to 0 at the outline of the face. The fall takes all the room that there is.
        """
        rest = np.maximum(-self.outside, 0) if still is None else self.away(still)
        share = rest / np.maximum(rest + self.away(moving), np.float32(1e-6))
        return rise(0.0, 1.0, share)

    def at(self, values: Floats, points: Points) -> Floats:
        """Read a field or a plane of the grid at points in face units; 0 outside the grid."""
        return at_nodes(values, self.to_nodes(np.asarray(points, np.float32)))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Straight segments of the surroundings (von Gioi 2010), in face units."""
        # a line that ends beyond the grid shall be seen as long as it is
        box = self.box.grow(round(LONG * self.face.scale)).clip(self.photo.width, self.photo.height)
        part = self.photo.pixels[box.slices]
        if part.dtype == np.uint16:
            part = cv2.convertScaleAbs(part, alpha=255 / 65535)  # type: ignore[assignment]
        gray = cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_RGB2GRAY)
        scale = min(1.0, SEARCHED / self.face.scale)
        size = max(8, round(gray.shape[1] * scale)), max(8, round(gray.shape[0] * scale))
        small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
        found: Any = cv2.createLineSegmentDetector().detect(small)[0]
        if found is None:
            return ()
        stretch = np.array([gray.shape[1] / size[0], gray.shape[0] / size[1]])
        ends = found.reshape(-1, 2, 2) * stretch + [box.left, box.top]
        lines = _joined(self.face.to_units(ends.astype(np.float32)).astype(np.float64))
        return tuple(line for line in lines if not self._contour(line))

    def _contour(self, line: Line) -> bool:
        """Whether a line lies along the face's own outline, or is a strand of hair around it."""
        points = np.linspace(line[:2], line[2:], 32, dtype=np.float32)
        away, length = self.at(self.outside, points), np.hypot(line[2] - line[0], line[3] - line[1])
        strand = length < float(np.interp(central(away), *STRANDS))
        return strand or bool(np.mean(away < CONTOUR) > 0.5)


def _joined(ends: npt.NDArray[np.float64]) -> tuple[Line, ...]:
    """Return long segments, and those that pieces lying on one straight line make together."""
    lengths = np.linalg.norm(ends[:, 1] - ends[:, 0], axis=1)
    order = np.argsort(-lengths, kind="stable")
    order = order[lengths[order] > 0.3 * LONG][:MOST]
    used, lines = set[int](), list[Line]()
    for k in order.tolist():
        if k in used:
            continue
        start = ends[k, 0]
        way = (ends[k, 1] - start) / lengths[k]
        apart = ends[order] - start
        off = np.abs(apart[..., 0] * way[1] - apart[..., 1] * way[0]).max(axis=1)
        mates = order[off < 0.012]
        used.update(mates.tolist())
        along = (ends[mates] - start) @ way
        low, high = float(along.min()), float(along.max())
        covered = float(lengths[mates].sum())
        if high - low >= LONG and covered > 0.5 * (high - low):
            spans = _spans(np.sort(along, axis=1))
            lines += [(*(start + a * way), *(start + b * way)) for a, b in spans]
    return tuple(lines)


def _spans(pieces: npt.NDArray[np.float64]) -> list[tuple[float, float]]:
    """Join intervals (count × 2, each ascending) that overlap or nearly do."""
    spans: list[tuple[float, float]] = []
    for low, high in pieces[np.argsort(pieces[:, 0], kind="stable")].tolist():
        if spans and low - spans[-1][1] <= GAP:
            spans[-1] = spans[-1][0], max(spans[-1][1], high)
        else:
            spans.append((low, high))
    return spans
