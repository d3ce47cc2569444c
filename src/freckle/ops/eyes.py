"""The eyes: clearer whites, fewer veins, a crisper iris and the catch light that is there."""

from typing import Literal

import cv2
import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, masked_gaussian, smoothstep


class EyeWhites(Params):
    """How much clearer the whites get."""

    op: Literal["eye_whites"] = "eye_whites"
    version: Literal[1] = 1
    amount: Amount = slider(natural=15, cap=35)
    """Clears yellow and lifts gently; tapers to the corners, never pure white."""


class EyeVeins(Params):
    """How much of the veins goes."""

    op: Literal["eye_veins"] = "eye_veins"
    version: Literal[1] = 1
    amount: Amount = slider(natural=30, cap=70)
    """Takes redness and the darkness of veins out of the whites."""


class IrisClarity(Params):
    """How much crisper the iris gets."""

    op: Literal["iris_clarity"] = "iris_clarity"
    version: Literal[1] = 1
    amount: Amount = slider(natural=15, cap=40)
    """Local contrast and color of the iris; catch lights stay."""


class CatchLight(Params):
    """How much brighter the catch light gets."""

    op: Literal["catch_light"] = "catch_light"
    version: Literal[1] = 1
    amount: Amount = slider(natural=10, cap=30)
    """Strengthens the reflection that exists; adds none."""


def _white(lab: Floats) -> Floats:
    """How much a pixel of an open eye is sclera and not lash, lid or caruncle."""
    chroma = np.asarray(cv2.magnitude(lab[..., 1], lab[..., 2]), np.float32)
    return smoothstep(30, 48, lab[..., 0]) * (1 - smoothstep(20, 32, chroma))


def _colored(scene: Scene) -> np.float32:
    """1 where a photo has colors, 0 where its hue is a toning, which the eyes share."""
    return np.float32(0 if scene.regions.colorless else 1)


def eye_whites(lab: Floats, params: EyeWhites, scene: Scene) -> Floats:
    """Reduce b* above 4 and lift L* by at most 6, less the lighter it is."""
    share = np.float32(params.amount / 100) * _white(lab)
    out = lab.copy()
    out[..., 2] -= np.float32(0.8) * _colored(scene) * share * np.maximum(lab[..., 2] - 4, 0)
    out[..., 0] += np.float32(14) * share * np.maximum(1 - lab[..., 0] / 92, 0)
    return out


def eye_veins(lab: Floats, params: EyeVeins, scene: Scene) -> Floats:
    """Reduce a* above 1 and lift lines darker and redder than the white around them."""
    white = _white(lab)
    share = np.float32(params.amount / 100) * white
    around = masked_gaussian(lab, white, 0.012 * scene.unit)
    redder = np.maximum(lab[..., 1] - around[..., 1], 0)
    out = lab.copy()
    out[..., 1] -= share * np.float32(0.8) * _colored(scene) * np.maximum(lab[..., 1] - 1, 0)
    line = smoothstep(0.5, 3, redder) * np.maximum(around[..., 0] - lab[..., 0], 0)
    out[..., 0] += share * np.float32(0.7) * line
    return out


def iris_clarity(lab: Floats, params: IrisClarity, scene: Scene) -> Floats:
    """Raise local contrast finer than a quarter of the iris and chroma by up to a third."""
    share = np.float32(params.amount / 100)
    iris = scene.mask(Region.IRISES)
    detail = lab[..., 0] - masked_gaussian(lab[..., 0], iris, 0.014 * scene.unit)
    bright = smoothstep(55, 80, lab[..., 0])
    out = lab.copy()
    out[..., 0] += share * np.float32(0.9) * (1 - bright) * np.clip(detail, -10, 10)
    # no iris is as red as a pupil lit by a flash
    unlit = _colored(scene) * (1 - smoothstep(18, 28, lab[..., 1]))
    out[..., 1:] *= (1 + share * np.float32(0.35) * (1 - bright) * unlit)[..., None]
    return out


def catch_light(lab: Floats, params: CatchLight, scene: Scene) -> Floats:
    """Lift reflections that already stand out from the iris by more than 18 L*."""
    share = np.float32(params.amount / 100)
    around = gaussian(lab[..., 0], 0.02 * scene.unit)
    glint = smoothstep(12, 26, lab[..., 0] - around)
    out = lab.copy()
    out[..., 0] += share * np.float32(0.6) * glint * np.maximum(98 - lab[..., 0], 0)
    return out


EYE_WHITES = Paint(
    params=EyeWhites,
    label="Eye whites",
    group="Eyes",
    needs=frozenset({Region.SCLERAS}),
    fine=eye_whites,
)
EYE_VEINS = Paint(
    params=EyeVeins,
    label="Eye veins",
    group="Eyes",
    needs=frozenset({Region.SCLERAS}),
    fine=eye_veins,
)
IRIS_CLARITY = Paint(
    params=IrisClarity,
    label="Iris clarity",
    group="Eyes",
    needs=frozenset({Region.IRISES}),
    fine=iris_clarity,
)
CATCH_LIGHT = Paint(
    params=CatchLight,
    label="Catch light",
    group="Eyes",
    needs=frozenset({Region.IRISES}),
    fine=catch_light,
)
