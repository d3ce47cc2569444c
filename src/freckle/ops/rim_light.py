"""Rim light: a lamp from behind draws the contour of cheek, jaw and neck."""

from typing import Final, Literal

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.analysis.skin import close
from freckle.ops.op import Amount, Balance, Color, Paint, Params, slider, swatches
from freckle.pixels.color import Floats
from freckle.pixels.distance import distance
from freckle.pixels.exposure import from_xyz, xyz
from freckle.pixels.filters import gaussian, layers, smoothstep
from freckle.pixels.lamp import light_of

STRENGTH: Final = 1.5
"""How strong the lamp is at 100, against the light that is there."""


class RimLight(Params):
    """A lamp from behind, on the contour."""

    op: Literal["rim_light"] = "rim_light"
    version: Literal[1] = 1
    amount: Amount = slider()
    """How bright the edge of face, hair and shoulders gets."""
    side: Balance = slider(70)
    """Where the lamp stands: minus on the left of the picture, plus on the right, 0 on both."""
    width: Amount = slider(40)
    """How far the light reaches round the edge."""
    color: Color = swatches("#fff4e2", "#ffd08a", "#bcd4ff", "#ff5fa2", "#38d6ff", "#b48cff")
    """The lamp's color."""


def rim_light(lab: Floats, params: RimLight, scene: Scene) -> Floats:
    """Add the lamp's light along the outline that looks toward it; it fades inward.

    Most of it takes on the person's own color, a little lies on top as hair and skin mirror what
    only grazes them (Schlick 1994).
    """
    unit = scene.small_unit
    # holes and notches of the outline are the parser's, not the person's; the frame's own edges,
    # where the mask fades, are no outline
    person = close(_outlined(scene), 0.025 * unit)
    away = distance((person > 0.5).astype(np.uint8)) / np.float32(unit)
    width = np.float32(0.012 + 0.04 * params.width / 100)
    across = np.gradient(gaussian(person, 0.06 * unit), axis=1) * np.float32(0.06 * unit)
    way = params.side / 100
    left, right = (smoothstep(0.04, 0.3, sign * across) for sign in (1, -1))
    toward = right * np.float32(min(1.0, 1 + way)) + left * np.float32(min(1.0, 1 - way))
    edge = np.exp(-away / width) * toward * smoothstep(0.4, 0.9, person)
    own = xyz(lab)
    share = np.float32(STRENGTH * params.amount / 100) * gaussian(edge, 0.004 * unit)
    tint = np.ones(3, np.float32) if scene.regions.colorless else light_of(params.color)
    room = 1 - np.clip(own.max(axis=2), 0, 1)
    more = layers(share * room) * (np.float32(0.1) + np.float32(1.9) * own) * tint
    return np.minimum(from_xyz(own + more), np.array([100, 127, 127], np.float32))


def _outlined(scene: Scene) -> Floats:
    """Return the person with hair and clothes, to the frame's end (coarse grid, 0..1)."""
    person = 1 - smoothstep(0.3, 0.7, scene.regions.parsing.background)
    return person if scene.small_box is None else person[scene.small_box.slices]


RIM_LIGHT = Paint(
    params=RimLight,
    label="Rim light",
    group="Light",
    needs=frozenset({Region.BUST}),
    deliberate=True,
    reach=0.2,
    broad=rim_light,
)
