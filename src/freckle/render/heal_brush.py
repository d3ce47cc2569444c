"""Heal under a brush: a scratch, a stray hair, lint; on faces and beside them.

A stroke is cut into pieces a few radii long. Each takes the place of a whole patch beside it: the
patch whose surroundings differ from the piece's own by no more than a slope of light, and whose
inside is as plain and as grainy as the surroundings. The difference along the rim is carried
smoothly across (seamless cloning after Georgiev 2004), so light and color are those of the place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.scene import Scene
from freckle.codec.channels import as_pixels
from freckle.geometry import Affine, Box, Points
from freckle.photo import Photo, Pixels
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, layers, smoothstep
from freckle.render.hand import Touch, sheet_of
from freckle.render.heal import membrane
from freckle.render.stencil import Stencils
from freckle.render.strokes import Line, Sheet, coverage, draw, lines

PIECE: Final = 5.0
"""Length of a piece in radii."""
CELLS: Final = 10.0
"""Radius in cells of the grid on which patches are compared; small brushes use the photo's own."""
RIM: Final = (1.12, 1.9)
"""Distances in radii between which the surroundings are compared."""
DISTANCES: Final = (2.3, 3.0, 3.9, 5.0, 6.4)
"""How far away patches are looked for, in radii."""
DIRECTIONS: Final = 20
WHOLE: Final = 0.5
"""Coverage from which a place is replaced entirely: a soft brush must not leave half a mark."""
INNER: Final = 0.8
GRAIN: Final = 0.6
TONE: Final = 0.15
FAR: Final = 0.01
"""Weights of structure inside a patch, of other grain, of another tone and of distance, against a
rim that does not fit (all in shares of the encoded range)."""
BUSY: Final = 2.5
"""A patch with this many times the structure of the rim shows something else."""
LEAST: Final = 0.01
TURNS: Final = 40
CROSS: Final = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], np.float32) / 4

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Patch:
    """A part of the photo on the grid where patches are compared.

    `values` are 0..1 as encoded, `fine` their detail, `hole` what is not skin or cloth yet.
    """

    box: Box
    factor: int
    values: Floats
    fine: Floats
    hole: Floats
    distance: Floats
    """Of each cell from the piece's line, in radii."""


def heal_by_hand(pixels: Pixels, photo: Photo, work: Sequence[Touch]) -> list[Box]:
    """Replace what lies under brushes, in place; return the boxes of the photo that changed."""
    boxes: list[Box] = []
    for touch in work:
        sheet = sheet_of(photo, touch.people)
        waiting = [piece for line in _added(touch, sheet) for piece in _cut(line)]
        for number, piece in enumerate(waiting):
            box = piece.box.clip(photo.width, photo.height)
            if box.empty:
                continue
            alpha = touch.share * _alpha(touch, piece, sheet, box)
            _replace(pixels, piece, waiting[number:], (box, alpha))
            boxes.append(box)
    return boxes


def marks_under(scene: Scene, work: Sequence[Touch]) -> frozenset[int]:
    """Return the marks of a face whose middle lies under a brush that heals."""
    if not scene.spots:
        return frozenset()
    frame = scene.frame
    places = np.array([[spot.x, spot.y] for spot in scene.spots], np.float32)
    found: set[int] = set()
    for touch in work:
        if touch.share < WHOLE:
            continue
        stencil = Stencils(frame, scene.regions).full(touch.mask, [])
        cover = stencil.values([], Box(0, 0, frame.size[1], frame.size[0]))
        rows = np.clip(places[:, 1].astype(int), 0, frame.size[0] - 1)
        columns = np.clip(places[:, 0].astype(int), 0, frame.size[1] - 1)
        found.update(int(k) for k in np.flatnonzero(cover[rows, columns] >= WHOLE))
    return frozenset(found)


def _added(touch: Touch, sheet: Sheet) -> Iterator[Line]:
    for stroke in touch.mask.strokes:
        if stroke.mode == "add" and stroke.strength > 0:
            yield from lines(stroke, sheet)


