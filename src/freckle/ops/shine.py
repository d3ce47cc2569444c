"""Shine: minus takes the glare off (matte), plus lets the skin glow (dewy)."""

from typing import Literal

import cv2
import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Balance, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, masked_gaussian, planes, smoothstep


class Shine(Params):
    """Less or more glare."""

    op: Literal["shine"] = "shine"
    version: Literal[1] = 1
    amount: Balance = slider(natural=-20, cap=60, floor=-60)
    """Minus: matte. Plus: dewy."""


def shine(lab: Floats, params: Shine, scene: Scene) -> Floats:
    """Compress or lift smooth highlights of low chroma; a matte highlight regains skin color."""
    unit, skin = scene.small_unit, scene.skin
    soft = gaussian(lab, 0.008 * unit)
    around = masked_gaussian(lab, skin, 0.09 * unit)
    light, red, yellow = planes(soft)
    level, usual_red, usual_yellow = planes(around)
    glare = np.maximum(light - level - np.float32(2.5), 0)
    chroma, usual = cv2.magnitude(red, yellow), cv2.magnitude(usual_red, usual_yellow)
    pale = 1 - smoothstep(0.85, 1.1, chroma / np.maximum(usual, 1))
    glare = glare * (0.25 + 0.75 * pale)
    share = np.float32(abs(params.amount) / 100)
    out = lab.copy()
    if params.amount > 0:
        out[..., 0] += share * np.float32(0.5) * glare
        return np.minimum(out, np.float32(100))
    out[..., 0] -= share * np.float32(0.6) * glare
    regain = share * np.float32(0.5) * smoothstep(0, 8, glare)
    out[..., 1] += regain * (usual_red - red)
    out[..., 2] += regain * (usual_yellow - yellow)
    return out


SHINE = Paint(
    params=Shine,
    label="Shine",
    group="Skin",
    areas=("face", "neck", "body"),
    needs=frozenset({Region.SKIN}),
    broad=shine,
)
