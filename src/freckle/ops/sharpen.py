"""Feature sharpening: crisper eyes, brows, lashes and lips; never skin."""

from typing import Literal

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian


class FeatureSharpening(Params):
    """How much crisper the features get."""

    op: Literal["feature_sharpening"] = "feature_sharpening"
    version: Literal[1] = 1
    amount: Amount = slider(natural=10, cap=40)
    """Sharpens eyes, brows, lashes and lips."""


def feature_sharpening(lab: Floats, params: FeatureSharpening, scene: Scene) -> Floats:
    """Add L* detail finer than .004 of the face's width; halos are bounded at 6 L*."""
    detail = lab[..., 0] - gaussian(lab[..., 0], 0.004 * scene.unit)
    out = lab.copy()
    bounded = np.float32(6) * np.tanh(np.float32(1.4 * params.amount / 100 / 6) * detail)
    out[..., 0] = np.clip(lab[..., 0] + bounded, 0, 100)
    return out


FEATURE_SHARPENING = Paint(
    params=FeatureSharpening,
    label="Feature sharpening",
    group="Detail",
    needs=frozenset({Region.SHARP}),
    fine=feature_sharpening,
)
