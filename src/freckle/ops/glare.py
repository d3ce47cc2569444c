"""Reflections on glasses: take part of the light that lies on a lens over what is behind it."""

from typing import Literal

import cv2
import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.exposure import from_xyz, xyz
from freckle.pixels.filters import gaussian, layers, masked_gaussian, planes, smoothstep
from freckle.pixels.matte import chroma, matte


class Glare(Params):
    """Softer reflections on glasses; beta."""

    op: Literal["glare"] = "glare"
    version: Literal[1] = 1
    amount: Amount = slider(cap=60)
    """Softens reflections inside the lenses; what they hide entirely stays hidden."""


def glare(lab: Floats, params: Glare, scene: Scene) -> Floats:
    """Subtract up to 9/10 of the veil: in linear light a reflection adds to what is behind it.

    Over skin and lids the veil is what is lighter than the skin around, and paler or of another
    color. Over open eyes, whose light nobody knows, it is only what the skin beside them shows.
    """
    unit, share = scene.small_unit, np.float32(0.9 * params.amount / 100)
    lens = scene.small(Region.LENSES)
    features = scene.small(Region.FEATURES)
    soft = gaussian(lab, 0.005 * unit)
    skin = scene.small(Region.FLESH) * (1 - features) * (1 - _strange(soft, scene))
    # an eye's socket is shaded: the skin to compare with is near
    usual = matte(soft, skin, scene.regions.skin.lab, 0.6 * unit)
    more = soft[..., 0] - usual[..., 0]
    pale = 1 - smoothstep(0.65, 0.95, chroma(soft) / np.maximum(chroma(usual), 0.02))
    colored = _strange(soft, scene) * smoothstep(-4, 3, more)
    weight = np.maximum(smoothstep(2, 9, more) * pale, colored)
    on_top = layers(weight) * np.maximum(xyz(soft) - xyz(usual), 0)
    eye = smoothstep(0.1, 0.5, gaussian(scene.small(Region.EYES), 0.004 * unit))
    beside = masked_gaussian(on_top, lens * (1 - eye), 0.025 * unit, 0.05)
    size = 2 * max(1, round(0.008 * unit)) + 1
    darkest = np.asarray(cv2.erode(xyz(lab), np.ones((size, size), np.uint8)), np.float32)
    veil = on_top + layers(eye) * (np.minimum(beside, darkest) - on_top)
    return from_xyz(np.maximum(xyz(lab) - share * veil, 0))


def _strange(soft: Floats, scene: Scene) -> Floats:
    """Return 0..1 where the color is not this person's skin's, whatever the light."""
    own = scene.regions.skin.lab
    light, red, yellow = planes(soft)
    there, here = np.maximum(light + 16, 4), own[0] + 16
    away = cv2.magnitude(red / there - np.float32(own[1] / here), yellow / there - own[2] / here)
    return smoothstep(0.10, 0.22, np.asarray(away, np.float32))


GLARE = Paint(
    params=Glare,
    label="Glasses reflections",
    group="Eyes",
    needs=frozenset({Region.LENSES}),
    deliberate=True,
    broad=glare,
)
