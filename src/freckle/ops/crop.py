"""Crop, straighten, turn and mirror: the frame of the finished picture.

In the order of the hands: the picture is turned by quarters, mirrored, straightened around its
middle, and cut. The cut lies in the turned picture's own width and height, so that it means the
same on a preview and on the file; what would be empty after straightening is never in it.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from freckle.framing import Framing, Size
from freckle.geometry import Affine, Box
from freckle.ops.op import Amount, Canvas, Params, slider

Unit = Annotated[float, Field(ge=0, le=1)]
Rect = npt.NDArray[np.float64]
"""Left, top, right and bottom in pixels of the turned picture."""
RATIO: Final = r"^(free|original|[1-9]\d{0,4}(\.\d{1,4})?:[1-9]\d{0,4}(\.\d{1,4})?)$"
CLOSE: Final = 0.004
"""Ratios that differ by less are the same: a cut has whole pixels."""


class Crop(Params):
    """Frame of the finished picture."""

    op: Literal["crop"] = "crop"
    version: Literal[1] = 1
    angle: Annotated[float, Field(ge=-45, le=45)] = slider(cap=45, floor=-45)
    """Straightens: degrees by which the picture is turned clockwise."""
    left: Unit = 0.0
    """Left edge of the cut, as a share of the turned picture's width."""
    top: Unit = 0.0
    """Upper edge, as a share of its height."""
    width: Annotated[float, Field(ge=0.005, le=1)] = 1.0
    """Width of the cut, as a share of the turned picture's."""
    height: Annotated[float, Field(ge=0.005, le=1)] = 1.0
    """Height of the cut, as a share of the turned picture's."""
    turn: Literal["0", "90", "180", "270"] = "0"
    """Quarter turns, in degrees clockwise."""
    mirror: bool = False
    """Left and right change places."""
    flip: bool = False
    """Top and bottom change places."""
    ratio: Annotated[str, Field(pattern=RATIO, json_schema_extra={"format": "ratio"})] = "free"
    """Width to height, as 4:5; original keeps the photo's. Without a cut of your own it is the
    largest part of the picture with the heads in their place."""
    head: Amount = slider()
    """Share of the height that a head takes where there is no cut of your own, in percent: 75
    suits an ID photo; 0 leaves as much of the picture as there is."""

    @property
    def neutral(self) -> bool:
        """Whether the frame is the photo's own."""
        return not (self.fitted or self.head or self.ratio not in ("free", "original"))

    @property
    def fitted(self) -> bool:
        """Whether it was set by hand: a ratio with heads in their place suits any photo."""
        return bool(self.cut or self.angle or self.turn != "0" or self.mirror or self.flip)

    @property
    def cut(self) -> bool:
        """Whether there is a cut of somebody's own."""
        return (self.left, self.top, self.width, self.height) != (0, 0, 1, 1)


def frame(params: Crop, size: Size, heads: Sequence[Box] = ()) -> Framing:
    """Return the frame that the sliders ask for on a picture of some size.

    `heads` are the boxes of the people's heads, hair included, in the picture's pixels.
    """
    turned = _turned(params, size)
    around = turned.size
    rect = np.array([params.left, params.top, params.left + params.width, 0.0])
    rect[3] = params.top + params.height
    rect = np.minimum(rect, 1) * np.tile(around, 2)
    ratio = _ratio(params.ratio, around)
    if not params.cut and (params.head or ratio):
        seen = [_box(turned, head) for head in heads]
        rect = _composed(np.array(around, float), ratio, params.head / 100, seen)
    elif ratio:
        rect = _narrowed(rect, ratio)
    turn = _rotation(params.angle, around)
    rect = _inside(rect, turn, around)
    return _cut(rect, turn, around, straight=params.angle == 0, ratio=ratio).after(turned)


