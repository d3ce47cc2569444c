"""Iris color: the eye's own pattern and light in another hue."""

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import layers, smoothstep

Turn = Annotated[float, Field(ge=-180, le=180)]
"""Degrees around the color circle."""


class IrisColor(Params):
    """Turns the hue of the iris and keeps its pattern."""

    op: Literal["iris_color"] = "iris_color"
    version: Literal[1] = 1
    amount: Amount = slider()
    """How much of the turned color shows."""
    hue: Turn = slider(cap=180, floor=-180)
    """Where the hue goes, in degrees around the color circle; 0 keeps it."""

    @property
    def neutral(self) -> bool:
        """Whether nothing is mixed, or the same hue."""
        return self.amount == 0 or self.hue == 0


def iris_color(lab: Floats, params: IrisColor, scene: Scene) -> Floats:
    """Rotate a* and b* by the angle; catch lights and the pupil keep their colors.

    Brown irises owe their chroma to shade as well: turned, it would be too much, so what is far
    from the own hue is a fifth weaker.
    """
    if scene.regions.colorless:
        return lab
    light = lab[..., 0]
    glint = smoothstep(60, 80, light)
    pupil = 1 - smoothstep(4, 12, light)
    opacity = np.float32(params.amount / 100) * (1 - glint) * (1 - pupil)
    angle = np.deg2rad(params.hue)
    weaker = 1 - 0.2 * np.sin(abs(angle) / 2)
    cos, sin = np.float32(weaker * np.cos(angle)), np.float32(weaker * np.sin(angle))
    a, b = lab[..., 1], lab[..., 2]
    turned = np.stack([cos * a - sin * b, sin * a + cos * b], axis=2)
    out = lab.copy()
    out[..., 1:] += layers(opacity, 2) * (turned - lab[..., 1:])
    return out


IRIS_COLOR = Paint(
    params=IrisColor,
    label="Iris color",
    panel="makeup",
    group="Eyes",
    needs=frozenset({Region.IRISES}),
    deliberate=True,
    fine=iris_color,
)
