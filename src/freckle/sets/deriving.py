"""Write down the guide that finished pictures keep: the shape, heads and background they share."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np

from freckle.api.photos import OpenedPhoto
from freckle.pixels.color import Floats, unlab
from freckle.sets.guides import Guide
from freckle.sets.keeping import SHAPES, ground_in, head_in

PARTS: Final = 20
"""Of a shape as 4:5 the larger number at most."""
SPREAD: Final = 15.0
"""Percent of the height by which heads or eyes may differ and still be a rule."""
ALIKE: Final = 8.0
"""Color difference (CIELAB) from the usual background that nine of ten keep, if it is a rule."""
NEAR: Final = 3.0
"""The least leeway of a background."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What of one picture a guide can speak of."""

    size: tuple[int, int]
    head: tuple[float, float, float] | None
    ground: Floats | None


def measured(photo: OpenedPhoto) -> Measured:
    """Measure a finished picture."""
    return Measured((photo.width, photo.height), head_in(photo), ground_in(photo))


def derived(pictures: Sequence[Measured], name: str) -> Guide:
    """Return a guide with every rule that nine of ten pictures keep anyway, and no other."""
    heads = np.array([one.head for one in pictures if one.head is not None])
    rules: dict[str, object] = {"name": name, "shape": _shape(pictures)}
    rules["least"] = min(max(one.size) for one in pictures)
    if len(heads) > 0.9 * len(pictures):
        rules["head"], rules["eyes"] = (_range(heads[:, k]) for k in (0, 1))
        lean = float(np.percentile(np.abs(heads[:, 2]), 90))
        rules["level"] = math.ceil(lean) if lean <= SPREAD else None
    color = _background([one.ground for one in pictures if one.ground is not None], len(pictures))
    rules |= color or {}
    return Guide.model_validate({key: value for key, value in rules.items() if value is not None})


def _shape(pictures: Sequence[Measured]) -> str | None:
    ratios = np.array([one.size[0] / one.size[1] for one in pictures])
    usual = float(np.median(ratios))
    found = Fraction(usual).limit_denominator(PARTS)
    near = abs(float(found) / usual - 1) <= SHAPES / 2 and max(found.as_integer_ratio()) <= PARTS
    shared = np.mean(np.abs(ratios / usual - 1) <= SHAPES / 2) >= 0.9
    return f"{found.numerator}:{found.denominator}" if near and shared else None


def _range(values: Floats) -> tuple[float, float] | None:
    low, high = (float(np.percentile(values, q)) for q in (5, 95))
    if high - low > SPREAD:
        return None
    return max(math.floor(low), 0), min(math.ceil(high), 100)


def _background(colors: Sequence[Floats], count: int) -> dict[str, object] | None:
    if not colors or len(colors) < 0.9 * count:
        return None
    usual = np.median(np.array(colors), axis=0).astype(np.float32)
    far = float(np.percentile([np.linalg.norm(color - usual) for color in colors], 90))
    if far > ALIKE:
        return None
    rgb = np.rint(255 * np.clip(unlab(usual[None, None])[0, 0], 0, 1)).astype(int)
    return {"background": "#" + "".join(f"{value:02x}" for value in rgb),
            "near": max(NEAR, math.ceil(far))}  # fmt: skip
