"""Colors of a photo by what they belong to: skin, hair, clothes, ground."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import cv2
import numpy as np

from freckle.analysis.portrait import Portrait, eight_bit
from freckle.analysis.trimap import parsed
from freckle.photo import Photo
from freckle.pixels.color import Floats, lab, to_srgb
from freckle.vision import parser

SIDE: Final = 256
"""Longer side of the picture that colors are taken from."""
ZONES: Final = ("skin", "hair", "clothes", "ground")
LEAST: Final = 0.012
"""Share of the picture below which a zone has no colors of its own to learn from."""


@dataclass(frozen=True, slots=True, eq=False)
class Zones:
    """Pixels of a reduced photo, and how surely each belongs to which zone."""

    colors: Floats
    """n × 3 CIELAB."""
    weights: Floats
    """n × 4, 0..1, in the order of `ZONES`."""

    @classmethod
    def of(cls, photo: Photo, portrait: Portrait) -> Self:
        """Look at a photo with the parser, closer at its largest heads."""
        scale = min(1.0, SIDE / max(photo.width, photo.height))
        size = max(1, round(photo.width * scale)), max(1, round(photo.height * scale))
        small = cv2.resize(eight_bit(photo), size, interpolation=cv2.INTER_AREA)
        picture = np.clip(
            to_srgb(np.asarray(small, np.float32) * np.float32(1 / 255), photo.space), 0, 1
        )
        classes, _ = parsed(picture, [person.face for person in portrait.people], scale)
        skin = classes[..., parser.FACE_SKIN] + classes[..., parser.BODY_SKIN]
        others = (classes[..., k] for k in (parser.HAIR, parser.CLOTHES, parser.BACKGROUND))
        weights = np.stack([skin, *others], axis=-1).reshape(-1, 4)
        # what is half one thing and half another teaches nothing about either
        sure = np.clip((weights - 0.5) * 2, 0, 1)
        return cls(lab(picture).reshape(-1, 3), np.asarray(sure, np.float32))

    def has(self, zone: int) -> bool:
        """Whether enough of the photo belongs to a zone."""
        return self.share(zone) >= LEAST

    def taken(self, zone: int | None, many: int) -> Floats:
        """Return so many colors of a zone (all of the photo for None), each as often as it is."""
        return self._drawn(
            np.ones(len(self.colors)) if zone is None else self.weights[:, zone], many
        )

    def beside(self, zones: Sequence[int], many: int) -> Floats:
        """Return so many colors of all that is not of some zones."""
        left = 1 - self.weights[:, list(zones)].sum(axis=1)
        return self._drawn(np.clip(left, 0, 1) + np.float32(1e-6), many)

    def share(self, zone: int) -> float:
        """Return how much of the photo is a zone's."""
        return float(self.weights[:, zone].mean())

    def _drawn(self, shares: Any, many: int) -> Floats:
        order = np.argsort(self.colors[:, 0], kind="stable")
        sums = np.cumsum(shares[order].astype(np.float64))
        wanted = (np.arange(many) + 0.5) * (sums[-1] / many)
        return np.asarray(self.colors[order[np.searchsorted(sums, wanted)]], np.float32)
