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


def parts(picture: Pyramid) -> list[Detection]:
    """Look at overlapping parts, and at parts of those where small faces show up."""
    return best(list(_parts(picture, _all_of(picture))))


def incomplete(found: list[Detection], side: float) -> bool:
    """Return whether faces in a square are so small, or so many, that others may be missed."""
    few = len(found) <= 2
    return any(one.side < (SMALL if few else 2 * SMALL) * side for one in found)


def _all_of(picture: Pyramid) -> Square:
    return Square(picture.width / 2, picture.height / 2, max(picture.width, picture.height))


def _look(picture: Pyramid, square: Square, turn: float) -> list[Detection]:
    found = []
    for detector, threshold in ((FULL_RANGE, 0.3), (SHORT_RANGE, 0.5)):
        to_square = upright(square.center, turn, square.side, detector.side)
        found += detector(picture, to_square, threshold=threshold)
    return best(found)


def _parts(picture: Pyramid, square: Square) -> Iterator[Detection]:
    for part in _quarters(picture, square):
        to_square = upright(part.center, 0.0, part.side, FULL_RANGE.side)
        found = FULL_RANGE(picture, to_square, threshold=0.3)
        yield from found
        smallest = min((one.side for one in found), default=part.side)
        if smallest < SMALL * part.side and part.side > 2 * FULL_RANGE.side:
            yield from _parts(picture, part)


def _quarters(picture: Pyramid, square: Square) -> Iterator[Square]:
    """Return four squares that overlap by a third; none that lies outside of the picture."""
    side, step = 0.6 * square.side, 0.2 * square.side
    for y in (square.y - step, square.y + step):
        for x in (square.x - step, square.x + step):
            reaches_x = -side / 2 < x < picture.width + side / 2
            reaches_y = -side / 2 < y < picture.height + side / 2
            if reaches_x and reaches_y:
                yield Square(x, y, side)
