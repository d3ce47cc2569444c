"""The mouth: teeth lose their yellow before they gain light; lips lose cracks, not lines."""

from typing import Literal

import cv2
import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, masked_gaussian, robust_sigma, smoothstep


class TeethWhitening(Params):
    """How much whiter the teeth get."""

    op: Literal["teeth_whitening"] = "teeth_whitening"
    version: Literal[1] = 1
    amount: Amount = slider(natural=26, cap=45)
    """Removes yellow first, then lifts; gums and tongue are left out."""


class LipSmoothing(Params):
    """How much smoother the lips get."""

    op: Literal["lip_smoothing"] = "lip_smoothing"
    version: Literal[1] = 1
    amount: Amount = slider(natural=10, cap=40)
    """Softens flakes and cracks; the shape and the gloss of the lips stay."""


def teeth_whitening(lab: Floats, params: TeethWhitening, scene: Scene) -> Floats:
    """Pull b* toward 5 (at least 30 % of the yellow stays) and lift L* by at most 7."""
    chroma = cv2.magnitude(lab[..., 1], lab[..., 2])
    tooth = smoothstep(38, 56, lab[..., 0]) * (1 - smoothstep(11, 20, lab[..., 1]))
    tooth = gaussian(tooth * (1 - smoothstep(30, 45, chroma)), 0.003 * scene.unit)
    share = np.float32(params.amount / 100) * tooth
    out = lab.copy()
    out[..., 2] -= np.float32(0.7) * share * np.maximum(lab[..., 2] - 5, 0)
    out[..., 0] += np.float32(16) * share * np.maximum(1 - lab[..., 0] / 95, 0)
    return out


def lip_smoothing(lab: Floats, params: LipSmoothing, scene: Scene) -> Floats:
    """Weaken faint L* detail between .003 and .02 of the face's width, on the lips only."""
    lips = scene.mask(Region.LIPS)
    light = lab[..., 0]
    band = gaussian(light, 0.003 * scene.unit) - masked_gaussian(light, lips, 0.02 * scene.unit)
    usual = max(robust_sigma(band[lips > 0.5]), 0.2)
    faint = np.exp(-np.square(band / np.float32(3 * usual)))
    out = lab.copy()
    out[..., 0] -= np.float32(0.8 * params.amount / 100) * faint * band
    return out


TEETH_WHITENING = Paint(
    params=TeethWhitening,
    label="Teeth whitening",
    group="Mouth",
    needs=frozenset({Region.MOUTH}),
    fine=teeth_whitening,
)
LIP_SMOOTHING = Paint(
    params=LipSmoothing,
    label="Lip smoothing",
    group="Mouth",
    needs=frozenset({Region.LIPS}),
    fine=lip_smoothing,
)
