"""Relight: a lamp from another side, by the shape of the head."""

from typing import Final, Literal

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.relief import Relief, falling
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Balance, Color, Paint, Params, slider, swatches
from freckle.pixels.color import Floats
from freckle.pixels.exposure import from_xyz, xyz
from freckle.pixels.filters import central, gaussian, layers, smoothstep
from freckle.pixels.lamp import Lamp, light_of

REMOVED: Final = 0.75
"""How much of the light's own slope over the face is taken away at 100."""
DARKEST: Final = 1.6
"""How far the shade goes down at most, as ln of light."""
BRIGHTEST: Final = 0.75
"""How far the lit side goes up at most."""


class Relight(Params):
    """A lamp from another side."""

    op: Literal["relight"] = "relight"
    version: Literal[1] = 1
    amount: Amount = slider()
    """How far the light on face, hair and shoulders follows the lamp."""
    side: Balance = slider(-50)
    """Where the lamp stands: minus on the left of the picture, plus on the right."""
    height: Balance = slider(40)
    """Plus is above the face, minus below."""
    softness: Amount = slider(60)
    """From a bare bulb to a wide window."""
    shadow: Amount = slider(50)
    """How deep the shadows are that nose, brows and chin throw."""
    color: Color = swatches("#ffffff", "#ffd9a8", "#ffb36b", "#bcd4ff", "#ff5fa2", "#38d6ff")
    """The lamp's color."""
    skin: Amount = slider()
    """How much the face keeps its own color in the lamp's."""


def relight(lab: Floats, params: Relight, scene: Scene) -> Floats:
    """Multiply light by the ratio of a lamp's light on the relief to the light that was there.

    As in a ratio image (Wen 2003) what the skin itself is, its color, pores and marks, cancels
    out. The light that was there is a slope fitted to the skin's lightness over the normals. Half
    of the skin gets no lighter: a lamp makes nobody fairer.
    """
    shape = scene.regions.relief.within(scene.small_box)
    lamp = Lamp.at(params.side / 100, params.height / 100, params.softness / 100)
    key = lamp.lambert(shape.right, shape.up, shape.near)
    if params.shadow:
        key = key * (1 - np.float32(params.shadow / 100) * _cast(lamp, shape, scene))
    fill = np.float32(0.045 + 0.2 * lamp.softness)
    light = np.log(fill + (1 - fill) * key)
    skin = scene.skin * shape.mesh
    moved = light - np.float32(REMOVED) * _slope(lab, skin, shape, scene.small_unit)
    moved -= np.float32(_usual(moved, skin))
    moved = np.float32(params.amount / 100) * moved
    moved = np.where(moved > 0, _soft(moved, BRIGHTEST), _soft(moved, DARKEST))
    own = xyz(lab)
    gain = _below_white(np.exp(gaussian(moved, 0.006 * scene.small_unit)), own)
    lit = own * layers(gain)
    if params.color != "#ffffff" and not scene.regions.colorless:
        share = np.float32(params.amount / 100) * smoothstep(0.15, 0.75, key)
        if params.skin:
            share = share * (1 - np.float32(params.skin / 100) * scene.small(Region.LIT))
        lit = lit * (1 + layers(share) * (_tint(params.color) - 1))
    return np.minimum(from_xyz(lit), np.array([100, 127, 127], np.float32))


def _cast(lamp: Lamp, shape: Relief, scene: Scene) -> Floats:
    """Return the lamp's cast shadows; on hair and clothes, whose relief is a guess, fainter."""
    sure = smoothstep(0.1, 0.6, gaussian(shape.mesh, 0.05 * scene.small_unit))
    cast = lamp.shadow(shape.depth, scene.small_unit)
    return np.asarray(cast * (np.float32(0.55) + np.float32(0.45) * sure), np.float32)


def _slope(lab: Floats, skin: Floats, shape: Relief, unit: float) -> Floats:
    """Return ln of the light that falls on the face now, as far as it is a slope over normals."""
    right, up = (np.float32(np.clip(v, -0.9, 0.9)) for v in falling(lab, skin, shape, unit))
    return np.asarray(right * shape.right + up * shape.up, np.float32)


def _usual(values: Floats, skin: Floats) -> float:
    """Return the larger of mean and median over the skin."""
    sure = values[skin > 0.5]
    return float(max(sure.mean(), central(sure))) if sure.size else 0.0


def _soft(values: Floats, most: float) -> Floats:
    """Bend values so that they never pass `most`."""
    return np.asarray(np.float32(most) * np.tanh(values / np.float32(most)), np.float32)


def _below_white(gain: Floats, light: Floats) -> Floats:
    """Scale gains above 1 back toward white, so that nothing clips."""
    most = np.clip(light.max(axis=2), 0, 1)
    more = np.maximum(gain - 1, 0)
    return np.asarray(np.minimum(gain, 1) * (1 + more) / (1 + more * most * most), np.float32)


def _tint(color: str) -> Floats:
    """Return a lamp's color as shares of white with a luminance of 1."""
    shares = light_of(color) + np.float32(0.03)
    return np.asarray(shares / shares[1], np.float32)


RELIGHT = Paint(
    params=Relight,
    label="Relight",
    group="Light",
    needs=frozenset({Region.BUST}),
    deliberate=True,
    reach=0.3,
    broad=relight,
)
