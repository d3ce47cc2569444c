"""Draw masks painted by hand on a grid of pixels of any size.

A stroke is the union of soft capsules along its line: whole up to (1 − feather) of the radius,
gone at the radius. Everything is measured in the stroke's own units, so the same stroke covers
the same skin on a preview and on the full-size photo.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import cv2
import numpy as np

from freckle.geometry import Affine, Box, Points
from freckle.pixels.color import Floats
from freckle.pixels.distance import distance
from freckle.pixels.filters import smoothstep
from freckle.recipe.strokes import Mask, Stroke
from freckle.render.bitmaps import unpack
from freckle.render.edges import Inside, inside

THIN: Final = 0.25
"""Points that lie this close to the line without them (pixels) are left out."""
PIECE: Final = 4.0
"""Longest piece of a line that is measured at once, in radii."""
FADE_STEPS: Final = 48
RADIUS_STEPS: Final = 48
"""A soft or large brush is drawn on a coarser grid that still has this many steps across its fade
and its radius: the error of enlarging it stays below half a percent."""
MOST_WORK: Final = 60
"""Times that a pixel may be measured; a scribble that asks for more is measured by a distance
transform, which errs by up to .7 pixels."""

MEMORY: Final = 6
"""Masks that a grid keeps."""

Picture = Callable[[Box, tuple[int, int]], Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A grid that masks are drawn on.

    `size` is its height and width, `from_photo` maps photo points to it, `photo_size` is the
    photo's width and height. `faces` map face units to the grid, for each person whose strokes
    are drawn. `picture` returns a box of the photo in CIELAB, area-averaged to (width, height).
    """

    size: tuple[int, int]
    from_photo: Affine
    photo_size: tuple[int, int]
    faces: tuple[Affine, ...]
    picture: Picture
    edges: dict[object, Inside | None] = field(default_factory=dict)
    """What was found out about strokes that stay inside an edge."""
    bitmaps: dict[str, Floats] = field(default_factory=dict)
    """Imported masks, decoded."""
    memo: OrderedDict[object, "Drawn"] = field(default_factory=OrderedDict)
    """The masks drawn last."""

    @property
    def box(self) -> Box:
        """The whole grid."""
        return Box(0, 0, self.size[1], self.size[0])


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """What a mask does in a box: its base is multiplied by `keep`, and raised to `add` (0..1).

    Any row of strokes comes to this: paint on paint is the larger of both, and taking out scales
    all that was there.
    """

    box: Box
    keep: Floats
    add: Floats

    def over(self, base: Floats | None, box: Box) -> Floats:
        """Return the mask in a box inside this one; `base` (None: nothing) has that box's size."""
        add, keep = (self._cut(values, box) for values in (self.add, self.keep))
        return add.copy() if base is None else np.maximum(base * keep, add)

    def _cut(self, values: Floats, box: Box) -> Floats:
        top, left = box.top - self.box.top, box.left - self.box.left
        return values[top : top + box.height, left : left + box.width]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A stroke on a grid: its points and radius in pixels, and where the brush fades."""

    stroke: Stroke
    points: Points
    radius: float
    key: object

    @property
    def fade(self) -> tuple[float, float]:
        """Distances from the line where the brush stops being whole, and where it is gone."""
        low, high = (1 - self.stroke.feather) * self.radius, self.radius
        middle = (low + high) / 2
        return (low, high) if high - low >= 1 else (middle - 0.5, middle + 0.5)

    @property
    def box(self) -> Box:
        """Pixels that the stroke may cover."""
        reach = self.fade[1] + 1
        low = np.floor(self.points.min(axis=0) - reach).astype(int)
        high = np.ceil(self.points.max(axis=0) + reach).astype(int)
        return Box(*low.tolist(), *high.tolist())


def lines(stroke: Stroke, sheet: Sheet) -> Iterator[Line]:
    """Place a stroke on a grid: once where it is bound to the photo, else once for each face."""
    points = np.array(stroke.points, np.float64).astype(np.float32)
    if stroke.space == "photo":
        size = np.array(sheet.photo_size, np.float32)
        placed = sheet.from_photo(points * size)
        radius = stroke.size / 2 * max(sheet.photo_size) * sheet.from_photo.scale
        yield Line(stroke, _thinned(placed), radius, stroke)
        return
    for number, to_grid in enumerate(sheet.faces):
        radius = stroke.size / 2 * to_grid.scale
        yield Line(stroke, _thinned(to_grid(points)), radius, (number, stroke))


def _thinned(points: Points) -> Points:
    if len(points) < 3:
        return points
    line = cv2.approxPolyDP(points[:, None], THIN, closed=False)
    return np.asarray(line, np.float32).reshape(-1, 2)


def bounds(mask: Mask, sheet: Sheet) -> Box:
    """Return the box of a grid in which bitmap and strokes of a mask may add anything."""
    if mask.bitmap is not None:
        return sheet.box
    boxes = [
        line.box.clip(sheet.size[1], sheet.size[0])
        for stroke in mask.strokes
        if stroke.mode == "add"
        for line in lines(stroke, sheet)
    ]
    return around(boxes)


def around(boxes: Sequence[Box]) -> Box:
    """Return the smallest box that holds all; empty ones do not count."""
    full = [box for box in boxes if not box.empty]
    if not full:
        return Box(0, 0, 0, 0)
    return Box(
        min(box.left for box in full),
        min(box.top for box in full),
        max(box.right for box in full),
        max(box.bottom for box in full),
    )


def draw(mask: Mask, sheet: Sheet, box: Box) -> Drawn:
    """Draw a mask in a box of a grid."""
    return _continued(mask.strokes, _started(mask, sheet, box), sheet)


def drawn(mask: Mask, sheet: Sheet, box: Box | None = None) -> Drawn:
    """Draw a mask in a box of a grid (None: all), and keep it: a stroke grows on what was there."""
    box = box or sheet.box
    key = mask.bitmap, mask.strokes, box
    if key not in sheet.memo:
        below = mask.bitmap, mask.strokes[:-1], box
        if len(mask.strokes) > 1 and below not in sheet.memo:
            sheet.memo[below] = draw(Mask(bitmap=below[0], strokes=below[1]), sheet, box)
        start = sheet.memo.get(below) or _started(mask, sheet, box)
        sheet.memo[key] = _continued(mask.strokes[-1:], start, sheet)
    sheet.memo.move_to_end(key)
    while len(sheet.memo) > MEMORY:
        sheet.memo.popitem(last=False)
    return sheet.memo[key]


def _started(mask: Mask, sheet: Sheet, box: Box) -> Drawn:
    shape = box.height, box.width
    add = np.zeros(shape, np.float32)
    if mask.bitmap is not None:
        add = _stretched(mask.bitmap, sheet, box)
    return Drawn(box, np.ones(shape, np.float32), add)


def _continued(strokes: Sequence[Stroke], start: Drawn, sheet: Sheet) -> Drawn:
    """Return what a mask does after more strokes."""
    after = Drawn(start.box, start.keep.copy(), start.add.copy())
    for stroke in strokes:
        for line in lines(stroke, sheet):
            part = line.box.meet(start.box)
            if not part.empty:
                _put(after, line, part, _covering(line, part, sheet))
    return after


def _put(after: Drawn, line: Line, part: Box, cover: Floats) -> None:
    """Lay one stroke over a drawing, in place."""
    box = after.box
    rows = slice(part.top - box.top, part.bottom - box.top)
    columns = slice(part.left - box.left, part.right - box.left)
    add = after.add[rows, columns]
    if line.stroke.mode == "add":
        np.maximum(add, cover, out=add)
    else:
        add *= 1 - cover
        after.keep[rows, columns] *= 1 - cover


def _covering(line: Line, part: Box, sheet: Sheet) -> Floats:
    """Return how far a stroke covers a part of its box, with strength and edge."""
    cover = coverage(line, part)
    if line.stroke.edge:
        if line.key not in sheet.edges:
            box = line.box.meet(sheet.box)
            sheet.edges[line.key] = inside(box, line.points, line.radius, sheet.picture)
        found = sheet.edges[line.key]
        if found is not None:
            cover *= found.at(part, sheet.picture)
    cover *= np.float32(line.stroke.strength)
    return cover


def coverage(line: Line, box: Box) -> Floats:
    """Return how far a brush covers each pixel of a box, 0..1, before its strength."""
    low, high = line.fade
    step = max(1, int(min((high - low) / FADE_STEPS, line.radius / RADIUS_STEPS)))
    # the coarse grid lies at multiples of its step, so that neighboring boxes agree
    left, top = box.left // step - 1, box.top // step - 1
    grid = Box(left, top, -(-box.right // step) + 1, -(-box.bottom // step) + 1)
    points = line.points * np.float32(1 / step) - np.array([left, top], np.float32)
    apart = _distance(points, high / step, (grid.height, grid.width))
    cover = 1 - smoothstep(low / step, high / step, apart)
    if step > 1:
        size = grid.width * step, grid.height * step
        cover = np.asarray(cv2.resize(cover, size, interpolation=cv2.INTER_LINEAR), np.float32)
    rows, columns = box.top - top * step, box.left - left * step
    return cover[rows : rows + box.height, columns : columns + box.width].copy()


def _distance(points: Points, reach: float, size: tuple[int, int]) -> Floats:
    """Return the distance of each pixel's center from a line, right up to `reach`."""
    pieces = list(_pieces(points, PIECE * max(reach, 1.0)))
    boxes = [_reached(piece, reach, size) for piece in pieces]
    if sum(box.width * box.height for box in boxes) > MOST_WORK * size[0] * size[1]:
        return _transformed(points, reach, size)
    squares = np.full(size, np.float32((reach + 1) ** 2))
    for piece, box in zip(pieces, boxes, strict=True):
        if not box.empty:
            here = squares[box.slices]
            np.minimum(here, _from_piece(piece, box), out=here)
    return np.sqrt(squares)