def _turned(params: Crop, size: Size) -> Framing:
    """Return the frame of the whole picture after quarter turns and mirrors."""
    to_source = Affine(np.eye(2, 3))
    now = size
    for _ in range(int(params.turn) // 90):
        # what is at x, y after a turn clockwise was at y, height − x before
        step = Affine(np.array([[0.0, 1, 0], [-1, 0, now[1]]]))
        to_source, now = to_source.after(step), (now[1], now[0])
    if params.mirror:
        to_source = to_source.after(Affine(np.array([[-1.0, 0, now[0]], [0, 1, 0]])))
    if params.flip:
        to_source = to_source.after(Affine(np.array([[1.0, 0, 0], [0, -1, now[1]]])))
    return Framing(now, size, to_source)


def _rotation(angle: float, size: Size) -> Affine:
    """Return where points of the straightened picture lay before, around its middle."""
    if angle == 0:
        return Affine(np.eye(2, 3))
    turn = np.radians(angle)
    linear = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    middle = np.array(size) / 2
    return Affine(np.column_stack([linear, middle - linear @ middle]))


def _ratio(text: str, size: Size) -> float | None:
    """Return width over height; None where any will do."""
    if text == "free":
        return None
    if text == "original":
        return size[0] / size[1]
    width, _, height = text.partition(":")
    return float(width) / float(height)


def _box(turned: Framing, head: Box) -> Rect:
    region = (head.left, head.top, head.width, head.height)
    x, y, width, height = turned.placed(region)
    return np.array([x, y, x + width, y + height])


def _narrowed(rect: Rect, ratio: float) -> Rect:
    """Return the largest part of a cut that has a ratio, around its middle."""
    middle, size = (rect[:2] + rect[2:]) / 2, rect[2:] - rect[:2]
    if abs(size[0] / max(size[1], 1e-9) / ratio - 1) < CLOSE:
        return rect
    size = np.minimum(size, [size[1] * ratio, size[0] / ratio])
    return np.concatenate([middle - size / 2, middle + size / 2])


def _composed(around: Rect, ratio: float | None, head: float, heads: Sequence[Rect]) -> Rect:
    """Return a cut with the heads in their place: in the middle, and a little above it.

    Several heads count as one. The larger a head is, the nearer it comes to the middle.
    """
    shape = ratio or around[0] / around[1]
    largest = np.minimum(around, [around[1] * shape, around[0] / shape])
    if not heads:
        return _clamped(around / 2, largest, around)
    all_heads = np.array(heads)
    low, high = all_heads[:, :2].min(axis=0), all_heads[:, 2:].max(axis=0)
    size: Any = largest
    if head > 0:
        tall = (high[1] - low[1]) / head
        size = largest * min(1.0, tall / largest[1])
    share = min(1.0, (high[1] - low[1]) / size[1])
    middle = (low + high) / 2
    middle[1] += size[1] * 0.12 * (1 - share)
    return _clamped(middle, size, around)


def _clamped(middle: Rect, size: Rect, around: Rect) -> Rect:
    low = np.clip(middle - size / 2, 0, around - size)
    return np.concatenate([low, low + size])


def _inside(rect: Rect, turn: Affine, around: Size) -> Rect:
    """Return the cut, shrunk around its middle until no corner lies beside the picture."""
    middle, half = (rect[:2] + rect[2:]) / 2, (rect[2:] - rect[:2]) / 2
    linear, size = turn.matrix[:, :2], np.array(around, float)
    origin: Rect = np.clip(linear @ middle + turn.matrix[:, 2], size * 0.02, size * 0.98)
    middle = np.asarray(np.linalg.solve(linear, origin - turn.matrix[:, 2]), np.float64)
    reach = np.abs(linear) @ half
    room = np.minimum(origin, size - origin)
    half = half * min(1.0, float((room / np.maximum(reach, 1e-9)).min()))
    return np.concatenate([middle - half, middle + half])


def _cut(rect: Rect, turn: Affine, around: Size, *, straight: bool, ratio: float | None) -> Framing:
    """Return the frame of a cut, in whole pixels."""
    wide, tall = (max(1.0, float(side)) for side in rect[2:] - rect[:2])
    size = max(1, round(wide)), max(1, round(tall))
    if ratio:  # the nearest whole pixels that have it best
        size = size[0], max(1, min(round(size[0] / ratio), int(np.ceil(tall))))
    low = rect[:2]
    if straight:
        size = min(size[0], around[0]), min(size[1], around[1])
        low = np.clip(np.rint(low), 0, np.array(around) - size)
    shift = turn.matrix[:, :2] @ low + turn.matrix[:, 2]
    return Framing(size, around, Affine(np.column_stack([turn.matrix[:, :2], shift])))


CROP = Canvas(params=Crop, label="Crop", group="Crop", frame=frame)
