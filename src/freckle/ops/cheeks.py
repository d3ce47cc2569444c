"""Powder on cheeks, cheekbones and brow: blush, bronzer and highlighter.

Each is drawn once on the face itself and turns with the head; on the far cheek it fades with it.
"""

from typing import Final, Literal

import numpy as np

from freckle.analysis.chart import Place
from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Color, Paint, Params, slider, swatches
from freckle.pixels.color import Floats
from freckle.pixels.pigment import Pigment, veil

Stroke = tuple[Place, Place, float, float]
"""From, to, radius (all in face coordinates) and strength of a soft stroke."""
Placement = Literal["apples", "draped", "sun_kissed"]

BLUSHES: Final[dict[Placement, tuple[Stroke, ...]]] = {
    "apples": (((320, 25), (400, -10), 200, 1.0),),
    "draped": (((380, 0), (620, -130), 170, 1.0), ((560, -150), (640, -260), 130, 0.5)),
    "sun_kissed": (((300, 0), (480, -40), 170, 0.9), ((0, -70), (300, -10), 110, 0.8)),
}
BRONZED: Final[tuple[Stroke, ...]] = (
    ((700, 20), (430, 130), 130, 1.0),
    ((720, 280), (430, 480), 120, 0.8),
    ((560, -430), (480, -560), 190, 0.8),
)
LIT: Final[tuple[Stroke, ...]] = (
    ((390, -90), (560, -170), 85, 1.0),
    ((0, -200), (0, -40), 42, 0.8),
    ((0, 150), (30, 150), 34, 0.6),
    ((230, -330), (330, -345), 50, 0.4),
)


class Blush(Params):
    """Warms the cheeks and lets the skin through."""

    op: Literal["blush"] = "blush"
    version: Literal[1] = 1
    amount: Amount = slider()
    """How much color the cheeks get."""
    color: Color = swatches("#d9777f", "#e79a8b", "#c9606f", "#b8556b", "#a24a4a", "#8e3b52")
    """The blush's color in full light."""
    placement: Placement = "apples"
    """On the apples of the cheeks, draped up to the temples, or across nose and cheeks."""
    size: Amount = slider(50)
    """How far the color spreads."""


class Bronzer(Params):
    """Warms and deepens where the sun and the shade fall."""

    op: Literal["bronzer"] = "bronzer"
    version: Literal[1] = 1
    amount: Amount = slider()
    """Deepens under the cheekbones, along the jaw and at the temples."""
    color: Color = swatches("#9a6a4a", "#b58560", "#7d5238", "#6b4230", "#8a6f60")
    """The bronzer's color in full light; cool browns sculpt, warm ones tan."""


class Highlighter(Params):
    """Adds a glow where light already falls."""

    op: Literal["highlighter"] = "highlighter"
    version: Literal[1] = 1
    amount: Amount = slider()
    """Lifts the cheekbones, the bridge of the nose and the bow of the lips."""
    color: Color = swatches("#fff0dc", "#ffe3d4", "#f7d9b0", "#f1e6ff")
    """The color of the glow."""


def blush(lab: Floats, params: Blush, scene: Scene) -> Floats:
    """Move a* and b* toward the color's in the cheek's light; deeper colors darken a little."""
    grown = 0.6 + 0.8 * params.size / 100
    weight = np.float32(0.7 * params.amount / 100) * _drawn(scene, BLUSHES[params.placement], grown)
    pigment = Pigment.of(params.color)
    # blush is sheer: it never takes more than a twentieth of the light
    sheer = Pigment(max(pigment.lightness, 0.9 * scene.regions.skin.lab[0]), pigment.a, pigment.b)
    return veil(lab, sheer, weight, gray=scene.regions.colorless)


def bronzer(lab: Floats, params: Bronzer, scene: Scene) -> Floats:
    """Take up to a fifth of the light and move the hue half way to the color's."""
    weight = np.float32(0.5 * params.amount / 100) * _drawn(scene, BRONZED)
    pigment = Pigment.of(params.color)
    own = scene.regions.skin.lab[0]
    deep = 0.68 * own - 5.0  # a bronzer is deeper than any skin it is for
    worn = pigment.at(min(pigment.lightness, deep))
    return veil(lab, worn, weight, gray=scene.regions.colorless)


def highlighter(lab: Floats, params: Highlighter, scene: Scene) -> Floats:
    """Lift L* by up to 12, less the lighter it is, and tint what is lifted."""
    weight = np.float32(params.amount / 100) * _drawn(scene, LIT)
    pigment = Pigment.of(params.color)
    out = lab.copy()
    room = np.clip((96 - lab[..., 0]) / 50, 0, 1) * np.clip(lab[..., 0] / 40, 0, 1)
    out[..., 0] += np.float32(14) * weight * room
    if not scene.regions.colorless:
        tint = pigment.chroma_at(lab[..., 0])
        out[..., 1:] += (np.float32(0.25) * weight)[..., None] * (tint - lab[..., 1:])
    return out


def _drawn(scene: Scene, strokes: tuple[Stroke, ...], grown: float = 1.0) -> Floats:
    """Draw strokes in the op's box, the stronger over the weaker."""
    chart = scene.regions.chart.within(scene.small_box)
    out = np.zeros_like(chart.u)
    for start, end, radius, strength in strokes:
        np.maximum(out, np.float32(strength) * chart.stroke(start, end, radius * grown), out=out)
    return out


BLUSH = Paint(
    params=Blush,
    label="Blush",
    panel="makeup",
    group="Cheeks",
    needs=frozenset({Region.ROUGE}),
    deliberate=True,
    reach=0.0,
    broad=blush,
)
BRONZER = Paint(
    params=Bronzer,
    label="Bronzer",
    panel="makeup",
    group="Cheeks",
    needs=frozenset({Region.ROUGE}),
    deliberate=True,
    reach=0.0,
    broad=bronzer,
)
HIGHLIGHTER = Paint(
    params=Highlighter,
    label="Highlighter",
    panel="makeup",
    group="Cheeks",
    needs=frozenset({Region.ROUGE}),
    deliberate=True,
    reach=0.0,
    broad=highlighter,
)
