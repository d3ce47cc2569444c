"""What lies where on a face: how sure each place is bare skin, and if it is not, what it is.

Three witnesses are asked. A network tells hair, skin, clothes and things apart but sees no detail
(`parsing.py`); the mesh knows where eyes, lips and brows are, but not what lies before them; the
person's own color and fine contrast (`skin.py`) have the picture's own edges. How much each counts
was learnt from 1,935 places on 54 portraits labelled by eye (`benchmarks/labels/`, logistic
regression): where the map says .9 and more, 98 % are bare skin, on photos it was not learnt from.

All masks are height × width float32 of the coarse grid, 0..1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Final

import numpy as np

from freckle.analysis import landmarks as lm
from freckle.analysis.grid import Grid
from freckle.analysis.parsing import Parsing
from freckle.analysis.skin import Cues, Skin, away
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, median, smoothstep

WEIGHTS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "always": -5.63,
        "body": 0.91,
        "hair": -1.20,
        "things": -0.59,
        "elsewhere": -1.17,
        "rough": -0.67,
        "dark": -0.63,
        "color": -0.79,
        "lips": -4.24,
        "eyes": -2.73,
        "lids": -1.69,
        "brows": -1.84,
        "brow hair": -1.33,
        "nostrils": -1.08,
        "beard": -1.47,
        "dark brows": -1.64,
        "face": 0.75,
    }
)
"""What each piece of evidence adds to the log-odds of bare skin; `_evidence` says what it is."""
WIDE: Final = 0.12
"""Reach in face widths of the light that skin is expected to have."""


class Label(StrEnum):
    """What a place of a face shows."""

    SKIN = "skin"
    HAIR = "hair"
    BROW = "brow"
    BEARD = "beard"
    GLASSES = "glasses"
    HEADWEAR = "headwear"
    JEWELRY = "jewelry"
    HAND = "hand"
    OBJECT = "object"
    LIPS = "lips"
    MOUTH = "mouth"
    EYE = "eye"
    LIDS = "lids"
    NOSTRIL = "nostril"
    CLOTHES = "clothes"
    BACKGROUND = "background"


@dataclass(frozen=True, eq=False)
class FaceMap:
    """The map of one face.

    `sure` is where color and network agree on this person's skin, `brow_hair` the hair of the
    brows as the picture shows it.
    """

    grid: Grid
    parsing: Parsing
    own: Skin
    cues: Cues
    sure: Floats
    brow_hair: Floats

    @cached_property
    def skin(self) -> Floats:
        """How sure each place is bare skin of the face or of the body."""
        odds = np.full(self.grid.size, WEIGHTS["always"], np.float32)
        for name, values in self._evidence().items():
            odds += np.float32(WEIGHTS[name]) * values
        seen = self.parsing
        before = seen.others + seen.clothes + seen.background
        # what is plain and as light as skin looks like skin to all but the network
        return np.asarray((1 - smoothstep(0.4, 0.7, before)) / (1 + np.exp(-odds)), np.float32)

    @cached_property
    def bare(self) -> Floats:
        """Return how far skin is believed in, its marks counted as skin."""
        return smoothstep(0.15, 0.5, gaussian(self.skin, 0.006 * self.grid.unit))

    @cached_property
    def uncovered(self) -> Floats:
        """How sure nothing lies before a place: no hair, no hand, no glasses, mask or cloth.

        Brows and lashes are parts of a face and cover nothing.
        """
        seen = self.parsing
        before = seen.others + seen.clothes + seen.background
        before = before + seen.body_skin * self._inside
        brows = self.grid.grow(self.grid.polygons([lm.RIGHT_BROW, lm.LEFT_BROW]), 0.02)
        before = before + seen.hair * (1 - brows)
        # the network never says less than about .09 of all other classes together
        return 1 - smoothstep(0.2, 0.6, before)

    def label(self, x: float, y: float) -> Label:
        """Return what a point of the frame (pixels) most likely shows."""
        step, (height, width) = self.grid.factor, self.grid.size
        row = min(max(int(y / step), 0), height - 1)
        column = min(max(int(x / step), 0), width - 1)
        if self.skin[row, column] >= 0.5:
            return Label.SKIN
        shares = {label: float(mask[row, column]) for label, mask in self._parts.items()}
        return max(shares, key=lambda label: shares[label])

    def least(self, x: float, y: float, radius: float) -> float:
        """Return how sure the least sure place of a disc (frame pixels) is skin."""
        step = self.grid.factor
        reach = max(1, round(radius / step))
        row, column = int(y / step), int(x / step)
        part = self.skin[
            max(row - reach, 0) : max(row + reach + 1, 0),
            max(column - reach, 0) : max(column + reach + 1, 0),
        ]
        return float(part.min()) if part.size else 0.0

    @cached_property
    def _inside(self) -> Floats:
        """Inside the face's oval, a little within its edge."""
        return 1 - smoothstep(-0.08, -0.03, self.grid.features["face"])

    @cached_property
    def _parts(self) -> dict[Label, Floats]:
        """How much each thing that is no skin is there."""
        grid, seen = self.grid, self.parsing
        face = seen.face_skin
        eyes = 1 - smoothstep(0.15, 0.25, np.abs(grid.height))
        above, inside = smoothstep(0.1, 0.25, grid.height), self._inside
        lips = grid.polygons([lm.LIPS_OUTER])
        mouth = grid.polygons([lm.LIPS_INNER])
        opening = grid.polygons([lm.RIGHT_EYE, lm.LEFT_EYE])
        lids = grid.grow(opening, 0.03) * (1 - opening)
        beard = grid.hulls([lm.BEARD]) * (1 - lips)
        brows = grid.grow(grid.polygons([lm.RIGHT_BROW, lm.LEFT_BROW]), 0.015)
        free = face + seen.hair
        worn = seen.others
        return {
            Label.HAIR: seen.hair * (1 - brows),
            Label.BROW: brows * free,
            Label.BEARD: np.float32(0.45) * beard * free,
            Label.GLASSES: worn * eyes,
            Label.HEADWEAR: worn * above * (1 - eyes),
            Label.JEWELRY: worn * (1 - inside) * (1 - above) * (1 - eyes),
            Label.OBJECT: worn * inside * (1 - above) * (1 - eyes),
            Label.HAND: seen.body_skin * inside,
            Label.LIPS: lips * (1 - mouth) * face,
            Label.MOUTH: mouth * face,
            Label.EYE: opening * face,
            Label.LIDS: np.float32(0.9) * lids * face,
            Label.NOSTRIL: np.float32(0.9) * grid.hulls(lm.NOSTRILS) * face,
            Label.CLOTHES: seen.clothes,
            Label.BACKGROUND: seen.background,
        }

    def _evidence(self) -> dict[str, Floats]:
        """Return what speaks for and against skin at each place."""
        grid, seen, unit = self.grid, self.parsing, self.grid.unit
        light = grid.light
        fine = light - gaussian(light, 0.006 * unit)
        rough = np.sqrt(np.maximum(gaussian(fine * fine, 0.008 * unit), 0))
        usual = median(rough[self.sure > 0.5]) or 1.0
        rough = np.log(np.maximum(rough / np.float32(max(usual, 0.3)), 1e-3))
        around = gaussian(self.sure, WIDE * unit)
        near = smoothstep(0, 0.02, around)
        wide = gaussian(light * self.sure, WIDE * unit) / np.maximum(around, np.float32(1e-3))
        expected = self.own.lab[0] + near * (wide - np.float32(self.own.lab[0]))
        dark = np.clip((expected - light) / 10, -1, 3)
        beyond = grid.features
        brows = 1 - smoothstep(-0.01, 0.02, beyond["brows"])
        return {
            "body": seen.body_skin * (beyond["face"] > 0),
            "hair": np.log(seen.hair + np.float32(0.02)),
            "things": np.log(seen.others + np.float32(0.02)),
            "elsewhere": np.log(seen.clothes + seen.background + np.float32(0.03)),
            "rough": np.clip(rough, -1, 3),
            "dark": dark,
            "color": np.clip(away(self.cues, self.own) / 5, 0, 3),
            "lips": 1 - smoothstep(-0.006, 0.008, beyond["lips"]),
            "eyes": 1 - smoothstep(-0.005, 0.012, beyond["eyes"]),
            "lids": 1 - smoothstep(0.008, 0.03, beyond["eyes"]),
            "brows": brows,
            "brow hair": self.brow_hair,
            "nostrils": (1 - smoothstep(-0.01, 0.01, beyond["nostrils"])) * np.maximum(dark, 0),
            "beard": grid.hulls([lm.BEARD]) * np.clip(rough, 0, 3),
            "dark brows": brows * np.maximum(dark, 0),
            "face": 1 - smoothstep(-0.02, 0.05, beyond["face"]),
        }
