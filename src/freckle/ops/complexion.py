"""The base: foundation evens the face in the person's own shade, concealer covers shadows."""

from typing import Literal

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, layers, masked_gaussian, smoothstep


class Foundation(Params):
    """Evens the face in the person's own shade, never lighter."""

    op: Literal["foundation"] = "foundation"
    version: Literal[1] = 1
    amount: Amount = slider()
    """How much of the skin's unevenness the layer covers; pores and moles show through."""


class Concealer(Params):
    """Covers dark circles and red places."""

    op: Literal["concealer"] = "concealer"
    version: Literal[1] = 1
    amount: Amount = slider()
    """Brings shadows under the eyes and redness toward the skin beside them."""


def foundation(lab: Floats, params: Foundation, scene: Scene) -> Floats:
    """Cover differences from the skin around by a film: 1 − exp(−2 × thickness) of them goes.

    Color goes toward the person's own, patches of L* between .01 and .1 face widths toward the
    skin around; marks that stay are spared, and the face as a whole gets no lighter.
    """
    covers = np.float32(1 - np.exp(-2 * params.amount / 100))
    skin, unit = scene.skin, scene.small_unit
    low = gaussian(lab, 0.010 * unit)
    wide = masked_gaussian(lab, skin, 0.09 * unit)
    film = covers * (1 - scene.stays)
    patch = wide - low
    change = np.empty_like(lab)
    change[..., 0] = film * np.float32(0.55) * np.clip(patch[..., 0], -8, 8)
    own = np.asarray(scene.regions.skin.lab[1:], np.float32)
    ratio = np.sqrt((wide[..., 0] + 16) / np.float32(scene.regions.skin.lab[0] + 16))
    for k in (1, 2):
        shade = np.clip(own[k - 1] * ratio - wide[..., k], -6, 6)
        change[..., k] = film * (np.float32(0.75) * patch[..., k] + np.float32(0.3) * shade)
    if scene.regions.colorless:
        change[..., 1:] = 0
    total = max(float(skin.sum()), 1e-3)
    lifted = float((change[..., 0] * skin).sum()) / total
    change[..., 0] -= np.float32(max(lifted, 0))
    return lab + change


def concealer(lab: Floats, params: Concealer, scene: Scene) -> Floats:
    """Lift and color what is darker or redder than the skin beside it, at most four fifths."""
    share = np.float32(params.amount / 100)
    skin, unit = scene.skin, scene.small_unit
    under = scene.small(Region.UNDER_EYES)
    low = gaussian(lab, 0.012 * unit)
    beside = masked_gaussian(lab, skin * (1 - under), 0.12 * unit)
    film = share * (1 - scene.stays)
    red = smoothstep(1, 6, low[..., 1] - beside[..., 1])
    place = np.maximum(under, np.float32(0.7) * red * skin)
    out = lab.copy()
    out[..., 0] += film * np.float32(0.65) * place * np.clip(beside[..., 0] - low[..., 0], 0, 14)
    if scene.regions.colorless:
        return out
    out[..., 1:] += layers(film * np.float32(0.8) * place, 2) * (beside - low)[..., 1:]
    return out


FOUNDATION = Paint(
    params=Foundation,
    label="Foundation",
    panel="makeup",
    group="Base",
    needs=frozenset({Region.SKIN}),
    deliberate=True,
    broad=foundation,
)
CONCEALER = Paint(
    params=Concealer,
    label="Concealer",
    panel="makeup",
    group="Base",
    needs=frozenset({Region.SKIN, Region.UNDER_EYES}),
    deliberate=True,
    broad=concealer,
)
