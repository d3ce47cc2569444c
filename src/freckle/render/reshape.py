"""The shape of a face moved: every tool's field in one, limited, and turned round."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import cv2
import numpy as np

from freckle.analysis.faces import Face
from freckle.analysis.portrait import Person
from freckle.analysis.shape import Shape
from freckle.geometry import Box, Points
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Params, Reshape
from freckle.pixels.color import Floats
from freckle.pixels.distance import distance
from freckle.pixels.filters import planes, stacked
from freckle.pixels.warp import (
    at_nodes,
    backward,
    bell,
    fitting,
    knee,
    rise,
    unfolded,
)
from freckle.recipe.recipe import Recipe, Step
from freckle.render.deeds import Deed
from freckle.render.neighbors import outline_of

FARTHEST: Final = 0.025
"""How far a landmark may go while the identity lock holds, in face widths."""
BEND: Final = 0.8
"""Share of that from which a tool slows down."""
TURNED: Final = (24.0, 48.0)
"""Yaw in degrees over which tools for a face seen from the front fade."""
BESIDE: Final = 0.14
"""How far from another face a change has come back, in face widths."""
EDGE: Final = 0.25
"""How far from the photo's edge a change toward it has come back, in face widths."""
MOST_LINES: Final = 64


@dataclass(frozen=True, slots=True)
class Held:
    """A tool that the identity lock stops, and the amount at which it does."""

    op: str
    label: str
    asked: float
    held: float


@dataclass(frozen=True, slots=True, eq=False)
class Warp:
    """What reshaping does to the photo around one face.

    `forward` and `back` are fields on the grid's nodes inside `part` (node indices); `box` is the
    part of the photo under it.
    """

    shape: Shape
    part: Box
    forward: Floats
    back: Floats
    held: tuple[Held, ...] = ()
    moves: tuple[Deed, ...] = ()
    """How far each tool alone moves a landmark."""

    @property
    def box(self) -> Box:
        """The part of the photo that can change."""
        step, grid = self.shape.pixels, self.shape.box
        return Box(
            grid.left + self.part.left * step,
            grid.top + self.part.top * step,
            min(grid.left + self.part.right * step, grid.right),
            min(grid.top + self.part.bottom * step, grid.bottom),
        )

    @property
    def reach(self) -> float:
        """How far anything comes from, at most, in photo pixels along an axis."""
        return self.shape.pixels * float(np.abs(self.back).max(initial=0))

    def moved(self, points: Points) -> Points:
        """Return where points of the photo (… × 2, pixels) lie after reshaping."""
        return self._along(self.forward, points)

    def origin(self, points: Points) -> Points:
        """Return where what is seen at points after reshaping lay in the photo."""
        return self._along(self.back, points)

    def _along(self, field: Floats, points: Points) -> Points:
        step = np.float32(self.shape.pixels)
        corner = np.array([self.box.left, self.box.top], np.float32)
        nodes = (np.asarray(points, np.float32) - corner) / step - np.float32(0.5)
        return np.asarray(points + step * at_nodes(field, nodes), np.float32)


def warp_of(
    shape: Shape, steps: Sequence[Step], recipe: Recipe, others: Iterable[Face] = ()
) -> Warp | None:
    """Compose what a recipe asks of one face into one field; None where nothing moves."""
    total, held, moves = np.zeros_like(shape.grid), list[Held](), list[Deed]()
    for step in steps:
        op = BY_NAME[step.edit.op]
        if not isinstance(op, Reshape) or not asks(step):
            continue
        unit, reach = unit_field(shape, op, step.edit)
        asked = float(getattr(step.edit, "amount", 0.0))
        share = asked / 100 * step.opacity * recipe.amounts.get(op.panel, 100.0) / 100
        if recipe.locks.identity:
            kept = _kept(reach * abs(share))
            share *= kept
            if kept < 1:
                held.append(Held(op.name, op.label, asked, round(asked * kept, 1)))
        total += np.float32(fitting(unit, share)) * unit
        moves.append(Deed(op.name, moved=100 * reach * abs(share)))
    if not total.any():
        return None
    warp = _limited(shape, total, recipe, tuple(others))
    return None if warp is None else replace(warp, held=tuple(held), moves=tuple(moves))


def asks(step: Step) -> bool:
    """Whether a step moves anything."""
    return isinstance(BY_NAME[step.edit.op], Reshape) and not step.idle


def others_of(person: Person, people: Iterable[Person]) -> tuple[Face, ...]:
    """Return the faces of everybody else, which a person's warp leaves alone."""
    return tuple(other.face for other in people if other.key != person.key)


def unit_field(shape: Shape, op: Reshape[Any], edit: Params) -> tuple[Floats, float]:
    """Return a tool's field at +100 in nodes, and how many face widths it moves a landmark."""
    rest = edit.model_dump(exclude={"op", "version", "amount"})
    name = f"{op.name} {rest}"
    if name not in shape.memo:
        linear = shape.to_nodes.matrix[:, :2]
        if op.frontal:
            linear = linear * (1 - float(rise(*TURNED, abs(shape.face.pose.yaw))))
        field = np.asarray(op.move(edit, shape) @ linear.T.astype(np.float32), np.float32)
        moves = np.linalg.norm(shape.at(field, shape.points.astype(np.float32)), axis=-1)
        shape.memo[name] = field
        shape.memo[f"{name} reach"] = np.array([moves.max() * shape.step], np.float32)
    return shape.memo[name], float(shape.memo[f"{name} reach"][0])


