"""How far two looks are apart, before either of them is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from freckle.looks.toning import in_lab, toned
from freckle.pixels.color import Floats
from freckle.recipe.recipe import Step


@dataclass(frozen=True, slots=True, eq=False)
class Glance:
    """What a look makes of a usual portrait, a third of which is ground."""

    colors: Floats
    ground: tuple[float, ...] | None
    lamp: tuple[float, float]
    """Where a lamp stands, to the right and up, as far as it works (−1..1)."""

    @classmethod
    def at(cls, steps: Sequence[Step]) -> "Glance":
        """Look at steps."""
        return cls(in_lab(toned(steps, USUAL)), _ground(steps), _lamp(steps))

    def away(self, other: "Glance") -> float:
        """Return about how far two looks are apart (mean ΔE, 1976)."""
        mean = float(np.linalg.norm(self.colors - other.colors, axis=1).mean())
        mean += LIT * float(np.linalg.norm(np.subtract(self.lamp, other.lamp)))
        if self.ground is None and other.ground is None:
            return mean
        here, there = self.ground or USUAL_GROUND, other.ground or USUAL_GROUND
        return 0.65 * mean + 0.35 * float(np.linalg.norm(np.subtract(here, there)))


def _lamp(steps: Sequence[Step]) -> tuple[float, float]:
    edit = next((step.edit for step in steps if step.edit.op == "relight"), None)
    side, height, amount = (getattr(edit, name, 0.0) / 100 for name in ("side", "height", "amount"))
    return side * amount, height * amount


def _ground(steps: Sequence[Step]) -> tuple[float, ...] | None:
    """Return the mean color of a new ground in CIELAB, if a look has one."""
    for step in steps:
        if step.edit.op == "background" and getattr(step.edit, "mode", "") == "gradient":
            ends = [getattr(step.edit, name) for name in ("color", "second")]
            values = [[int(end[k : k + 2], 16) / 255 for k in (1, 3, 5)] for end in ends]
            return tuple(in_lab(toned(steps, np.array(values, np.float32))).mean(axis=0).tolist())
    return None


LIT: Final = 2.5
"""Mean ΔE that a lamp makes which goes from straight before a face to its side."""
USUAL_GROUND: Final = (55.0, 0.0, 2.0)
USUAL: Final = np.array(
    [
        *([v, v, v] for v in (0.05, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9)),
        *([0.93, 0.78, 0.69], [0.78, 0.58, 0.47], [0.55, 0.38, 0.3], [0.33, 0.22, 0.18]),
        *([0.25, 0.18, 0.14], [0.45, 0.33, 0.22], [0.12, 0.1, 0.1]),
        *([0.2, 0.3, 0.45], [0.55, 0.62, 0.7], [0.3, 0.4, 0.25], [0.7, 0.35, 0.3]),
    ],
    np.float32,
)
"""Colors of portraits in sRGB: grays, skins, hair, clothes and grounds."""
