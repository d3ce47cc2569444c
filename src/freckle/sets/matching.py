"""Head-shots that match: equal heads, eyes on one line, upright, in one shape of picture."""

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np

from freckle.analysis.portrait import Person
from freckle.codec.channels import as_pixels
from freckle.errors import OutputError
from freckle.framing import Framing
from freckle.geometry import Affine
from freckle.photo import Photo, Pixels
from freckle.render.frame import framed_photo
from freckle.sets.heads import Head, head_of

LARGEST_SHARE: Final = 0.85
"""Of the height that a head may take."""
SLACK: Final = 0.5
"""Pixels of the photo that a crop may reach out by rounding."""
SMOOTHED: Final = 3.0
"""How many times a head may be enlarged."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The picture that all photos become."""

    width: int = 1200
    height: int = 1500
    head: float = 0.5
    """From chin to crown (without the hair), as a share of the height."""
    eyes: float = 0.56
    """From the lower edge to the eyes, as a share of the height."""

    def to_plain(self) -> dict[str, Any]:
        """Return it as JSON types."""
        return {name: getattr(self, name) for name in self.__slots__}

    def extent(self) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom around the point between the eyes, in heads."""
        unit = self.head * self.height
        wide, above = self.width / unit / 2, (1 - self.eyes) * self.height / unit
        return -wide, -above, wide, self.height / unit - above


def measured(person: Person) -> Head:
    """Return the head that matches are made by: the mesh alone, so that hair changes nothing."""
    return head_of(person.face, None, level=True)


def scale_of(head: Head) -> float:
    """Return the height of a head in pixels, chin to crown."""
    return 2 * (head.chin - head.eyes)


def least_share(head: Head, shape: Shape, size: tuple[int, int]) -> float | None:
    """Return the smallest share of the height at which the crop lies inside the photo.

    None where there is none up to `LARGEST_SHARE`.
    """
    for share in np.arange(0.2, LARGEST_SHARE + 1e-6, 0.01):
        tried = Shape(shape.width, shape.height, float(share), shape.eyes)
        if not any(outside(framing_of(head, tried, size))):
            return round(float(share), 2)
    return None


def framing_of(head: Head, shape: Shape, size: tuple[int, int], times: int = 1) -> Framing:
    """Return the frame of a photo of some size, drawn `times` as large as the shape."""
    step = scale_of(head) / (shape.head * shape.height)
    left, top = (
        head.middle - step * shape.width / 2,
        head.eyes - step * shape.height * (1 - shape.eyes),
    )
    to_level = Affine(np.array([[step / times, 0, left], [0, step / times, top]]))
    return Framing(
        (shape.width * times, shape.height * times), size, head.to_level.inverse().after(to_level)
    )


def outside(framing: Framing) -> tuple[bool, bool, bool, bool]:
    """Tell whether a frame reaches out of its photo at left, top, right and bottom."""
    wide, tall = framing.size
    corners = np.array([[0.0, 0], [wide, 0], [0, tall], [wide, tall]], np.float32)
    x, y = framing.to_source(corners).T
    width, height = framing.source
    return (
        bool(x.min() < -SLACK),
        bool(y.min() < -SLACK),
        bool(x.max() > width + SLACK),
        bool(y.max() > height + SLACK),
    )


def matched(photo: Photo, head: Head, shape: Shape, alpha: Pixels | None = None) -> Photo:
    """Return a finished photo in its shape.

    `alpha` is the matte where the background is one color: that may go on beyond the photo, the
    person may not. Raises `OutputError`.
    """
    size = photo.width, photo.height
    step = scale_of(head) / (shape.head * shape.height)
    if step < 1 / SMOOTHED:
        raise OutputError(
            f"The head is only {scale_of(head):.0f} pixels tall.",
            "Choose a smaller --size, or a larger photo.",
        )
    framing = framing_of(head, shape, size, max(1, int(np.ceil(step))))
    _check(framing, alpha, least_share(head, shape, size))
    drawn = framed_photo(photo, framing)
    if framing.size == (shape.width, shape.height):
        return drawn
    to = shape.width, shape.height
    pixels = as_pixels(cv2.resize(drawn.pixels, to, interpolation=cv2.INTER_AREA))
    clear = drawn.alpha
    if clear is not None:
        clear = as_pixels(cv2.resize(clear, to, interpolation=cv2.INTER_AREA))
    return drawn.with_frame(pixels, clear)


def _check(framing: Framing, alpha: Pixels | None, least: float | None) -> None:
    """Refuse a crop that would show what is not in the photo."""
    out = outside(framing)
    if not any(out):
        return
    if alpha is not None:
        edges = (alpha[:, 0], alpha[0], alpha[:, -1], alpha[-1])
        cut = [reach and bool((edge > 0.1 * 65535).any()) for reach, edge in zip(out, edges)]  # noqa: B905
        if not any(cut):
            return
    sides = ("left of", "above", "right of", "below")
    where = [name for name, reach in zip(sides, out, strict=True) if reach]
    remedy = "Take it with more room around the head."
    if least is not None:
        remedy = f"--head {100 * least:.0f} shows less around it, or --head fit."
    raise OutputError(f"The photo shows too little {' and '.join(where)} the head.", remedy)
