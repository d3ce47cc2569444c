"""Where to look for faces: the whole picture, the picture turned, its parts."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from freckle.vision.detector import FULL_RANGE, SHORT_RANGE, Detection, best
from freckle.vision.pyramid import Pyramid, upright

SMALL = 0.07
"""Share of a square's side under which the detectors begin to miss faces."""
TURNS = np.radians((90, -90, 180, 45, -45, 135, -135))


@dataclass(frozen=True, slots=True)
class Square:
    """A square part of a picture, in its pixels."""

    x: float
    """Center."""
    y: float
    side: float

    @property
    def center(self) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
        """x, y."""
        return np.array([self.x, self.y], np.float32)


def whole(picture: Pyramid) -> list[Detection]:
    """Look at the whole picture with both detectors."""
    return _look(picture, _all_of(picture), 0.0)


def turned(picture: Pyramid) -> list[Detection]:
    """Look at the whole picture turned by eighths: for heads that lie or hang."""
    square = _all_of(picture)
    return best([one for turn in TURNS for one in _look(picture, square, float(turn))])


def parts(picture: Pyramid, turn: float = 0.0) -> list[Detection]:
    """Look at overlapping parts, and at parts of those where small faces are likely.

    `turn` stands heads up that all lean by so many radians, clockwise.
    """
    return best(list(_parts(picture, _all_of(picture, turn), turn, np.inf)))


def incomplete(found: list[Detection], side: float) -> bool:
    """Return whether faces in a square are so small, or so many, that others may be missed."""
    few = len(found) <= 2
    return any(one.side < (SMALL if few else 2 * SMALL) * side for one in found)


def _all_of(picture: Pyramid, turn: float = 0.0) -> Square:
    """Return the smallest square around the picture whose sides lean by `turn`."""
    width, height = picture.width, picture.height
    cos, sin = abs(np.cos(turn)), abs(np.sin(turn))
    side = max(width * cos + height * sin, width * sin + height * cos)
    return Square(width / 2, height / 2, float(side))


def _look(picture: Pyramid, square: Square, turn: float) -> list[Detection]:
    found = []
    for detector, threshold in ((FULL_RANGE, 0.3), (SHORT_RANGE, 0.5)):
        to_square = upright(square.center, turn, square.side, detector.side)
        found += detector(picture, to_square, threshold=threshold)
    return best(found)


def _parts(picture: Pyramid, square: Square, turn: float, expected: float) -> Iterator[Detection]:
    """Look at quarters. One that shows nothing may hold faces as small as its neighbors do.

    `expected` is the side of the smallest face around, in pixels.
    """
    quarters = list(_quarters(picture, square, turn))
    looks = [_far(picture, part, turn) for part in quarters]
    expected = min((one.side for look in looks for one in look), default=expected)
    for part, look in zip(quarters, looks, strict=True):
        yield from look
        smallest = min((one.side for one in look), default=expected)
        if smallest < SMALL * part.side and part.side > 2 * FULL_RANGE.side:
            yield from _parts(picture, part, turn, expected)


def _far(picture: Pyramid, part: Square, turn: float) -> list[Detection]:
    to_square = upright(part.center, turn, part.side, FULL_RANGE.side)
    return FULL_RANGE(picture, to_square, threshold=0.3)


def _quarters(picture: Pyramid, square: Square, turn: float) -> Iterator[Square]:
    """Return four squares that overlap by a third; none that lies outside of the picture."""
    side, step = 0.6 * square.side, 0.2 * square.side
    across, down = step * np.cos(turn), step * np.sin(turn)
    reach = side / 2 * (abs(np.cos(turn)) + abs(np.sin(turn)))
    for i in (-1, 1):
        for k in (-1, 1):
            x, y = square.x + k * across - i * down, square.y + k * down + i * across
            inside_x = -reach < x < picture.width + reach
            if inside_x and -reach < y < picture.height + reach:
                yield Square(float(x), float(y), side)