def _pieces(points: Points, longest: float) -> Iterator[Points]:
    """Cut a line into straight pieces; a single point is a piece without length."""
    if len(points) == 1:
        yield np.concatenate([points, points])
    for start, end in pairwise(points):
        count = max(1, int(np.ceil(float(np.hypot(*(end - start))) / longest)))
        stops = np.linspace(start, end, count + 1, dtype=np.float32)
        for first, last in pairwise(stops):
            yield np.stack([first, last])


def _reached(piece: Points, reach: float, size: tuple[int, int]) -> Box:
    low = np.floor(piece.min(axis=0) - reach).astype(int)
    high = np.ceil(piece.max(axis=0) + reach).astype(int)
    return Box(*low.tolist(), *high.tolist()).clip(size[1], size[0])


def _from_piece(piece: Points, box: Box) -> Floats:
    """Return the squared distance of a box's pixels from a straight piece."""
    (x, y), (dx, dy) = piece[0], piece[1] - piece[0]
    across = np.arange(box.left, box.right, dtype=np.float32) + np.float32(0.5) - x
    down = np.arange(box.top, box.bottom, dtype=np.float32)[:, None] + np.float32(0.5) - y
    length = dx * dx + dy * dy
    if length == 0:
        return np.asarray(across * across + down * down, np.float32)
    along = np.clip((across * dx + down * dy) / length, 0, 1)
    return np.asarray((across - along * dx) ** 2 + (down - along * dy) ** 2, np.float32)


