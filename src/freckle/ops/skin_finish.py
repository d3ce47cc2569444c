"""Skin finish: how skin mirrors the light: powdered, moist, or like glass."""

from typing import Final, Literal

import numpy as np

from freckle.analysis.gloss import gloss, whitened
from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.exposure import from_xyz, xyz
from freckle.pixels.filters import gaussian, layers, smoothstep

LOBES: Final = {"dewy": (14.0, 0.13, 0.55), "glass": (46.0, 0.24, 0.9)}
"""How narrow the mirrored light is (Blinn's exponent), how strong, and how far glare grows."""
HALF: Final = (0.0, 0.30, 0.954)
"""Half way between camera and a lamp above it: to the right, up, to the camera."""


class SkinFinish(Params):
    """How the skin mirrors the light."""

    op: Literal["skin_finish"] = "skin_finish"
    version: Literal[1] = 1
    amount: Amount = slider()
    """How far the skin takes on the finish."""
    finish: Literal["powder", "dewy", "glass"] = "dewy"
    """Powder takes glare off, dewy lets the skin glow, glass mirrors the light on high points."""


def skin_finish(lab: Floats, params: SkinFinish, scene: Scene) -> Floats:
    """Take glare off, or add what a moist film mirrors (Blinn 1977), as the skin's grain lets it.

    A film mirrors only light that is there: none in shade. It takes on half of the skin's color.
    """
    share = np.float32(params.amount / 100)
    glare, own = scene.once("skin_finish", lab, lambda: gloss(lab, scene))
    light = xyz(lab)
    if params.finish == "powder":
        # a burnt-out place stays a little lighter than the skin around
        return from_xyz(light - np.float32(0.8) * share * glare)
    narrow, strong, grows = LOBES[params.finish]
    shape, unit = scene.regions.relief.within(scene.small_box), scene.small_unit
    facing = sum(
        part * np.float32(h)
        for part, h in zip((shape.right, shape.up, shape.near), HALF, strict=True)
    )
    mirrored = np.power(np.clip(facing, 0, 1), np.float32(narrow)) * shape.mesh
    usual = np.float32(max(scene.regions.skin.lab[0], 12.0))
    lit = smoothstep(0.7, 1.15, gaussian(lab[..., 0], 0.03 * unit) / usual)
    # pores interrupt the film
    fine = lab[..., 0] - gaussian(lab[..., 0], 0.012 * unit)
    film = mirrored * lit * np.clip(1 + np.float32(0.16) * fine, 0.35, 1.9)
    room = layers(1 - smoothstep(82, 97, lab[..., 0]))
    tint = np.float32(0.5) + np.float32(0.5) * whitened(own)
    level = np.float32(strong) * np.sqrt(np.maximum(own[..., 1], np.float32(0.02)))
    more = layers(level * film) * tint + np.float32(grows) * glare * tint
    return np.minimum(from_xyz(light + share * more * room), np.float32(100))


SKIN_FINISH = Paint(
    params=SkinFinish,
    label="Skin finish",
    group="Base",
    panel="makeup",
    needs=frozenset({Region.SHEEN}),
    broad=skin_finish,
)
