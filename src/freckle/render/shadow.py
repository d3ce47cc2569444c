"""What people's shadows take from the light of a new ground.

Shadows have no detail, so they are worked out once on the whole photo at a small size, from the
people as they are cut out: any part of the photo gets the same part of them. They lie on the
ground, which is laid behind the people, and so never on them.
"""

from dataclasses import dataclass
from typing import Any, Final, Self

import cv2
import numpy as np

from freckle.analysis.matte import PEAK, under
from freckle.geometry import Affine, Box
from freckle.ops.op import Shadow
from freckle.photo import Pixels
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, layers, smoothstep
from freckle.render.ground import Ground
from freckle.render.picture import Picture

SIDE: Final = 900
"""Pixels of the longer side on which shadows are worked out."""
SHARPEST: Final = 0.0015
"""σ of the hardest shadow, in widths of the picture."""
GAMMA: Final = 2.2
"""Opacity belongs to encoded values, in which other programs darken."""
SMALLEST: Final = 0.004
"""Share of the picture that somebody fills at least to throw a contact shadow."""
LOWER: Final = 0.55
"""Part of the picture below which somebody ends who touches what is seen as its floor."""
STANDING: Final = 0.012
"""How far above the picture's lower edge somebody ends who stands in it, in widths of it."""
FEET: Final = 0.05
"""Share of their height by which feet touch the floor."""
POOL: Final = (0.045, 0.008)
"""σ of the pool around feet, across and down, in shares of the person's height."""
HUG: Final = 0.02
"""σ of the shade around a bust that the lower edge cuts, in widths of the picture."""


@dataclass(frozen=True, slots=True, eq=False)
class Shade:
    """How much of the ground's light is left beside people."""

    left: Floats
    """Height × width of the whole photo, reduced, 0..1."""
    photo: tuple[int, int]

    @classmethod
    def of(cls, alpha: Pixels, photo: tuple[int, int], shadow: Shadow) -> Self:
        """Throw shadows of people whose alpha (0..65535) is known on the reduced photo.

        `photo` is the photo's width and height.
        """
        own = alpha.astype(np.float32) / np.float32(PEAK)
        unit = max(own.shape)
        thrown = shadow.opacity * _thrown(own, shadow, unit)
        touching = shadow.contact * contact(own)
        dark = 1 - (1 - thrown) * (1 - touching)
        return cls(np.asarray((1 - np.clip(dark, 0, 1)) ** np.float32(GAMMA), np.float32), photo)

    def under(self, to_photo: Affine, size: tuple[int, int]) -> Floats:
        """Return it for a picture of width × height pixels that `to_photo` maps to the photo."""
        return np.asarray(under(self.left, self.photo, to_photo, size), np.float32)


def shaded(ground: Ground, picture: Picture, shadow: Shadow, alpha: Pixels) -> Ground:
    """Return a ground in the shadow of people, whose alpha (0..65535) is of the reduced photo."""
    shade = Shade.of(alpha, (picture.photo.width, picture.photo.height), shadow)

    def dimmed(tile: Box, part: Box, light: Floats) -> Floats:
        left = shade.under(picture.to_photo(tile), (tile.width, tile.height))
        return ground(tile, part, light) * layers(left[part.within(tile).slices])

    return dimmed


def _thrown(own: Floats, shadow: Shadow, unit: int) -> Floats:
    """Return the people's outline, moved and blurred."""
    if shadow.opacity == 0:
        return np.zeros_like(own)
    turn, far = np.deg2rad(shadow.angle), shadow.distance * unit
    moved = np.array([[1, 0, far * np.cos(turn)], [0, 1, far * np.sin(turn)]])
    # people go on beside the picture where it cuts them
    border = cv2.BORDER_REPLICATE
    size = own.shape[1], own.shape[0]
    outline = cv2.warpAffine(own, moved, size, flags=cv2.INTER_LINEAR, borderMode=border)
    return gaussian(np.asarray(outline, np.float32), max(SHARPEST, shadow.softness) * unit)


def contact(own: Floats) -> Floats:
    """Return how dark it is where people (alpha, 0..1) meet what is below them, 0..1.

    Whoever stands in the picture has a flat pool at the feet. Whom the lower edge cuts is seen
    without the floor: there it darkens beside the body, more the lower.
    """
    height, width = own.shape
    count, labels, boxes, _ = cv2.connectedComponentsWithStats((own > 0.5).astype(np.uint8))
    dark = np.zeros_like(own)
    for number in range(1, count):
        _, top, _, tall, area = boxes[number].tolist()
        if area < SMALLEST * own.size or top + tall < LOWER * height:
            continue
        person = own * (labels == number)
        cut = top + tall > height - STANDING * max(height, width)
        found = _hugging(person, top, tall) if cut else _pool(person, top, tall)
        dark = np.maximum(dark, found)
    return dark


def _pool(person: Floats, top: int, tall: int) -> Floats:
    """Return the pool around somebody's feet: their soles, wide and flat."""
    rows = np.arange(person.shape[0], dtype=np.float32)[:, None]
    soles = person * smoothstep(top + (1 - FEET) * tall, top + tall, rows)
    across, down = (max(0.8, share * tall) for share in POOL)
    pool: Any = cv2.GaussianBlur(soles, (0, 0), sigmaX=across, sigmaY=down)
    # the floor begins where soles end: half of the pool is before them
    shifted = cv2.warpAffine(
        pool, np.array([[1, 0, 0], [0, 1, 0.6 * down]]), person.shape[::-1], flags=cv2.INTER_LINEAR
    )
    most = float(shifted.max())
    return np.asarray(shifted / most if most > 0 else shifted, np.float32)


def _hugging(person: Floats, top: int, tall: int) -> Floats:
    """Return the shade beside a bust, none at the head and all at the lower edge."""
    rows = np.arange(person.shape[0], dtype=np.float32)[:, None]
    lower = smoothstep(top + 0.45 * tall, top + tall, rows)
    near = gaussian(person, HUG * max(person.shape))
    return np.asarray(near * lower, np.float32)
