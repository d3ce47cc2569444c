"""Iris color: the eye's own pattern and light in another hue."""

from typing import Annotated, Final, Literal

import numpy as np
from pydantic import Field

from freckle.analysis.cast import cast
from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import central, gaussian, layers, smoothstep

MOST: Final = 14.0
"""Chroma of a vivid iris."""
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
    """Rotate a* and b* around the light's own color; catch lights and the pupil keep theirs.

    Brown irises and those in red light have more chroma than blue or green ones can: what is
    turned far is held below `MOST`.
    """
    if scene.regions.colorless:
        return lab
    light = lab[..., 0]
    inside = scene.mask(Region.IRISES) > 0.5
    if not inside.any():
        return lab
    between = gaussian(_eyes(scene), 0.003 * scene.unit)
    dark, usual = (float(x) for x in np.percentile(light[inside], (5, 50)))
    glint = smoothstep(usual + 20, usual + 40, light)
    colored = smoothstep(dark, dark + max(0.5 * (usual - dark), 3), light)
    # lids under the mesh's rim are redder than the iris
    redder = lab[..., 1] - np.float32(central(lab[..., 1][inside]))
    rim = smoothstep(0.4, 0.9, between) * (1 - smoothstep(3, 8, redder))
    opacity = np.float32(params.amount / 100) * (1 - glint) * colored * rim
    angle = np.deg2rad(params.hue)
    cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    tint = cast(scene.regions.skin)
    a, b = lab[..., 1] - tint[0], lab[..., 2] - tint[1]
    chroma = np.maximum(np.hypot(a, b), 1)
    held = (MOST * np.tanh(chroma / MOST) / chroma).astype(np.float32)
    held = 1 + np.float32(np.sin(abs(angle) / 2)) * (held - 1)
    turned = np.stack([held * (cos * a - sin * b), held * (sin * a + cos * b)], axis=2) + tint
    out = lab.copy()
    out[..., 1:] += layers(opacity, 2) * (turned - lab[..., 1:])
    return out


def _eyes(scene: Scene) -> Floats:
    """Return what shows between the lids, in the op's box; less of an eye seen from the side."""
    seen = [np.float32(e.facing) * scene.regions.fill([e.opening], 1) for e in scene.regions.eyes]
    eyes: Floats = np.maximum(*seen)
    return eyes if scene.box is None else eyes[scene.box.slices]


IRIS_COLOR = Paint(
    params=IrisColor,
    label="Iris color",
    panel="makeup",
    group="Eyes",
    needs=frozenset({Region.IRISES}),
    deliberate=True,
    fine=iris_color,
)
