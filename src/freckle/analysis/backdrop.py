"""A studio ground as it was meant: even, and without creases, stains and dust.

The ground's color is taken apart into what is wide, which is the light on it, and into bands of
detail. What stands out of the grain in a band is a fold, a stain or a speck; the rest is the
photo's own grain, and stays. Only what is surely ground is looked at, and where the ground is no
backdrop (a window, a tree) it stays as it is. Everything is a difference of encoded values, in
which files mix and grain is about as strong in the dark as in the light.
"""

from dataclasses import dataclass
from typing import Any, Final, Self

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.matte import PEAK, Matte, reduced, under
from freckle.geometry import Affine
from freckle.photo import Photo, Pixels
from freckle.pixels.color import Floats
from freckle.pixels.filters import (
    deviation,
    gaussian,
    layers,
    masked_gaussian,
    smoothstep,
)

LONGER: Final = 2200
"""Pixels of the longer side on which creases and specks are looked for."""
COARSE: Final = 220
"""The same for the light, which is wide."""
WIDE: Final = 0.07
"""σ of the light on a ground, in widths of the picture: folds are narrower."""
BANDS: Final = (0.0006, 0.0012, 0.0024)
"""σ at which bands of detail end, in widths of the picture. They hold grain, so only what stands
out of it goes; what is wider goes altogether."""
WIDTH: Final = 1250
"""Pixels of a picture's width at least in telling bands: grain is not finer in small pictures."""
ABOVE: Final = (2.5, 4.5)
"""How many deviations of the grain stand out: surely not yet, and surely."""
LEAST: Final = 0.0012
"""Deviation that grain has at least (encoded values), against grounds without any."""
OBJECT: Final = 0.16
"""Difference from the light (encoded values) from which something is no crease but a thing."""
CROWDED: Final = (0.04, 0.16)
"""Share of things around a place that a backdrop has, and that it has not."""
AROUND: Final = 0.015
"""σ of what counts as around, in widths of the picture."""
LIKE: Final = 0.06
"""Difference from the light at which a place counts a third in fitting it."""
RIDGE: Final = 2e-3
"""How far a surface is held flat where little ground is seen."""
ROUNDS: Final = 4
"""How often the light is fitted, each time without what does not belong to it."""
EDGE: Final = 0.003
"""Distance from people from which a ground is surely nothing of them, in widths of the picture."""
HAIRY: Final = (0.008, 0.2)
"""σ, in widths of the picture, and share of pixels that mix with people, of which hair has more."""
STRANDS: Final = (0.02, 0.06)
"""Distances from hair, in widths of the picture, where fine detail may be a strand that the matte
does not know, and where it is none."""
LOCKS: Final = (0.002, 0.02)
"""The same of what is wider than a strand."""
ENOUGH: Final = (0.4, 0.7)
"""Share of a ground that has to be a backdrop: below the first nothing is done."""


@dataclass(frozen=True, slots=True, eq=False)
class Backdrop:
    """What to add to encoded values (0..1) for an even ground without marks; all at reduced size.

    Both are height × width × 3, and mean the ground also where it mixes with people.
    """

    evening: Floats
    """For even light."""
    cleaning: Floats
    """Against creases, stains and dust."""
    share: float
    """How much of what is surely ground is a backdrop, 0..1."""

    @classmethod
    def of(cls, photo: Photo, matte: Matte) -> Self:
        """Look at the ground of a photo."""
        picture = reduced(photo, LONGER)
        height, width = picture.shape[:2]
        unit = max(height, width)
        alpha: Any = cv2.resize(matte.alpha, (width, height), interpolation=cv2.INTER_AREA)
        sure = smoothstep(0, EDGE * unit, _distance(alpha > 0))
        light = _light(picture, sure)
        rest = picture - cv2.resize(light, (width, height), interpolation=cv2.INTER_CUBIC)
        plain = _plain(np.asarray(rest, np.float32), sure, unit)
        ground = sure * plain
        share = float(ground.sum() / max(float(sure.sum()), 1.0))
        plain *= smoothstep(*ENOUGH, share)
        hair = _distance(_hair(alpha, unit)) / np.float32(unit)
        free = plain * smoothstep(*STRANDS, hair), plain * smoothstep(*LOCKS, hair)
        marks = _marks(np.asarray(rest, np.float32), ground, free, unit)
        return cls(_evening(light, ground, plain), np.asarray(-marks, np.float32), share)

    def under(
        self,
        photo: tuple[int, int],
        to_photo: Affine,
        size: tuple[int, int],
        shares: tuple[float, float],
    ) -> Floats:
        """Return what to add to a picture of width × height pixels, which `to_photo` maps.

        `shares` (0..1) say how far light is evened and marks are taken out of a photo of width ×
        height pixels.
        """
        evening, cleaning = (
            under(each, photo, to_photo, size) for each in (self.evening, self.cleaning)
        )
        return np.asarray(
            np.float32(shares[0]) * evening + np.float32(shares[1]) * cleaning, np.float32
        )