def _transformed(points: Points, reach: float, size: tuple[int, int]) -> Floats:
    """Measure distances from a drawn line (Felzenszwalb and Huttenlocher 2004)."""
    border = int(np.ceil(reach)) + 1
    free = np.full((size[0] + 2 * border, size[1] + 2 * border), 255, np.uint8)
    fixed = np.round((points + np.float32(border - 0.5)) * 16).astype(np.int32)
    cv2.polylines(free, [fixed[:, None]], isClosed=False, color=0, thickness=1, shift=4)
    return distance(free)[border:-border, border:-border]


def _stretched(bitmap: str, sheet: Sheet, box: Box) -> Floats:
    """Stretch an imported mask over the photo and return the part under a box of the grid."""
    if bitmap not in sheet.bitmaps:
        sheet.bitmaps[bitmap] = unpack(bitmap)
    small = sheet.bitmaps[bitmap]
    scale = np.array(sheet.photo_size, np.float64) / [small.shape[1], small.shape[0]]
    linear = sheet.from_photo.matrix[:, :2] * scale
    shift = sheet.from_photo.matrix[:, 2] - [box.left, box.top]
    matrix = Affine(np.column_stack([linear, shift]))
    if matrix.scale < 1:
        # the grid is coarser than the bitmap: average before sampling
        small = np.asarray(cv2.GaussianBlur(small, (0, 0), 0.45 / matrix.scale), np.float32)
    moved = cv2.warpAffine(
        small,
        matrix.pixel_matrix(),
        (box.width, box.height),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(np.clip(moved, 0, 1), np.float32)
