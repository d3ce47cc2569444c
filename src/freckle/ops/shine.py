"""Shine: minus takes the glare off (matte), plus lets the skin glow (dewy)."""

from typing import Final, Literal

import cv2
import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Balance, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.exposure import from_xyz, xyz
from freckle.pixels.filters import gaussian, layers, planes, smoothstep
from freckle.pixels.matte import chroma, matte
from freckle.pixels.morphology import morph

BEAD: Final = 0.018
"""Radius in face widths up to which a bright dot is a bead, a gem or paint, and no glare."""


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
    glare, skin = scene.once("shine", lab, lambda: _glare(lab, scene))
    if params.amount < 0:
        # what is left of it is tinted: a lamp as white as paper on dark skin stays a hole
        left = np.float32(0.5) * share * (1 - _white(skin)) * (1 - np.float32(0.7) * share)
        return from_xyz(xyz(lab) - (np.float32(0.7) * share + left) * glare)
    # dewy skin shows its own color in the light, white lamps look like chalk
    tint = np.float32(0.5) + np.float32(0.5) * _white(skin)
    room = layers(1 - smoothstep(84, 98, lab[..., 0]))
    glow = np.float32(0.6) * share * glare * tint * room
    return np.minimum(from_xyz(xyz(lab) + glow), np.float32(100))


def _glare(lab: Floats, scene: Scene) -> tuple[Floats, Floats]:
    """Return the light on top of the skin at each pixel, and the matte skin's own light."""
    skin = scene.small(Region.SHEEN) if scene.area == Region.SKIN else scene.skin
    unit = scene.small_unit
    soft = gaussian(lab, 0.007 * unit)
    base = matte(soft, skin, scene.regions.skin.lab, unit)
    pale = 1 - smoothstep(0.7, 1.0, chroma(soft) / np.maximum(chroma(base), 0.02))
    burnt = smoothstep(90, 97, soft[..., 0])
    broad = 100 * morph(soft[..., 0] / np.float32(100), cv2.MORPH_OPEN, BEAD * unit)
    weight = smoothstep(3, 12, gaussian(broad, 0.004 * unit) - base[..., 0])
    weight *= 1 - smoothstep(4, 10, soft[..., 0] - broad)
    weight *= np.maximum(0.15 + 0.85 * pale, burnt)
    own, light = xyz(base), xyz(lab)
    # glare is smooth, so that pores stay; but pores in it that have none get no darker
    smooth = np.float32(0.5) * (xyz(soft) + light) - own
    on_top = np.minimum(smooth, light - np.float32(0.85) * own)
    return layers(weight) * np.maximum(on_top, 0), own


def _white(light: Floats) -> Floats:
    """Return a color in full light."""
    x, y, z = planes(light)
    most = np.maximum(np.maximum(x, np.maximum(y, z)), np.float32(1e-3))
    return np.asarray(light / layers(most), np.float32)


SHINE = Paint(
    params=Shine,
    label="Shine",
    group="Skin",
    areas=("face", "neck", "body"),
    needs=frozenset({Region.SHEEN}),
    broad=shine,
)
