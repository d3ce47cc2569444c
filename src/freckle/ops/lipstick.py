"""Lipstick: the color is new, the light, the gloss and every crack of the lips are the photo's.

Lips take the hue and chroma of the color at their own lightness, and move most of the way down to
its depth, or a little up.
Matte holds highlights back, gloss strengthens those that are there, sheer lets the lips through.
"""

from typing import Final, Literal

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Color, Paint, Params, slider, swatches
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, layers, smoothstep
from freckle.pixels.pigment import Pigment, dim, glints

Finish = Literal["sheer", "satin", "matte", "gloss"]
COVER: Final[dict[Finish, float]] = {"sheer": 0.5, "satin": 1.0, "matte": 1.0, "gloss": 0.9}
"""How much of the lips' own color each finish covers."""


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
    lips = scene.mask(Region.LIP_COLOR) > 0.5
    if not lips.any():
        return lab
    pigment, share = Pigment.of(params.color), np.float32(params.amount / 100)
    cover = share * np.float32(COVER[params.finish])
    middle = float(np.median(lab[..., 0][lips]))
    light = _finished(lab[..., 0], lips, share, params.finish, scene.unit)
    light = dim(light, np.full_like(light, cover * _depth(pigment, middle)))
    opacity = cover * (1 - np.float32(0.8) * glints(lab[..., 0], middle))
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
    """Return the share of light to take: most of the way to a darker color, hardly to a lighter."""
    whole = (pigment.lightness + 16) / (middle + 16) - 1
    return max(0.95 * whole, -0.5) if whole < 0 else min(0.2 * whole, 0.06)


def _finished(
    light: Floats, lips: npt.NDArray[np.bool_], share: np.float32, finish: Finish, unit: float
) -> Floats:
    """Hold highlights back (matte) or raise those there are (gloss)."""
    if finish == "matte":
        usual = np.float32(np.percentile(light[lips], 60))
        return np.asarray(light - np.float32(0.4) * share * np.maximum(light - usual, 0))
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
