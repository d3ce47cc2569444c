"""Even tone: bring blotchy color toward the skin's own color around it; brightness is kept.

Only in bands between a freckle and a cheek: the flush of a cheek, the difference of face and neck
and every mark that stays are left alone. The slider says by how much the blotchiness of this skin
falls, and no more than that is done: strong color of its own, as warm dark skin has it, needs a
smaller share than faint mottle does to fall as far.

L* moves in one case: where a patch is redder and darker than the skin around it, as healed acne
is, the light that its blood took comes back with the color. Without that it would turn gray.
"""

from typing import Final, Literal

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import (
    gaussian,
    masked_gaussian,
    planes,
    robust_sigma,
    smoothstep,
    stacked,
)

BLOTCH: Final = (0.01, 0.055)
"""The band in which blotchiness is counted, in face widths."""
PALER: Final = 0.7
"""L* that blood takes with each unit of a* that it adds (a pimple: ΔL* −4 to −6 at Δa* 5 to 9)."""
STRANGE: Final = 7.5
"""Robust deviations from which a difference of color is no blotch of skin."""
FAINT: Final = 3.5
"""Beside features no more than about this much of a difference of color is taken."""
MOST: Final = 1.0
"""Never more of a color difference is taken than this share, even if the rest is not skin's."""


class EvenTone(Params):
    """How much of the blotchiness goes."""

    op: Literal["even_tone"] = "even_tone"
    version: Literal[1] = 1
    amount: Amount = slider(natural=25, cap=50)
    """Evens patches of color toward the skin around them."""


def even_tone(lab: Floats, params: EvenTone, scene: Scene) -> Floats:
    """Weaken the a* and b* bands .006–.03 (where faint) and .03–.08 of the face's width."""
    unit = scene.small_unit
    reached = scene.small(Region.TONE) if scene.area is Region.SKIN else scene.skin

    def measured() -> tuple[list[Floats], list[tuple[Floats, Floats]]]:
        blotches = _blotches(lab, scene)
        return blotches, _counted(lab, blotches, reached, unit)

    whole, bands = scene.once("even_tone", lab, measured)
    # near lips, hair and rims a wide average sees their color, which is not skin's to even
    inside = gaussian(reached, 0.03 * unit) > 0.85
    free = reached * (1 - scene.stays)
    solid = reached > 0.5

    def evened(channel: int) -> Floats:
        have, gone = bands[channel - 1]
        kept = float(np.exp(-params.amount / 46))
        share = np.float32(_share(have[inside], gone[inside], kept))
        rest = _rest(have, have - share * gone, solid, free, unit, params.amount)
        return np.asarray(lab[..., channel] - share * whole[channel - 1] - rest, np.float32)

    red, yellow = evened(1), evened(2)
    light = lab[..., 0] + _light(lab, lab[..., 1] - red, scene)
    return np.asarray(cv2.merge([light, red, yellow]), np.float32)


def _light(lab: Floats, paler: Floats, scene: Scene) -> Floats:
    """Return the L* that comes back where a* fell by `paler`, no more than the patch is darker."""
    light, unit = lab[..., 0], scene.small_unit
    near, far = (masked_gaussian(light, scene.skin, share * unit) for share in (0.05, 0.1))
    darker = np.maximum(near, far) - gaussian(light, 0.012 * unit)
    back = np.minimum(PALER * np.maximum(paler, 0), 0.7 * np.maximum(darker, 0))
    return np.asarray(gaussian(back * (1 - scene.stays), 0.006 * unit), np.float32)


def _rest(
    have: Floats,
    left: Floats,
    inside: npt.NDArray[np.bool_],
    free: Floats,
    unit: float,
    amount: float,
) -> Floats:
    """Return what is still to take of a* or b* beside lips, hair and rims.

    There the skin's own averages say little, so the patches are those that a plain blur sees: what
    there was (`have`) and what is `left` of it. Never more is taken than can hardly be seen.
    """
    work = left / np.sqrt(1 + np.square(left / np.float32(FAINT))) * free
    if not inside.any():
        return np.zeros_like(work)
    gone = _band(work, unit)[inside]
    now = left[inside]
    kept = float(np.exp(-amount / 50) * have[inside].std() / max(now.std(), 1e-6))
    share = np.float32(_share(now, gone, min(kept, 1.0)))
    return np.asarray(share * work, np.float32)


def _counted(
    lab: Floats, whole: list[Floats], reached: Floats, unit: float
) -> list[tuple[Floats, Floats]]:
    """Return the blotchiness of a* and b* that is there, and that which all work would take."""
    work = (plane * reached for plane in whole)
    red, yellow, red_gone, yellow_gone = planes(_band(stacked(*planes(lab)[1:], *work), unit))
    return [(red, red_gone), (yellow, yellow_gone)]


def _band(image: Floats, unit: float) -> Floats:
    low, high = (gaussian(image, share * unit) for share in BLOTCH)
    return np.asarray(low - high, np.float32)


def _blotches(lab: Floats, scene: Scene) -> list[Floats]:
    """Return what is blotch of a* and of b*."""
    unit, skin = scene.small_unit, scene.skin
    colors = [masked_gaussian(lab, skin, share * unit) for share in (0.03, 0.08)]
    middle, far = (planes(each) for each in colors)
    light, red, yellow = planes(gaussian(lab, 0.006 * unit) - colors[0])
    inside = skin > 0.5
    usual = [np.float32(max(robust_sigma(band[inside]), 0.1)) for band in (light, red, yellow)]
    faint = np.exp(-np.square(red / (7 * usual[1])) - np.square(yellow / (7 * usual[2])))
    # a freckle too faint to be listed still shows as a dip of lightness; a blotch has none
    freckle = smoothstep(0.7, 2.0, -light / usual[0])
    spare = (1 - scene.stays) * faint * (1 - np.float32(0.85) * freckle)
    wide = [near - around for near, around in zip(middle[1:], far[1:], strict=True)]
    own = np.float32(0.9) * _own(wide, inside)
    return [spare * red + own * wide[0], spare * yellow + own * wide[1]]


def _own(wide: list[Floats], inside: npt.NDArray[np.bool_]) -> Floats:
    """Return 1 where a wide difference may be skin's, 0 where it is a lid's or hair's."""
    away = [
        np.square(band / np.float32(STRANGE * max(robust_sigma(band[inside]), 0.25)))
        for band in wide
    ]
    return np.asarray(np.exp(-np.square(away[0]) - np.square(away[1])), np.float32)


def _share(have: Floats, gone: Floats, kept: float) -> float:
    """Return the share of `gone` to take from `have`, so that its deviation falls to `kept`.

    The smaller solution of var(have − s · gone) = kept² · var(have); at most `MOST`, also where
    no share reaches that.
    """
    if have.size == 0:
        return 0.0
    have, gone = have - have.mean(), gone - gone.mean()
    power, overlap = _product(gone, gone), _product(have, gone)
    excess = (1 - kept**2) * _product(have, have)
    root = overlap**2 - power * excess
    if power <= 0 or overlap <= 0:
        return 0.0
    best = (overlap - np.sqrt(root)) / power if root > 0 else overlap / power
    return float(min(best, MOST))


def _product(one: Floats, other: Floats) -> float:
    """Return the sum of products, the same with any number of threads (BLAS gives no such word)."""
    return float(np.sum(one * other, dtype=np.float64))


EVEN_TONE = Paint(
    params=EvenTone,
    label="Even tone",
    group="Skin",
    areas=("face", "neck", "body"),
    needs=frozenset({Region.TONE}),
    broad=even_tone,
    reach=0.17,
)
