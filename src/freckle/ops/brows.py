"""Brows: gaps between the hairs that are there are filled, and the hairs stand out."""

from typing import Literal

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Color, Paint, Params, slider, swatches
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, layers, masked_gaussian
from freckle.pixels.pigment import Pigment, dim


class BrowFill(Params):
    """Fills gaps in the brows with their own depth."""

    op: Literal["brow_fill"] = "brow_fill"
    version: Literal[1] = 1
    amount: Amount = slider()
    """Fills between the hairs that are there; bare skin stays bare."""
    tint: Color = swatches("#5b4636", "#8a6a4c", "#7a4a30", "#44352c", "#2c2420", "#6e675f")
    """The color that is mixed, by half, with the brows' own."""


class BrowDefinition(Params):
    """Lets every hair of the brows stand out."""

    op: Literal["brow_definition"] = "brow_definition"
    version: Literal[1] = 1
    amount: Amount = slider()
    """Strengthens the hairs against the skin between them."""


def brow_fill(lab: Floats, params: BrowFill, scene: Scene) -> Floats:
    """Bring skin between hairs toward the hairs' own L* nearby; hue half way to the tint."""
    share = np.float32(params.amount / 100)
    hair = scene.mask(Region.BROW_HAIR)
    light = lab[..., 0]
    mean = masked_gaussian(light, hair, 0.02 * scene.unit)
    strand = hair * (light < mean - 1)
    depth = masked_gaussian(light, strand + np.float32(1e-4), 0.02 * scene.unit)
    above = np.maximum(light - depth, 0)
    out = lab.copy()
    out[..., 0] -= np.float32(0.55) * share * above * hair
    if not scene.regions.colorless:
        tint = Pigment.of(params.tint).chroma_at(out[..., 0])
        out[..., 1:] += layers(np.float32(0.4) * share * hair, 2) * (tint - lab[..., 1:])
    return out


def brow_definition(lab: Floats, params: BrowDefinition, scene: Scene) -> Floats:
    """Deepen what is darker than its surroundings within .008 of the face's width."""
    share = np.float32(params.amount / 100)
    light = lab[..., 0]
    darker = np.maximum(gaussian(light, 0.008 * scene.unit) - light, 0)
    out = lab.copy()
    out[..., 0] = dim(light, -share * np.minimum(darker * np.float32(0.02), np.float32(0.18)))
    return out


BROW_FILL = Paint(
    params=BrowFill,
    label="Brow fill",
    panel="makeup",
    group="Brows",
    needs=frozenset({Region.BROW_HAIR}),
    deliberate=True,
    fine=brow_fill,
)
BROW_DEFINITION = Paint(
    params=BrowDefinition,
    label="Brow definition",
    panel="makeup",
    group="Brows",
    needs=frozenset({Region.BROW_HAIR}),
    deliberate=True,
    fine=brow_definition,
)
