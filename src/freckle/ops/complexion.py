"""The base: foundation evens the face in the person's own shade, concealer covers shadows."""

from typing import Literal

import cv2
import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene, discs
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.exposure import relit
from freckle.pixels.filters import gaussian, layers, masked_gaussian, smoothstep, stacked


class Foundation(Params):
    """Evens the face in the person's own shade, never lighter."""

    op: Literal["foundation"] = "foundation"
    version: Literal[2] = 2
    amount: Amount = slider()
    """How much of the skin's unevenness the layer covers; pores and moles show through."""


class Concealer(Params):
    """Covers dark circles and red places."""

    op: Literal["concealer"] = "concealer"
    version: Literal[1] = 1
    amount: Amount = slider()
    """Brings shadows under the eyes and redness toward the skin beside them."""


def foundation(lab: Floats, params: Foundation, scene: Scene) -> Floats:
    """Cover differences from the person's own skin by a film: 1 − exp(−2 × thickness) of them goes.

    Color is covered as a*/(L* + 16) and b*/(L* + 16), on which light does not count: patches go
    toward the skin around, that toward the person's own, and none gets grayer than the face was.
    Light is covered in patches of .01 to .05 face widths only: what is wider is the face's shape.
    Moles and freckles are spared, pimples hardly, and the face as a whole gets no lighter.
    """
    covers = np.float32(1 - np.exp(-2 * params.amount / 100))
    skin, unit = scene.skin, scene.small_unit
    film = covers * (1 - scene.stays * (1 - np.float32(0.8) * _red(scene)))
    low = gaussian(lab, 0.008 * unit)
    near = masked_gaussian(low[..., 0], skin, 0.05 * unit)
    lift = film * np.float32(0.6) * np.clip(near - low[..., 0], -8, 8)
    lift -= np.float32(max(_mean(lift, skin), 0))
    out = relit(lab, lab[..., 0] + lift)
    if scene.regions.colorless:
        return out
    light = out[..., 0] + 16
    moved = [film * change for change in _evened(low, skin, scene)]
    return out + stacked(np.zeros_like(light), moved[0] * light, moved[1] * light)


def _evened(low: Floats, skin: Floats, scene: Scene) -> list[Floats]:
    """Return what a film that covers all adds to a* and b* for a unit of L* + 16."""
    unit, own = scene.small_unit, scene.regions.skin.lab
    there = np.maximum(low[..., 0] + 16, 8)
    # glare shows the lamp: color there would be paint
    matte = 1 - np.float32(0.7) * smoothstep(8, 20, low[..., 0] - np.float32(own[0]))
    ratios, evened = [], []
    for k in (1, 2):
        ratio = np.asarray(low[..., k] / there, np.float32)
        wide = masked_gaussian(ratio, skin, 0.10 * unit)
        patch = np.clip(wide - ratio, -0.15, 0.15)
        shade = np.clip(np.float32(own[k] / (own[0] + 16)) - wide, -0.12, 0.12)
        ratios.append(ratio)
        evened.append(ratio + matte * (np.float32(0.75) * patch + np.float32(0.5) * shade))
    before, after = (np.asarray(cv2.magnitude(*pair), np.float32) for pair in (ratios, evened))
    # a mean of many hues is grayer than each
    kept = np.float32(max(_mean(before, skin) / max(_mean(after, skin), 1e-3), 1))
    return [kept * new - old for new, old in zip(evened, ratios, strict=True)]


def _red(scene: Scene) -> Floats:
    """Return 1 over red marks: nobody wants those to show through."""
    red = [
        spot for k, spot in enumerate(scene.marks) if spot.kind == "red" and k not in scene.healed
    ]
    marks = discs(scene, red)
    return marks if scene.small_box is None else marks[scene.small_box.slices]


def _mean(values: Floats, weight: Floats) -> float:
    return float((values * weight).sum()) / max(float(weight.sum()), 1e-3)


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
    lift = film * np.float32(0.65) * place * np.clip(beside[..., 0] - low[..., 0], 0, 14)
    out = relit(lab, lab[..., 0] + lift)
    if scene.regions.colorless:
        return out
    light = layers((out[..., 0] + 16), 2)
    ratio = low[..., 1:] / layers(np.maximum(low[..., 0] + 16, 8), 2)
    wanted = beside[..., 1:] / layers(np.maximum(beside[..., 0] + 16, 8), 2)
    out[..., 1:] += layers(film * np.float32(0.8) * place, 2) * (wanted - ratio) * light
    return out


FOUNDATION = Paint(
    params=Foundation,
    upgrades={1: dict},
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
