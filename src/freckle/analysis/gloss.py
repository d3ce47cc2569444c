"""What shines on skin: the lamp's light on top of the skin's own."""

from typing import Final

import cv2
import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.pixels.color import Floats
from freckle.pixels.exposure import relit, xyz
from freckle.pixels.filters import gaussian, layers, masked_gaussian, planes, smoothstep
from freckle.pixels.matte import chroma, matte
from freckle.pixels.morphology import morph

BEAD: Final = 0.018
"""Radius in face widths up to which a bright dot is a bead, a gem or paint, and no glare."""

RIM: Final = 0.1
"""How far around glare its rim counts, in face widths."""


def gloss(lab: Floats, scene: Scene) -> tuple[Floats, Floats]:
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
    own, light = xyz(lit_as_beside(base, soft, skin * (1 - weight), unit)), xyz(lab)
    # glare is smooth, so that pores stay; but pores in it that have none get no darker
    smooth = np.float32(0.5) * (xyz(soft) + light) - own
    on_top = np.minimum(smooth, light - np.float32(0.85) * own)
    return layers(weight) * np.maximum(on_top, 0), own


def lit_as_beside(base: Floats, soft: Floats, rim: Floats, unit: float) -> Floats:
    """Return the matte skin under glare, lit no less than it is beside the glare.

    On a forehead that shines all over, matte skin is far off and in other light: a highlight
    brought down to that is a dark hole with a bright rim.
    """
    beside = masked_gaussian(soft[..., 0], rim, RIM * unit)
    return relit(base, np.maximum(base[..., 0], beside))


def whitened(light: Floats) -> Floats:
    """Return a color in full light."""
    x, y, z = planes(light)
    most = np.maximum(np.maximum(x, np.maximum(y, z)), np.float32(1e-3))
    return np.asarray(light / layers(most), np.float32)
