"""Under the eyes: lift dark circles toward the cheek's own color, soften bags; texture stays.

Colors are compared as L* and as a* and b* divided by L* + 16, which stay as they are when more or
less light falls on the skin: what is only shaded gets its color back with its light.
"""

from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from freckle.analysis.creases import Walk, sweep
from freckle.analysis.furrows import round_the_eyes
from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.analysis.under_eyes import CHEEKS
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import (
    gaussian,
    layers,
    masked_gaussian,
    median,
    planes,
    robust_sigma,
    smoothstep,
    stacked,
)
from freckle.pixels.shade import FAINT, moved, shares

FINEST: Final = 0.012
"""What is finer than this σ, in face widths, is texture and stays."""
CHEEK: Final = 0.07
"""σ of the cheek's average, in face widths: its own, never that of the other cheek."""
KNOWN: Final = (0.002, 0.008)
"""Share of a cheek's own color around a place, from which it says a little, and all: the inner
corner, where circles are darkest, lies far from it, and stubble and marks leave little of it."""
VISIBLE: Final = (0.6, 3.0)
"""Difference of color (ΔE) below which nothing is a circle, and above which all of it is."""
DEEPEST: Final = (0.52, 0.64, 0.74)
"""Light of a place as a share of the cheek's: up to the last all of a shadow is skin's; what is
darker gets no more than that, and below the first it is kohl, lash or rim."""
USUAL: Final = ((-2.0, 1.2), (-1.5, 1.0), (-2.0, 1.5))
"""Robust deviations of L*, a* and b* up to which a cheek's color is its own: shade lies below,
shine and blush above."""
LEAST: Final = (1.0, 0.008, 0.008)
"""Smallest believed deviations of them."""
BAG: Final = (0.01, 0.045)
"""Bags and their creases are between these σ, in face widths."""
ROLL: Final = (0.016, 0.036)
"""Distance from the eye, in face widths, over which bags begin: the roll under the lashes, that a
smile lifts, is none."""


class DarkCircles(Params):
    """How much of the shadow goes."""

    op: Literal["dark_circles"] = "dark_circles"
    version: Literal[2] = 2
    amount: Amount = slider(natural=35, cap=60)
    """Lifts the shadow and its hue toward the cheek below."""


class EyeBags(Params):
    """How much of a bag's bulge and crease goes."""

    op: Literal["eye_bags"] = "eye_bags"
    version: Literal[2] = 2
    amount: Amount = slider(natural=25, cap=50)
    """Softens crease and bulge shading."""


def dark_circles(lab: Floats, params: DarkCircles, scene: Scene) -> Floats:
    """Bring color coarser than texture half of the way to the cheek's at 60, .84 of it at 100."""
    lacking = scene.once("dark_circles", lab, lambda: _lacking(lab, scene))
    amount = params.amount / 100
    return moved(lab, np.float32(amount * (1.2 - 0.36 * amount)) * lacking)


def _lacking(lab: Floats, scene: Scene) -> Floats:
    """Return what a circle lacks of the cheek's color, as `shares` of it."""
    unit = scene.small_unit
    zone = scene.small(Region.UNDER_EYES)
    seen = shares(lab)
    cheek, known = _cheek(seen, zone, scene)
    low = masked_gaussian(seen, zone + np.float32(1e-3), FINEST * unit, 1e-6)
    light, red, yellow = planes(cheek - low)
    wanted, level = planes(cheek)[0] + FAINT, planes(low)[0] + FAINT
    none, some, most = DEEPEST
    dark = np.clip(light, 0, np.float32(1 - most) * wanted)
    apart = np.sqrt(np.square(dark) + (np.square(red) + np.square(yellow)) * np.square(level))
    # a place that is lighter than the cheek is no circle, whatever its color
    circle = smoothstep(*VISIBLE, apart) * smoothstep(-1, 1, light)
    circle *= smoothstep(none, some, level / np.maximum(wanted, np.float32(1)))
    circle = known * gaussian(circle, 0.006 * unit)
    return stacked(circle * dark, circle * red, circle * yellow)


