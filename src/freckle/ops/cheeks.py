"""Powder on cheeks, cheekbones and brow: blush, bronzer and highlighter.

Each is drawn once on the face itself and turns with the head; on the far cheek it fades with it.
"""

from typing import Final, Literal

import numpy as np

from freckle.analysis.chart import Place
from freckle.analysis.powder import outward
from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Color, Paint, Params, slider, swatches
from freckle.pixels.color import Floats
from freckle.pixels.exposure import relit
from freckle.pixels.filters import gaussian, smoothstep
from freckle.pixels.pigment import PALE, Pigment, dim, veil

Stroke = tuple[Place, Place, float, float]
"""From, to, radius (all in face coordinates) and strength of a soft stroke."""
Placement = Literal["apples", "draped", "sun_kissed"]

BLUSHES: Final[dict[Placement, tuple[Stroke, ...]]] = {
    "apples": (((320, 25), (400, -10), 200, 1.0),),
    "draped": (((380, 0), (620, -130), 170, 1.0), ((560, -150), (640, -260), 130, 0.5)),
    "sun_kissed": (((300, 0), (480, -40), 170, 0.9), ((0, -70), (300, -10), 110, 0.8)),
}
BRONZED: Final[tuple[Stroke, ...]] = (
    ((800, -20), (430, 140), 150, 1.0),
    ((780, 200), (580, 400), 140, 0.7),
    ((580, 400), (260, 570), 110, 0.5),
    ((690, -280), (540, -500), 180, 0.85),
    ((540, -520), (200, -680), 150, 0.7),
    ((200, -690), (0, -710), 120, 0.4),
    ((0, -230), (0, -40), 70, 0.3),
)
"""The figure 3 of makeup artists: temple, under the cheekbone, along the jaw; a little nose."""
LIT: Final[tuple[Stroke, ...]] = (
    ((400, -105), (600, -165), 90, 1.0),
    ((0, -200), (0, -50), 40, 0.8),
    ((0, 142), (30, 142), 34, 0.6),
    ((290, -338), (410, -318), 42, 0.5),
)
DEEPER: Final = 0.6
"""Share of a bronzer's own depth that a whole layer of it takes."""
TANS: Final = (0.9, 0.6)
"""Share of its own red and yellow that a whole layer of bronzer gives: a tan reddens, too, and as
much yellow as the swatch has looks olive on pale skin."""
PALEST: Final = 0.75
"""Least share of blush on skin without color of its own, as where light washes a photo out."""
TAKES: Final = 0.4
"""L* that blush takes of the brightest skin for each a* that it gives: powder has no light of its
own, and as light as that it would be neon."""
GLOW: Final = 0.15
"""What a whole layer of highlighter adds to L* + 16, as a share."""


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
    version: Literal[2] = 2
    amount: Amount = slider()
    """Deepens under the cheekbones, along the jaw and at the temples."""
    color: Color = swatches("#9a6a4a", "#b58560", "#7d5238", "#6b4230", "#8a6f60")
    """The bronzer's color in full light; cool browns sculpt, warm ones tan."""


class Highlighter(Params):
    """Adds a glow where light already falls."""

    op: Literal["highlighter"] = "highlighter"
    version: Literal[2] = 2
    amount: Amount = slider()
    """Lifts the cheekbones, the bridge of the nose and the bow of the lips."""
    color: Color = swatches("#fff0dc", "#ffe3d4", "#f7d9b0", "#f1e6ff")
    """The color of the glow."""


def blush(lab: Floats, params: Blush, scene: Scene) -> Floats:
    """Move a* and b* toward the color's in the cheek's light; deeper colors darken a little."""
    grown = 0.6 + 0.8 * params.size / 100
    chart = scene.regions.chart.within(scene.small_box)
    weight = np.float32(0.7 * params.amount / 100) * _drawn(scene, BLUSHES[params.placement], grown)
    weight *= smoothstep(0.1, 0.5, chart.facing) * np.float32(_washed(scene.regions.skin.lab))
    pigment = Pigment.of(params.color)
    # blush is sheer: it never takes more than a twentieth of the light
    sheer = Pigment(max(pigment.lightness, 0.9 * scene.regions.skin.lab[0]), pigment.a, pigment.b)
    out = veil(lab, sheer, weight, gray=scene.regions.colorless)
    redder = np.maximum(out[..., 1] - lab[..., 1], 0)
    out[..., 0] -= np.float32(TAKES) * redder * smoothstep(70, 90, lab[..., 0])
    return out


