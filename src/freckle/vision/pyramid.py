"""A picture at halved sizes, so that a network's crop is sampled cheaply and without aliasing."""

import cv2
import numpy as np
import numpy.typing as npt

from freckle.geometry import Affine, Points

RGB8 = npt.NDArray[np.uint8]
GRAY = (128, 128, 128)
"""What a detector's input holds outside of the picture: the middle of its range."""


class Pyramid:
    """An RGB picture and its halves, quarters, …, made when first asked for.

    Every level is the exact average of 2 × 2 pixels, so the result depends on nothing but the
    picture. An odd last row or column falls away.
    """

    def __init__(self, picture: RGB8) -> None:
        """Begin with an H × W × 3 picture."""
        self._levels = [picture]

    @property
    def width(self) -> int:
        """Width of the picture in pixels."""
        return int(self._levels[0].shape[1])

    @property
    def height(self) -> int:
        """Height of the picture in pixels."""
        return int(self._levels[0].shape[0])

    def sample(self, to_crop: Affine, side: int) -> RGB8:
        """Cut a crop of side × side pixels, gray outside of the picture, quick and a bit rough.

        `to_crop` maps the picture's pixels to the crop's.
        """
        return self._cut(to_crop, side, cv2.BORDER_CONSTANT)

    def sample_finely(self, to_crop: Affine, side: int) -> RGB8:
        """Cut a crop as `sample` does, but average it from twice its size, and repeat the edge.

        Without the average, landmarks jitter with the photo's noise.
        """
        return _half(self._cut(Affine(2 * to_crop.matrix), 2 * side, cv2.BORDER_REPLICATE))

    def _cut(self, to_crop: Affine, side: int, border: int) -> RGB8:
        level, factor = self._level(max(0, int(np.floor(np.log2(1 / to_crop.scale)))))
        from_level = Affine(to_crop.matrix * [[factor, factor, 1]])
        cut = cv2.warpAffine(
            level,
            from_level.pixel_matrix(),
            (side, side),
            flags=cv2.INTER_LINEAR,
            borderMode=border,
            borderValue=GRAY,
        )
        return np.asarray(cut, np.uint8)

    def _level(self, number: int) -> tuple[RGB8, int]:
        """Return a level and how many pixels of the picture one of its pixels spans."""
        while len(self._levels) <= number and min(self._levels[-1].shape[:2]) >= 2:
            self._levels.append(_half(self._levels[-1]))
        number = min(number, len(self._levels) - 1)
        return self._levels[number], 2**number


def upright(center: Points, angle: float, span: float, side: int) -> Affine:
    """Return the map from a turned square of the picture to a crop of `side` pixels.

    `center` is x, y; `span` is the square's side in the picture's pixels; a positive `angle`
    (radians) is a head that leans clockwise in the picture, and stands straight in the crop.
    """
    scale = side / span
    c, s = scale * np.cos(angle), scale * np.sin(angle)
    linear = np.array([[c, s], [-s, c]])
    return Affine(np.column_stack([linear, side / 2 - linear @ center[:2]]))


def _half(picture: RGB8) -> RGB8:
    height, width = picture.shape[0] // 2, picture.shape[1] // 2
    even = picture[: 2 * height, : 2 * width]
    return np.asarray(cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