def _kept(length: float) -> float:
    """Return the share of a move that the identity lock lets through: never beyond `FARTHEST`."""
    bend = BEND * FARTHEST
    if length <= bend:
        return 1.0
    room = FARTHEST - bend
    return float((bend + room * np.tanh((length - bend) / room)) / length)


def _limited(shape: Shape, total: Floats, recipe: Recipe, others: tuple[Face, ...]) -> Warp | None:
    part = _active(total)
    field = np.ascontiguousarray(total[part.slices])
    field *= _room(shape, others)[part.slices]
    if recipe.locks.straight_lines:
        field = _straight(field, _lines(shape)[:, :, *part.slices])
    if recipe.locks.identity:
        field = knee(field, FARTHEST / shape.step, BEND)
    field = unfolded(field, 0.03 / shape.step)
    return Warp(shape, part, field, backward(field))


def _straight(field: Floats, keep: Floats) -> Floats:
    """Multiply each node's move by its 2 × 2 matrix."""
    x, y = planes(field)
    return stacked(keep[0, 0] * x + keep[0, 1] * y, keep[1, 0] * x + keep[1, 1] * y)


def _active(field: Floats) -> Box:
    """Return the nodes that move and two around them, which interpolation reads."""
    moves = (field[..., 0] != 0) | (field[..., 1] != 0)
    x, y, w, h = cv2.boundingRect(moves.astype(np.uint8))
    return Box(x, y, x + w, y + h).grow(3).clip(field.shape[1], field.shape[0])


def _room(shape: Shape, others: tuple[Face, ...]) -> Floats:
    """Return how freely each node moves along x and y: not over other faces, nor off the photo."""
    name = f"room {[other.box for other in others]}"
    if name not in shape.memo:
        near = np.minimum(1 - rise(0.5, 0.6, shape.outside), 1)
        free = np.dstack([near, near])
        own = rise(0, 0.1, shape.outside)
        for other in others:
            free *= (1 - own * (1 - _beside(shape, other)))[..., None]
        shape.memo[name] = free * _inland(shape)
    return shape.memo[name]


def _beside(shape: Shape, other: Face) -> Floats:
    """Return 0 over another face, rising to 1 around it."""
    to_nodes = shape.to_nodes
    outline = np.rint(to_nodes(shape.face.to_units(outline_of(other)))).astype(np.int32)
    away = np.ones(shape.size, np.uint8)
    cv2.fillConvexPoly(away, outline, 0, cv2.LINE_8)
    return rise(0.01, BESIDE, distance(away) * np.float32(shape.step))


def _inland(shape: Shape) -> Floats:
    """Let nothing move toward an edge of the photo that the grid reaches."""
    rows, columns = shape.size
    x = (np.arange(columns, dtype=np.float32) + 0.5) * np.float32(shape.step)
    y = (np.arange(rows, dtype=np.float32) + 0.5) * np.float32(shape.step)
    box, photo = shape.box, shape.photo
    across, down = np.ones(columns, np.float32), np.ones(rows, np.float32)
    if box.left == 0:
        across *= rise(0, EDGE, x)
    if box.right == photo.width:
        across *= rise(0, EDGE, x[::-1])
    if box.top == 0:
        down *= rise(0, EDGE, y)
    if box.bottom == photo.height:
        down *= rise(0, EDGE, y[::-1])
    return np.dstack(np.broadcast_arrays(across[None, :], down[:, None]))


def _lines(shape: Shape) -> Floats:
    """Return a matrix for each node that takes the part out of a move that would bend a line.

    2 × 2 × height × width: planes, which NumPy works on several times faster.
    """
    if "lines" not in shape.memo:
        matrices = _line_matrices(shape)
        shape.memo["lines"] = np.ascontiguousarray(matrices.transpose(2, 3, 0, 1))
    return shape.memo["lines"]


def _line_matrices(shape: Shape) -> Floats:
    rows, columns = shape.size
    keep = np.zeros((rows, columns, 2, 2), np.float32)
    keep[..., 0, 0] = keep[..., 1, 1] = 1
    beyond = rise(0.005, 0.06, shape.outside)
    for line in reversed(shape.lines[:MOST_LINES]):  # the longest have the last word
        first, last = (np.array(line[k : k + 2]) for k in (0, 2))
        around = shape.around((first + last) / 2, last - first)
        ahead = np.maximum(np.abs(around.u) - np.linalg.norm(last - first) / 2, 0)
        near = beyond * bell(0.03, 0.16, np.hypot(around.v, ahead))
        if float(near.max()) == 0:
            continue
        normal = shape.to_nodes.matrix[:, :2] @ [-around.axis[1], around.axis[0]]
        normal = (normal / np.linalg.norm(normal)).astype(np.float32)
        taken = near[..., None, None] * np.outer(normal, normal)
        keep = keep - np.einsum("yxij,yxjk->yxik", taken, keep)
    return keep