def _cheek(seen: Floats, zone: Floats, scene: Scene) -> tuple[Floats, Floats]:
    """Return the color of each eye's own cheek around every place, and where it is known (0..1)."""
    unit = scene.small_unit
    sides = [_side(seen, zone, scene, side) for side in CHEEKS]
    light, color, lightest = (np.max(parts, axis=0) for parts in zip(*sides, strict=True))
    top = masked_gaussian(lightest, light, CHEEK * unit, 1e-5)
    plane, red, yellow = planes(seen)
    level = np.minimum(masked_gaussian(plane, light, CHEEK * unit, 1e-5), top)
    hue = [masked_gaussian(part, color, CHEEK * unit, 1e-5) for part in (red, yellow)]
    known = smoothstep(*KNOWN, gaussian(color, CHEEK * unit))
    return stacked(level, *hue), known


def _side(
    seen: Floats, zone: Floats, scene: Scene, side: tuple[int, ...]
) -> tuple[Floats, Floats, Floats]:
    """Return where one cheek shows its usual light, where its color, and its middle L* there.

    No shine, blush or flush, no mark, no shade that falls on a part of it; beard and hair are no
    skin on the map.
    """
    regions = scene.regions
    free = smoothstep(0.5, 0.8, regions.map.skin) * regions.map.uncovered
    whole = regions.hulls([side]) * free * (1 - regions.small(Region.FEATURES))
    cheek = _here(whole, scene) * (1 - zone) * (1 - scene.stays)
    inside = cheek > 0.5
    fits = [_usual(*each, inside) for each in zip(planes(seen), USUAL, LEAST, strict=True)]
    middle = np.float32(median(planes(seen)[0][inside]))
    return cheek * fits[0], cheek * fits[0] * fits[1] * fits[2], middle * (cheek > 0)


def _usual(
    plane: Floats, limits: tuple[float, float], least: float, inside: npt.NDArray[np.bool_]
) -> Floats:
    """Return 0..1: how usual each value is among those inside."""
    values = plane[inside]
    away = (plane - np.float32(median(values))) / np.float32(max(robust_sigma(values), least))
    low, high = limits
    return smoothstep(low - 1, low, away) * (1 - smoothstep(high, high + 1, away))


def eye_bags(lab: Floats, params: EyeBags, scene: Scene) -> Floats:
    """Weaken a bulge's bright ridge and the dark crease under it together; 30 % stays at 100."""
    shape = scene.once("eye_bags", lab, lambda: _bags(lab, scene))
    return moved(lab, np.float32(-0.7 * params.amount / 100) * shape)


def _bags(lab: Floats, scene: Scene) -> Floats:
    """Return what a bag adds to the skin around it, as `shares` of color.

    Bags and their creases run along the lid, so what does so counts: not a mark, not a strand.
    """
    unit, regions = scene.small_unit, scene.regions
    zone = scene.small(Region.UNDER_EYES)
    skin = np.maximum(_here(regions.map.skin * regions.map.uncovered, scene), zone)
    skin = skin * (1 - _here(regions.small(Region.EYES), scene)) * (1 - scene.stays)
    seen = shares(lab)
    near, far = (masked_gaussian(seen, skin + np.float32(1e-4), s * unit, 1e-6) for s in BAG)
    away = regions.from_eyes
    walk = Walk.where(zone > 0, _here(round_the_eyes(away, unit), scene))
    shape = sweep(near - far, zone + np.float32(1e-3), walk, 0.02 * unit)
    return layers(smoothstep(*ROLL, _here(away, scene))) * shape


def _here(whole: Floats, scene: Scene) -> Floats:
    return whole if scene.small_box is None else whole[scene.small_box.slices]


DARK_CIRCLES = Paint(
    params=DarkCircles,
    label="Dark circles",
    group="Eyes",
    needs=frozenset({Region.UNDER_EYES}),
    deliberate=True,
    reach=0.3,
    broad=dark_circles,
    upgrades={1: dict},
)
EYE_BAGS = Paint(
    params=EyeBags,
    label="Eye bags",
    group="Eyes",
    needs=frozenset({Region.UNDER_EYES}),
    broad=eye_bags,
    upgrades={1: dict},
)