def _hair(alpha: Pixels, unit: float) -> npt.NDArray[np.bool_]:
    """Return where much mixes with people: around hair, not along a sleeve."""
    mixed = ((alpha > 0) & (alpha < PEAK)).astype(np.float32)
    return np.asarray(gaussian(mixed, HAIRY[0] * unit) > HAIRY[1])


def _evening(light: Floats, ground: Floats, plain: Floats) -> Floats:
    """Return what makes the light of a ground its mean everywhere."""
    size = light.shape[1::-1]
    weight, seen = (
        np.asarray(cv2.resize(each, size, interpolation=cv2.INTER_AREA), np.float32)
        for each in (ground, plain)
    )
    mean = (light * layers(weight)).sum(axis=(0, 1)) / max(float(weight.sum()), 1e-6)
    return np.asarray((mean - light) * layers(seen), np.float32)


def _distance(mask: npt.NDArray[np.bool_]) -> Floats:
    """Return how far each place is from a mask, in pixels."""
    if not mask.any():
        return np.full(mask.shape, max(mask.shape), np.float32)
    return np.asarray(cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, 3), np.float32)


def _light(picture: Floats, sure: Floats) -> Floats:
    """Return the ground's light, reduced: a surface of second degree, and what is wide beside."""
    scale = min(1.0, COARSE / max(sure.shape))
    size = max(1, round(sure.shape[1] * scale)), max(1, round(sure.shape[0] * scale))
    weight = np.asarray(cv2.resize(sure, size, interpolation=cv2.INTER_AREA), np.float32)
    sums = cv2.resize(picture * layers(sure), size, interpolation=cv2.INTER_AREA)
    small = np.asarray(sums / layers(np.maximum(weight, np.float32(1e-3))), np.float32)
    terms, sigma = _terms(size), WIDE * max(size)
    like = weight
    light = small
    for _ in range(ROUNDS):
        light = _surface(small, like, terms)
        light = np.asarray(light + masked_gaussian(small - light, like, sigma), np.float32)
        far = np.abs(small - light).max(axis=2) / np.float32(LIKE)
        like = np.asarray(weight * np.exp(-far * far), np.float32)
    return np.asarray(light, np.float32)


def _terms(size: tuple[int, int]) -> npt.NDArray[np.float64]:
    """Return x^i · y^j up to the second degree for every pixel of a width × height picture."""
    x = np.linspace(-1, 1, size[0])[None, :]
    y = np.linspace(-1, 1, size[1])[:, None]
    powers = [(i, j) for i in range(3) for j in range(3 - i)]
    return np.stack([(x**i * y**j).ravel() for i, j in powers], axis=1)


def _surface(picture: Floats, weight: Floats, terms: npt.NDArray[np.float64]) -> Floats:
    """Fit a surface to a picture's colors by least squares."""
    wide = weight.reshape(-1, 1).astype(np.float64)
    left = terms.T @ (terms * wide) + RIDGE * float(wide.sum()) * np.eye(terms.shape[1])
    right = terms.T @ (picture.reshape(-1, 3) * wide)
    return np.asarray((terms @ np.linalg.solve(left, right)).reshape(picture.shape), np.float32)


def _plain(rest: Floats, sure: Floats, unit: float) -> Floats:
    """Return where the ground is a backdrop (0..1), and no thing before it or beside it."""
    things = (np.abs(rest).max(axis=2) > OBJECT).astype(np.float32)
    crowd = masked_gaussian(things, sure, AROUND * unit)
    return 1 - smoothstep(*CROWDED, crowd)


def _marks(rest: Floats, ground: Floats, free: tuple[Floats, Floats], unit: float) -> Floats:
    """Return what creases, stains and dust add to a ground, band by band.

    `free` says where what is fine, and where what is wide, is none of the people's hair.
    """
    unit = max(unit, WIDTH)
    marks, finer = np.zeros_like(rest), rest
    for end in BANDS:
        coarser = masked_gaussian(rest, ground, end * unit)
        band = finer - coarser
        marks += band * layers(free[0] * _standing_out(band, ground, end * unit))
        finer = coarser
    return marks + finer * layers(free[1])


def _standing_out(band: Floats, weight: Floats, sigma: float) -> Floats:
    """Return where a band is more than grain, 0..1."""
    level = np.asarray(band.mean(axis=2), np.float32)
    grain = max(deviation(level, weight), LEAST)
    strong = smoothstep(*ABOVE, np.abs(level) / np.float32(grain))
    side = 2 * max(1, round(1.5 * sigma)) + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return gaussian(np.asarray(cv2.dilate(strong, disc), np.float32), max(0.5, 0.5 * sigma))