def _washed(own: tuple[float, float, float]) -> float:
    """Return how much color powder keeps on this skin: less where light washes skin's own out."""
    usual = PALE.at(own[0])
    share = np.hypot(own[1], own[2]) / np.hypot(usual.a, usual.b)
    bright = np.interp(own[0], (68, 82), (0, 1))
    return float(1 - bright * (1 - np.clip(share, PALEST, 1)))


def bronzer(lab: Floats, params: Bronzer, scene: Scene) -> Floats:
    """Take light and move color as the bronzer would on light skin, whatever this skin is.

    Both as shares of L* + 16. A layer grows as 1 − exp(−1.6 × amount): the first strokes show, the
    last hardly add.
    """
    weight = _layer(params.amount, scene) * _drawn(scene, BRONZED)
    weight *= 1 - np.float32(0.6) * smoothstep(86, 97, lab[..., 0])  # glare lies on top of powder
    pigment, pale = Pigment.of(params.color), PALE.lightness + 16
    deep = float(np.clip(1 - (pigment.lightness + 16) / pale, 0.1, 0.4))
    out = relit(lab, dim(lab[..., 0], np.float32(-DEEPER * deep) * weight))
    if scene.regions.colorless:
        return out
    strength, light = weight * (out[..., 0] + 16), pigment.lightness + 16
    out[..., 1] += np.float32(TANS[0] * (pigment.a / light - PALE.a / pale)) * strength
    out[..., 2] += np.float32(TANS[1] * (pigment.b / light - PALE.b / pale)) * strength
    return out


def highlighter(lab: Floats, params: Highlighter, scene: Scene) -> Floats:
    """Scale light by up to a sixth, less in shade and where it is light already, and tint it.

    Its chroma goes with the light, so that it glows; only on light skin it pales, as pearl does.
    """
    own = scene.regions.skin.lab[0] + 16
    shade = np.log(
        np.float32(own) / np.maximum(gaussian(lab[..., 0], 0.03 * scene.small_unit) + 16, 4)
    )
    weight = _layer(params.amount, scene) * _drawn(scene, LIT) * (1 - smoothstep(0.1, 0.4, shade))
    weight *= np.clip((99 - lab[..., 0]) / 30, 0, 1)
    out = relit(lab, dim(lab[..., 0], np.float32(GLOW) * weight))
    if scene.regions.colorless:
        return out
    pigment, light = Pigment.of(params.color), out[..., 0] + 16
    strength = np.float32(0.3) * weight * np.minimum(light / np.float32(PALE.lightness + 16), 1)
    for k, worn in enumerate((pigment.a, pigment.b), 1):
        out[..., k] += strength * (
            np.float32(worn / (pigment.lightness + 16)) * light - out[..., k]
        )
    return out


def _layer(amount: float, scene: Scene) -> np.float32:
    """Return how much of a whole layer lies on the skin; on deep skin it takes more to be seen."""
    own = (scene.regions.skin.lab[0] + 16) / (PALE.lightness + 16)
    return np.float32((1 - np.exp(-1.6 * amount / 100)) / np.clip(own, 0.5, 1) ** 0.75)


def _drawn(scene: Scene, strokes: tuple[Stroke, ...], grown: float = 1.0) -> Floats:
    """Draw strokes in the op's box, blended into each other and over the mesh's edge."""
    chart = scene.regions.chart
    whole = np.ones_like(chart.u)
    for start, end, radius, strength in strokes:
        whole *= 1 - np.float32(strength) * chart.stroke(start, end, radius * grown)
    drawn = 1 - whole
    known = gaussian((chart.facing > 0).astype(np.float32), 0.01 * scene.small_unit)
    beyond = gaussian(outward(drawn, chart.facing), 0.025 * scene.small_unit)
    drawn = np.clip(beyond + smoothstep(0.4, 0.9, known) * (drawn - beyond), 0, 1)
    return drawn if scene.small_box is None else drawn[scene.small_box.slices]


BLUSH = Paint(
    params=Blush,
    label="Blush",
    panel="makeup",
    group="Cheeks",
    needs=frozenset({Region.POWDER}),
    deliberate=True,
    reach=0.0,
    broad=blush,
)
BRONZER = Paint(
    params=Bronzer,
    upgrades={1: dict},
    label="Bronzer",
    panel="makeup",
    group="Cheeks",
    needs=frozenset({Region.POWDER}),
    deliberate=True,
    reach=0.0,
    broad=bronzer,
)
HIGHLIGHTER = Paint(
    params=Highlighter,
    upgrades={1: dict},
    label="Highlighter",
    panel="makeup",
    group="Cheeks",
    needs=frozenset({Region.POWDER}),
    deliberate=True,
    reach=0.0,
    broad=highlighter,
)
