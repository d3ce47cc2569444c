"""Under the eyes: lift dark circles toward the cheek, soften bags; the skin's texture stays."""

from typing import Literal

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, masked_gaussian, smoothstep


class DarkCircles(Params):
    """How much of the shadow goes."""

    op: Literal["dark_circles"] = "dark_circles"
    version: Literal[1] = 1
    amount: Amount = slider(natural=30, cap=60)
    """Lifts the shadow and its hue toward the cheek below."""


class EyeBags(Params):
    """How much of a bag's bulge and crease goes."""

    op: Literal["eye_bags"] = "eye_bags"
    version: Literal[1] = 1
    amount: Amount = slider(natural=15, cap=50)
    """Softens crease and bulge shading."""


def dark_circles(lab: Floats, params: DarkCircles, scene: Scene) -> Floats:
    """Raise low frequencies toward the cheek's; at most 55 % of the shadow, 14 L*."""
    unit = scene.small_unit
    zone = scene.small(Region.UNDER_EYES)
    cheek = scene.small(Region.CHEEKS) * (1 - smoothstep(0.2, 0.6, zone))
    target = masked_gaussian(lab, cheek, 0.12 * unit)
    low = gaussian(lab, 0.014 * unit)
    share = np.float32(params.amount / 100)
    shadow = np.clip(target[..., 0] - low[..., 0], 0, 14)
    known = smoothstep(0.002, 0.02, gaussian(cheek, 0.12 * unit))
    lift = known * shadow * (1 - np.exp(-shadow / np.float32(5)))
    hue = known * smoothstep(0, 4, shadow)
    out = lab.copy()
    out[..., 0] += np.float32(0.85) * share * lift
    shift = target[..., 1:] - low[..., 1:]
    out[..., 1:] += np.float32(0.8) * share * hue[..., None] * shift
    return out


def eye_bags(lab: Floats, params: EyeBags, scene: Scene) -> Floats:
    """Weaken L* between .012 and .05 of the face's width: the size of a bag and its crease."""
    unit = scene.small_unit
    light = lab[..., 0]
    zone = scene.small(Region.SOLID)
    band = gaussian(light, 0.012 * unit) - masked_gaussian(light, zone, 0.05 * unit)
    out = lab.copy()
    out[..., 0] -= np.float32(0.8 * params.amount / 100) * band
    return out


DARK_CIRCLES = Paint(
    params=DarkCircles,
    label="Dark circles",
    group="Eyes",
    needs=frozenset({Region.UNDER_EYES}),
    deliberate=True,
    reach=0.3,
    broad=dark_circles,
)
EYE_BAGS = Paint(
    params=EyeBags,
    label="Eye bags",
    group="Eyes",
    needs=frozenset({Region.UNDER_EYES}),
    broad=eye_bags,
)
