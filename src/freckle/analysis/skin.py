"""What skin looks like on this person, learnt from the cheeks and the forehead."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

import cv2
import numpy as np
import numpy.typing as npt

from freckle.geometry import Box
from freckle.pixels.color import Floats, ita
from freckle.pixels.filters import (
    central,
    gaussian,
    masked_gaussian,
    planes,
    robust_sigma,
    smoothstep,
    stacked,
)
from freckle.pixels.morphology import morph

LEAST_SPREAD: Final = (0.03, 0.04)
"""Smallest believed spread of ln R/G and ln G/B: JPEG chroma is no finer."""
MOST_SPREAD: Final = 0.14
"""Largest: beyond it a cheek is in mixed light, which the local comparison deals with."""


@dataclass(frozen=True, slots=True)
class Skin:
    """A person's own skin: medians and robust spreads over clean seeds.

    `chroma` is (ln R/G, ln G/B) of linear light, which shading does not move; `spread` its robust
    standard deviations; `lab` the median CIELAB; `lightness_spread` that of L*; `grain` the usual
    fine contrast (L* units).
    """

    chroma: tuple[float, float]
    spread: tuple[float, float]
    lab: tuple[float, float, float]
    lightness_spread: float
    grain: float

    @property
    def ita(self) -> float:
        """Individual typology angle of the median, degrees."""
        return ita(self.lab[0], self.lab[2])


@dataclass(frozen=True, slots=True, eq=False)
class Cues:
    """Per-pixel evidence for skin, all H × W (chroma H × W × 2)."""

    chroma: Floats
    lightness: Floats
    grain: Floats

    def within(self, box: Box) -> Self:
        """Return the evidence in a box only."""
        here = box.slices
        return replace(
            self, chroma=self.chroma[here], lightness=self.lightness[here], grain=self.grain[here]
        )


def cues(log_rgb: Floats, lab: Floats, inside: Floats, unit: float) -> Cues:
    """Compute chroma, lightness and local fine contrast; `unit` is the face's width here."""
    red, green, blue = planes(log_rgb)
    ratios = stacked(red - green, green - blue)
    fine = lab[..., 0] - gaussian(lab[..., 0], 0.006 * unit)
    energy = masked_gaussian(fine * fine, inside, 0.012 * unit)
    return Cues(
        chroma=gaussian(ratios, 0.004 * unit),
        lightness=gaussian(lab[..., 0], 0.003 * unit),
        grain=np.sqrt(np.maximum(energy, 0)),
    )


def learn(seen: Cues, lab: Floats, cheeks: Floats, forehead: Floats) -> Skin:
    """Learn a skin from cheek pixels, and from forehead pixels that agree with them."""
    seeds = cheeks > 0.5
    if not seeds.any():
        seeds = np.ones_like(seeds)
    first = _describe(seen, lab, seeds)
    distance = _distance(planes(seen.chroma), first.chroma, first)
    dark = first.lab[0] - 4 * first.lightness_spread
    agree = (forehead > 0.5) & (distance < 4) & (seen.lightness > dark)
    return _describe(seen, lab, seeds | agree)


def membership(seen: Cues, skin: Skin, inside: Floats, unit: float, reach: float = 10.0) -> Floats:
    """Return how surely each pixel inside is this skin, 0..1.

    `reach` is how many spreads from the person's own color still count.

    Color is compared with the skin's own large-scale color around the pixel, so that colored or
    one-sided light does not cut half a face off; darkness likewise, which drops hair and brows.
    """
    own = *skin.chroma, skin.lab[0]
    chroma, lightness = planes(seen.chroma), seen.lightness
    together = np.asarray(cv2.merge([*chroma, lightness]), np.float32)
    overall = _distance(chroma, skin.chroma, skin)
    depth = skin.lightness_spread
    light = smoothstep(skin.lab[0] - 7 * depth - 8, skin.lab[0] - 4 * depth - 4, lightness)
    weight = inside * (1 - smoothstep(3, 6, overall)) * light
    far = 1 - smoothstep(0.6 * reach, reach, overall)
    for around in (0.15, 0.12):
        # far from any skin the expectation falls back to the person's median
        support = smoothstep(0, 0.05, gaussian(weight, around * unit))
        means = planes(masked_gaussian(together, weight, around * unit))
        *color, level = (
            support * (mean - np.float32(value)) + np.float32(value)
            for mean, value in zip(means, own, strict=True)
        )
        near = 1 - smoothstep(3, 5, _distance(chroma, color, skin))
        lit = smoothstep(-14 - depth, -8 - 0.7 * depth, lightness - level)
        weight = inside * near * lit * far
    return weight


def away(seen: Cues, skin: Skin) -> Floats:
    """Return how far each pixel's color is from a skin's, in that skin's own spreads."""
    return _distance(planes(seen.chroma), skin.chroma, skin)


def close(mask: Floats, radius: float) -> Floats:
    """Fill holes and notches narrower than 2 × `radius` pixels: marks and highlights are skin."""
    return morph(mask, cv2.MORPH_CLOSE, radius)


def fill(sure: Floats, lightness: Floats, radius: float) -> Floats:
    """Fill what a person's skin encloses: marks and highlights, not hair, frames or folds.

    Closing finds the gaps; a dark one stays a gap when it is longer than 5 × `radius`, for no mark
    is so long, but the rims of glasses are.
    """
    closed = close(sure, radius)
    gap = (closed - sure > 0.3).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(gap, connectivity=8)
    around = masked_gaussian(lightness, sure, 2 * radius)
    dark = np.bincount(labels.ravel(), weights=(lightness < around).ravel(), minlength=count)
    long = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) > 5 * radius
    stays = long & (dark > 0.5 * stats[:, cv2.CC_STAT_AREA])
    stays[0] = False
    # the soft rim of a gap belongs to it
    open_gap = morph(stays[labels].astype(np.float32), cv2.MORPH_DILATE, max(1.0, 0.2 * radius))
    return closed - open_gap * (closed - sure)


def _describe(seen: Cues, lab: Floats, where: npt.NDArray[np.bool_]) -> Skin:
    ratios = seen.chroma[where]
    values = lab[where]
    spread = [robust_sigma(ratios[:, k]) for k in (0, 1)]
    return Skin(
        chroma=(float(central(ratios[:, 0])), float(central(ratios[:, 1]))),
        spread=(
            min(max(spread[0], LEAST_SPREAD[0]), MOST_SPREAD),
            min(max(spread[1], LEAST_SPREAD[1]), MOST_SPREAD),
        ),
        lab=(
            float(central(values[:, 0])),
            float(central(values[:, 1])),
            float(central(values[:, 2])),
        ),
        lightness_spread=max(robust_sigma(seen.lightness[where]), 4.0),
        grain=float(central(seen.grain[where])),
    )


def _distance(chroma: Sequence[Floats], center: Sequence[float | Floats], skin: Skin) -> Floats:
    """Distance from a color, or from a color at each pixel, in the skin's own spreads."""
    red, blue = (
        (have - want) * np.float32(1 / spread)
        for have, want, spread in zip(chroma, center, skin.spread, strict=True)
    )
    return np.asarray(cv2.magnitude(red, blue), np.float32)
