"""Lipstick: the color is new, the light, the gloss and every crack of the lips are the photo's.

Lips take the hue and chroma of the color at their own lightness, and move most of the way down to
its depth, or a little up.
Matte holds highlights back, gloss strengthens those that are there, sheer lets the lips through.
"""

from typing import Final, Literal

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.cast import lit
from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Color, Paint, Params, slider, swatches
from freckle.pixels.color import Floats
from freckle.pixels.filters import central, gaussian, layers, masked_gaussian, smoothstep
from freckle.pixels.pigment import Pigment, dim, glints

Finish = Literal["sheer", "satin", "matte", "gloss"]
COVER: Final[dict[Finish, float]] = {"sheer": 0.5, "satin": 1.0, "matte": 1.0, "gloss": 0.9}
"""How much of the lips' own color each finish covers."""
BARE: Final[dict[Finish, float]] = {"sheer": 0.8, "satin": 0.7, "matte": 0.0, "gloss": 0.8}
"""How much of the color gloss outshines: white light comes off a film, none off powder."""
SHEEN: Final = 7.0
"""L* above the lips' own light up to which matte leaves sheen nearly alone."""
EVEN: Final = 0.55
"""How much of the difference between a dark rim and a pale inside full color hides."""
BAND: Final = (0.012, 0.05)
"""Reach in face widths of a part of the lips, and of the lips around it."""


class Lipstick(Params):
    """Colors the lips and keeps their light, gloss and texture."""

    op: Literal["lipstick"] = "lipstick"
    version: Literal[1] = 1
    amount: Amount = slider()
    """How much of the lips' own color the lipstick covers."""
    color: Color = swatches(
        "#b0444f", "#c4767a", "#9c5a4e", "#d0526a", "#b3202e", "#7d1f38", "#8a4a5f", "#5a2a2a"
    )
    """The lipstick's color in full light."""
    finish: Finish = "satin"
    """Sheer lets lips show through, matte holds shine back, gloss strengthens it."""
    liner: Amount = slider()
    """Draws the outline of the lips a little deeper."""

    @property
    def neutral(self) -> bool:
        """Whether neither color nor liner is on."""
        return self.amount == 0 and self.liner == 0


def lipstick(lab: Floats, params: Lipstick, scene: Scene) -> Floats:
    """Mix hue and chroma toward the color's at the lips' lightness; L* follows in part."""
    mask = scene.mask(Region.LIP_COLOR)
    lips = mask > 0.5
    if not lips.any():
        return lab
    share = np.float32(params.amount / 100)
    cover = share * np.float32(COVER[params.finish])
    middle = float(central(lab[..., 0][lips]))
    pigment = lit(_worn(Pigment.of(params.color), middle), scene.regions.skin)
    base = _base(lab, mask, middle, scene.unit)
    light = lab[..., 0] - np.float32(EVEN) * cover * _two_tone(lab, mask, scene.unit)
    light = _finished(light, base, lips, share, params.finish, scene.unit)
    light = dim(light, np.full_like(light, cover * _depth(pigment, middle)))
    opacity = cover * (1 - np.float32(BARE[params.finish]) * glints(lab[..., 0] - base, 0))
    out = _stain(lab, light, pigment, opacity, scene.regions.colorless)
    if params.liner == 0:
        return out
    line = np.float32(params.liner / 100) * _outline(scene)
    darker = pigment.darker(0.3)
    depth = np.float32(min(_depth(darker, middle), 0) - 0.12)
    return _stain(out, dim(out[..., 0], line * depth), darker, line, scene.regions.colorless)


def _stain(lab: Floats, light: Floats, pigment: Pigment, opacity: Floats, gray: bool) -> Floats:
    out = lab.copy()
    out[..., 0] = light
    if not gray:
        out[..., 1:] += layers(opacity, 2) * (pigment.chroma_at(light) - lab[..., 1:])
    return out


def _depth(pigment: Pigment, middle: float) -> float:
    """Return the share of light to take: most of the way to a darker color, a little to a lighter.

    Lipstick is no wall paint: on dark lips a pale one is a deeper shade of itself.
    """
    whole = (pigment.lightness + 16) / (middle + 16) - 1
    return max(0.95 * whole, -0.5) if whole < 0 else min(0.3 * whole, 0.14)


def _worn(pigment: Pigment, middle: float) -> Pigment:
    """Return a color as it is on lips of this L*: duller where they are far darker."""
    fade = float(np.clip(((middle + 16) / (pigment.lightness + 16)) ** 0.5, 0.88, 1))
    return Pigment(pigment.lightness, pigment.a * fade, pigment.b * fade)


def _base(lab: Floats, mask: Floats, middle: float, unit: float) -> Floats:
    """Return the L* that the lips have around each pixel without gloss."""
    upper = np.float32(max(float(np.percentile(lab[..., 0][mask > 0.5], 75)), middle))
    plain = np.minimum(lab[..., 0], upper)
    return masked_gaussian(plain, mask + np.float32(1e-4), 0.02 * unit, 1e-6)


def _two_tone(lab: Floats, mask: Floats, unit: float) -> Floats:
    """Return how much lighter (L*) parts of the lips are by their own color.

    What is pinker as well as lighter than the lips around it is of another color, as the inside
    of lips with a dark rim; gloss and light are lighter and no pinker, and stay.
    """
    near, wide = (masked_gaussian(lab, mask + np.float32(1e-4), s * unit, 1e-6) for s in BAND)
    lighter, redder = (near - wide)[..., 0], (near - wide)[..., 1]
    alike = smoothstep(0.5, 3, np.sign(lighter) * redder)
    return np.asarray(alike * lighter, np.float32)


def _finished(
    light: Floats,
    base: Floats,
    lips: npt.NDArray[np.bool_],
    share: np.float32,
    finish: Finish,
    unit: float,
) -> Floats:
    """Hold highlights back (matte) or raise those there are (gloss)."""
    if finish == "matte":
        above = np.maximum(light - base, 0)
        held = np.float32(SHEEN) * np.log1p(above / np.float32(SHEEN))
        return np.asarray(light - share * (above - held))
    if finish == "gloss":
        smooth = gaussian(light, 0.004 * unit)
        low, high = (float(np.percentile(smooth[lips], q)) for q in (75, 99))
        shine = np.square(np.clip((smooth - low) / max(high - low, 3), 0, 1))
        return np.asarray(light + np.float32(14) * share * shine * np.clip((98 - light) / 40, 0, 1))
    return light


def _outline(scene: Scene) -> Floats:
    """Return 1 on the lips' rim, fading within a fiftieth of the face's width."""
    whole = scene.regions.fill([scene.regions.mouth.outer], 1)
    part = whole if scene.box is None else whole[scene.box.slices]
    inside = (part > 0.5).astype(np.uint8)
    depth = cv2.distanceTransform(np.pad(inside, 1), cv2.DIST_L2, 5)[1:-1, 1:-1]
    return 1 - smoothstep(0.006 * scene.unit, 0.018 * scene.unit, np.asarray(depth, np.float32))


LIPSTICK = Paint(
    params=Lipstick,
    label="Lipstick",
    panel="makeup",
    group="Lips",
    needs=frozenset({Region.LIP_COLOR}),
    deliberate=True,
    fine=lipstick,
)
