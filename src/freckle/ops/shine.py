"""Shine: minus takes the glare off (matte), plus lets the skin glow (dewy)."""

from typing import Literal

import numpy as np

from freckle.analysis.gloss import gloss, whitened
from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Balance, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.exposure import from_xyz, xyz
from freckle.pixels.filters import layers, smoothstep


class Shine(Params):
    """Less or more glare."""

    op: Literal["shine"] = "shine"
    version: Literal[1] = 1
    amount: Balance = slider(natural=-30, cap=60, floor=-60)
    """Minus: matte. Plus: dewy."""


def shine(lab: Floats, params: Shine, scene: Scene) -> Floats:
    """Take glare off or add to it, in linear light, where it lies on the skin's own color.

    What a highlight has more than the matte skin around it is the lamp's light on top
    (dichromatic reflection, Shafer 1985): with up to 7/10 of that gone a burnt-out place is the
    skin's color again, lit, and not gray.
    """
    share = np.float32(abs(params.amount) / 100)
    glare, skin = scene.once("shine", lab, lambda: gloss(lab, scene))
    if params.amount < 0:
        # what is left of it is tinted: a lamp as white as paper on dark skin stays a hole
        left = np.float32(0.5) * share * (1 - whitened(skin)) * (1 - np.float32(0.7) * share)
        return from_xyz(xyz(lab) - (np.float32(0.7) * share + left) * glare)
    # dewy skin shows its own color in the light, white lamps look like chalk
    tint = np.float32(0.5) + np.float32(0.5) * whitened(skin)
    room = layers(1 - smoothstep(84, 98, lab[..., 0]))
    glow = np.float32(0.6) * share * glare * tint * room
    return np.minimum(from_xyz(xyz(lab) + glow), np.float32(100))


SHINE = Paint(
    params=Shine,
    label="Shine",
    group="Skin",
    areas=("face", "neck", "body"),
    needs=frozenset({Region.SHEEN}),
    broad=shine,
)
