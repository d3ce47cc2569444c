"""Stubble softening: lighten the points of a shaved beard and take the cast they give the skin.

A grown beard is left alone: it is no part of the region.
"""

from typing import Literal

import cv2
import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.exposure import relit
from freckle.pixels.filters import gaussian, masked_gaussian, planes, smoothstep


class Stubble(Params):
    """How much lighter stubble gets, and how much of its shadow goes."""

    op: Literal["stubble"] = "stubble"
    version: Literal[2] = 2
    amount: Amount = slider(cap=40)
    """Softens shaved stubble and its gray shadow; grown beards stay."""


def stubble(lab: Floats, params: Stubble, scene: Scene) -> Floats:
    """Lift dark detail finer than .012 of the face's width toward its surroundings."""
    dark = gaussian(lab, 0.012 * scene.unit) - lab
    share = np.float32(0.7 * params.amount / 100) * (dark[..., :1] > 0)
    return lab + share * dark


def cast(lab: Floats, params: Stubble, scene: Scene) -> Floats:
    """Give shaved skin back the color that hair under it takes, and a third of the light.

    Color is compared as a*/(L* + 16) and b*/(L* + 16), on which light does not count, with half
    that of the unshaved skin beside it and half the person's own; only what is too gray moves.
    """
    unit, share = scene.small_unit, np.float32(1 - np.exp(-1.6 * params.amount / 100))
    skin, own = scene.small(Region.FLESH), scene.regions.skin.lab
    beside = skin * (1 - smoothstep(0, 0.3, gaussian(scene.small(Region.SHAVED), 0.03 * unit)))
    near = masked_gaussian(lab, beside + np.float32(1e-3), 0.12 * unit, 1e-5)
    light, red, yellow = planes(gaussian(lab, 0.012 * unit))
    there = np.maximum(light + 16, 4)
    beside_light = np.maximum(near[..., 0] + 16, 4)
    usual, lack = [], []
    for k, plane in ((1, red), (2, yellow)):
        half = near[..., k] / beside_light + np.float32(own[k] / (own[0] + 16))
        usual.append(np.float32(0.5) * half)
        lack.append(usual[-1] - plane / there)
    gray = cv2.magnitude(usual[0], usual[1]) - cv2.magnitude(red / there, yellow / there)
    darker = np.clip(np.log(beside_light / there), 0, 0.25)
    more = (lab[..., 0] + 16) * np.exp(np.float32(0.33) * share * darker)
    lit = relit(lab, more - 16)
    if scene.regions.colorless:
        return lit
    weight = np.float32(0.95) * share * smoothstep(0, 0.04, gray) * more
    lit[..., 1] += np.float32(0.8) * weight * lack[0]
    lit[..., 2] += weight * lack[1]
    return lit


STUBBLE = Paint(
    params=Stubble,
    label="Stubble softening",
    group="Skin",
    needs=frozenset({Region.SHAVED}),
    deliberate=True,
    upgrades={1: dict},
    reach=0.3,
    broad=cast,
    fine=stubble,
)