def _cut(line: Line) -> Iterator[Line]:
    """Cut a stroke into pieces of about the same length."""
    if len(line.points) < 2:
        yield line
        return
    steps = np.hypot(*np.diff(line.points, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    count = max(1, int(np.ceil(along[-1] / (PIECE * line.radius))))
    for start, end in pairwise(np.linspace(0, along[-1], count + 1)):
        inner = (along > start) & (along < end)
        stops = np.concatenate([[start], along[inner], [end]])
        points = [np.interp(stops, along, line.points[:, axis]) for axis in (0, 1)]
        yield replace(line, points=np.stack(points, axis=1).astype(np.float32))


def _alpha(touch: Touch, piece: Line, sheet: Sheet, box: Box) -> Floats:
    """Return how much of a piece is replaced: all but its fading edge."""
    own = coverage(piece, box)
    mask = draw(touch.mask, sheet, box).over(None, box)
    share = np.clip(mask / np.maximum(own, np.float32(1e-3)), 0, 1)
    return np.asarray(smoothstep(0.0, WHOLE, own) * share, np.float32)


def _replace(
    pixels: Pixels, piece: Line, waiting: Sequence[Line], where: tuple[Box, Floats]
) -> None:
    """Fill one piece; `waiting` are it and those not filled yet, `where` its box and alpha."""
    box, alpha = where
    patch = _opened(pixels, piece, waiting)
    shift = _best(patch, piece.radius / patch.factor)
    part = pixels[box.slices]
    now = part.astype(np.float32)
    peak = np.float32(np.iinfo(pixels.dtype).max)
    if shift is None:
        # nowhere to copy from: smooth light with the place's own finest detail
        tone = membrane(patch.values, 1 - patch.hole, piece.radius / patch.factor)
        plain = _enlarged(tone, patch, box) * peak
        new = plain + now - gaussian(now, max(0.25 * piece.radius, 1.0))
    else:
        dx, dy = shift[0] * patch.factor, shift[1] * patch.factor
        source = Box(box.left + dx, box.top + dy, box.right + dx, box.bottom + dy)
        new = _taken(pixels, source) + _enlarged(_rise(patch, shift, piece), patch, box) * peak
    mixed = np.clip(np.rint(now + layers(alpha) * (new - now)), 0, peak)
    part[...] = np.where((alpha > 0)[..., None], mixed.astype(pixels.dtype), part)


def _opened(pixels: Pixels, piece: Line, waiting: Sequence[Line]) -> _Patch:
    """Reduce the surroundings of a piece to a grid, and draw what is not filled yet."""
    factor = max(1, int(piece.radius / CELLS))
    reach = (DISTANCES[-1] + RIM[1] + 0.5) * piece.radius
    box = _aligned(piece.box.grow(int(reach)), factor, pixels)
    size = box.width // factor, box.height // factor
    part = pixels[box.slices]
    if factor > 1:
        part = as_pixels(cv2.resize(np.ascontiguousarray(part), size, interpolation=cv2.INTER_AREA))
    values = part.astype(np.float32) * np.float32(1 / np.iinfo(pixels.dtype).max)
    grid = Box(0, 0, size[0], size[1])
    hole = np.zeros((size[1], size[0]), np.float32)
    for other in waiting:
        moved = _moved(other, box, factor)
        near = moved.box.meet(grid)
        if not near.empty:
            here = hole[near.slices]
            np.maximum(here, np.sign(coverage(_hard(moved), near)), out=here)
    own = _moved(piece, box, factor)
    distance = _distance(own, (size[1], size[0])) / np.float32(own.radius)
    light = values.mean(axis=2)
    return _Patch(box, factor, values, light - gaussian(light, 1.5), hole, distance)


def _aligned(box: Box, factor: int, pixels: Pixels) -> Box:
    """Clip a box to the photo, its sides whole multiples of the grid's step."""
    clipped = box.clip(pixels.shape[1], pixels.shape[0])
    width = max(clipped.width // factor * factor, factor)
    height = max(clipped.height // factor * factor, factor)
    left = max(0, min(clipped.left, pixels.shape[1] - width))
    top = max(0, min(clipped.top, pixels.shape[0] - height))
    return Box(left, top, left + width, top + height)


def _moved(line: Line, box: Box, factor: int) -> Line:
    points: Points = (line.points - np.array([box.left, box.top], np.float32)) / np.float32(factor)
    return replace(line, points=points, radius=line.radius / factor)


def _hard(line: Line) -> Line:
    return replace(line, stroke=line.stroke.model_copy(update={"feather": 0.0}))


def _distance(line: Line, size: tuple[int, int]) -> Floats:
    """Return the distance of every cell from a line."""
    canvas = np.full(size, 255, np.uint8)
    fixed = np.round((line.points - 0.5) * 16).astype(np.int32)
    cv2.polylines(canvas, [fixed[:, None]], isClosed=False, color=0, thickness=1, shift=4)
    return np.asarray(cv2.distanceTransform(canvas, cv2.DIST_L2, cv2.DIST_MASK_PRECISE), np.float32)


def _best(patch: _Patch, radius: float) -> tuple[int, int] | None:
    """Return the shift (cells) to the patch that fits best; None when there is none."""
    usable = patch.hole == 0
    rim = (patch.distance > RIM[0]) & (patch.distance < RIM[1]) & usable
    inner = patch.distance <= RIM[0]
    if rim.sum() < 12 or not inner.any():
        return None
    judge = _Judge.of(patch, rim, inner)
    found = []
    for dx, dy in _shifts(radius):
        cost = judge.cost(dx, dy)
        if cost is not None:
            found.append((cost + FAR * float(np.hypot(dx, dy)) / radius / 8, dx, dy))
    if not found:
        return None
    _, dx, dy = min(found)
    return dx, dy


@dataclass(frozen=True, slots=True, eq=False)
class _Judge:
    """Compares patches with the surroundings of a piece."""

    patch: _Patch
    rim: npt.NDArray[np.intp]
    inner: npt.NDArray[np.intp]
    plane: Floats
    """1, y, x of each cell of the rim (n × 3): a slope of light is no misfit."""
    fit: Floats
    """The pseudo-inverse of `plane`."""
    grain: float
    """Root mean square of the rim's detail."""
    plain: float
    """Root mean square of the rim's colors but for a slope."""

    @classmethod
    def of(cls, patch: _Patch, rim: Bools, inner: Bools) -> "_Judge":
        """Prepare what is the same for all patches."""
        places, inside = np.argwhere(rim), np.argwhere(inner)
        # thousands of cells say no more than some hundreds
        places = places[:: max(1, len(places) // 500)]
        inside = inside[:: max(1, len(inside) // 400)]
        rows = np.column_stack([np.ones(len(places)), places - places.mean(axis=0)])
        fit = np.linalg.pinv(rows).astype(np.float32)
        grain = float(np.sqrt(np.square(patch.fine[tuple(places.T)]).mean()))
        plane, values = rows.astype(np.float32), patch.values[tuple(places.T)]
        plain = float(np.sqrt(np.square(values - plane @ (fit @ values)).mean()))
        return cls(patch, places, inside, plane, fit, grain, plain)

    def cost(self, dx: int, dy: int) -> float | None:
        """Return how badly a patch fits; None when it is not whole or shows something else."""
        shift = np.array([dy, dx], np.intp)
        inner, rim = self.inner + shift, self.rim + shift
        height, width = self.patch.hole.shape
        if not _within(inner, height, width):
            return None
        there = (rim >= 0).all(axis=1) & (rim < [height, width]).all(axis=1)
        if there.mean() < 0.8 or self.patch.hole[tuple(inner.T)].any():
            return None
        rim = np.clip(rim, 0, [height - 1, width - 1])
        values = self.patch.values
        apart = values[tuple(self.rim.T)] - values[tuple(rim.T)]
        apart[self.patch.hole[tuple(rim.T)] > 0] = 0
        slope = self.fit @ apart
        misfit = float(np.sqrt(np.square(apart - self.plane @ slope).mean()))
        own = self.fit @ values[tuple(rim.T)]
        middle = rim.mean(axis=0)
        rows = np.column_stack([np.ones(len(inner)), inner - middle]).astype(np.float32)
        structure = float(np.sqrt(np.square(values[tuple(inner.T)] - rows @ own).mean()))
        if structure > BUSY * self.plain + LEAST:
            return None
        grain = float(np.sqrt(np.square(self.patch.fine[tuple(inner.T)]).mean()))
        tone = float(np.abs(slope[0]).mean())
        return (
            misfit
            + INNER * max(structure - self.plain, 0.0)
            + GRAIN * abs(grain - self.grain)
            + TONE * tone
        )


def _within(places: npt.NDArray[np.intp], height: int, width: int) -> bool:
    low, high = places.min(axis=0), places.max(axis=0)
    return bool(low[0] >= 0 and low[1] >= 0 and high[0] < height and high[1] < width)


def _shifts(radius: float) -> Iterator[tuple[int, int]]:
    for share in DISTANCES:
        for k in range(DIRECTIONS):
            angle = 2 * np.pi * k / DIRECTIONS
            reach = share * radius
            yield round(reach * float(np.cos(angle))), round(reach * float(np.sin(angle)))


def _rise(patch: _Patch, shift: tuple[int, int], piece: Line) -> Floats:
    """Return what a patch must be raised by to meet the rim, smoothly across the piece."""
    matrix = np.array([[1, 0, -shift[0]], [0, 1, -shift[1]]], np.float64)
    size = patch.hole.shape[1], patch.hole.shape[0]
    other = cv2.warpAffine(patch.values, matrix, size, flags=cv2.INTER_NEAREST)
    blocked = cv2.warpAffine(
        patch.hole,
        matrix,
        size,
        flags=cv2.INTER_NEAREST,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=1.0,
    )
    near = (patch.distance < 2 * RIM[1]).astype(np.float32)
    usable = (1 - patch.hole) * (1 - np.asarray(blocked, np.float32)) * near
    apart = np.asarray(patch.values - other, np.float32)
    rise = membrane(apart, usable, piece.radius / patch.factor)
    return _settled(rise, gaussian(apart, 0.6), patch.distance < RIM[0], usable > 0)


def _settled(guess: Floats, rim: Floats, inside: Bools, known: Bools) -> Floats:
    """Bend a smooth guess so that it meets the rim, and the rim alone (Laplace's equation)."""
    rows, columns = (slice(s.min(), s.max() + 1) for s in np.nonzero(inside | known))
    free, given = inside[rows, columns], known[rows, columns]
    values = np.where((given & ~free)[..., None], rim[rows, columns], guess[rows, columns])
    for _ in range(TURNS):
        spread = cv2.filter2D(values, -1, CROSS, borderType=cv2.BORDER_REPLICATE)
        values = np.where(free[..., None], spread, values)
    out = guess.copy()
    out[rows, columns] = values
    return out


def _enlarged(values: Floats, patch: _Patch, box: Box) -> Floats:
    """Bring values of a patch's grid to the photo's pixels in a box."""
    step = patch.factor
    matrix = Affine(
        np.array(
            [
                [step, 0, patch.box.left - box.left],
                [0, step, patch.box.top - box.top],
            ],
            np.float64,
        )
    ).pixel_matrix()
    size = box.width, box.height
    large = cv2.warpAffine(
        values, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(large, np.float32)


def _taken(pixels: Pixels, source: Box) -> Floats:
    """Return a box of the photo; beyond its edge, the edge."""
    height, width = pixels.shape[:2]
    rows = np.clip(np.arange(source.top, source.bottom), 0, height - 1)
    columns = np.clip(np.arange(source.left, source.right), 0, width - 1)
    return pixels[np.ix_(rows, columns)].astype(np.float32)
