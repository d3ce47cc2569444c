"""Even tone: bring blotchy color toward the skin's own color around it; brightness is kept.

Only in bands between a freckle and a cheek: the flush of a cheek, the difference of face and neck
and every mark that stays are left alone. The slider says by how much the blotchiness of this skin
falls, and no more than that is done: strong color of its own, as warm dark skin has it, needs a
smaller share than faint mottle does to fall as far.

L* moves in one case: where a patch is redder and darker than the skin around it, as healed acne
is, the light that its blood took comes back with the color. Without that it would turn gray.
"""

from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import (
    gaussian,
    layers,
    masked_gaussian,
    planes,
    robust_sigma,
    smoothstep,
)

BLOTCH: Final = (0.01, 0.055)
"""The band in which blotchiness is counted, in face widths."""
PALER: Final = 0.7
"""L* that blood takes with each unit of a* that it adds (a pimple: ΔL* −4 to −6 at Δa* 5 to 9)."""
STRANGE: Final = 7.5
"""Robust deviations from which a difference of color is no blotch of skin."""
FAINT: Final = 3.0
WEAK: Final = 0.5
"""Beside features at most this share of differences of color up to about `FAINT` is taken."""
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
    whole = _blotches(lab, scene)
    kept = float(np.exp(-params.amount / 46))
    out = lab.copy()
    for k, (have, gone) in enumerate(_counted(lab, whole, reached, unit), start=1):
        out[..., k] -= np.float32(_share(have, gone, kept)) * whole[k]
    out[..., 0] += _light(lab, lab[..., 1] - out[..., 1], scene)
    for k, rest in enumerate(_rest(lab, out, reached, scene, params.amount), start=1):
        out[..., k] -= rest
    return out


def _light(lab: Floats, paler: Floats, scene: Scene) -> Floats:
    """Return the L* that comes back where a* fell by `paler`, no more than the patch is darker."""
    light, unit = lab[..., 0], scene.small_unit
    near, far = (masked_gaussian(light, scene.skin, share * unit) for share in (0.05, 0.1))
    darker = np.maximum(near, far) - gaussian(light, 0.012 * unit)
    back = np.minimum(PALER * np.maximum(paler, 0), 0.7 * np.maximum(darker, 0))
    return np.asarray(gaussian(back * (1 - scene.stays), 0.006 * unit), np.float32)


def _rest(
    lab: Floats, evened: Floats, reached: Floats, scene: Scene, amount: float
) -> list[Floats]:
    """Return what is still to take of a* and b* beside lips, hair and rims.

    There the skin's own averages say little, so the patches are those that a plain blur sees. A
    weak share of them is taken, and never more than can hardly be seen.
    """
    unit = scene.small_unit
    low, high = (
        gaussian(np.dstack([lab[..., 1:], evened[..., 1:]]), share * unit) for share in BLOTCH
    )
    before, after = np.split(np.asarray(low - high, np.float32), 2, axis=2)
    free = reached * (1 - scene.stays)
    inside = reached > 0.5
    taken = []
    for old, now in zip(planes(before), planes(after), strict=True):
        bound = now / np.sqrt(1 + np.square(now / np.float32(FAINT)))
        work = bound * free
        gone = gaussian(work, BLOTCH[0] * unit) - gaussian(work, BLOTCH[1] * unit)
        kept = float(np.exp(-amount / 50) * old[inside].std() / max(now[inside].std(), 1e-6))
        share = min(_share(now[inside], gone[inside], min(kept, 1.0)), WEAK) if inside.any() else 0
        taken.append(np.asarray(np.float32(share) * work, np.float32))
    return taken


def _counted(
    lab: Floats, whole: list[Floats], reached: Floats, unit: float
) -> list[tuple[Floats, Floats]]:
    """Return the blotchiness of a* and b* that is there, and that which all work would take."""
    work = (plane * reached for plane in whole[1:])
    together = np.dstack([lab[..., 1:], *work])
    low, high = (gaussian(together, share * unit) for share in BLOTCH)
    # near lips, hair and rims a wide average sees their color, which is not skin's to even
    inside = gaussian(reached, 0.03 * unit) > 0.85
    red, yellow, red_gone, yellow_gone = (plane[inside] for plane in planes(low - high))
    return [(red, red_gone), (yellow, yellow_gone)]


def _blotches(lab: Floats, scene: Scene) -> list[Floats]:
    """Return what is blotch of each channel, in its own units."""
    unit, skin = scene.small_unit, scene.skin
    middle = masked_gaussian(lab, skin, 0.03 * unit)
    small = gaussian(lab, 0.006 * unit) - middle
    light, red, yellow = planes(small)
    inside = skin > 0.5
    usual = [np.float32(max(robust_sigma(band[inside]), 0.1)) for band in (light, red, yellow)]
    faint = np.exp(-((red / (7 * usual[1])) ** 2) - (yellow / (7 * usual[2])) ** 2)
    # a freckle too faint to be listed still shows as a dip of lightness; a blotch has none
    freckle = smoothstep(0.7, 2.0, -light / usual[0])
    spare = (1 - scene.stays) * faint * (1 - np.float32(0.85) * freckle)
    wide = middle - masked_gaussian(lab, skin, 0.08 * unit)
    own = _own(wide, inside)
    return planes(
        np.asarray(layers(spare) * small + layers(np.float32(0.9) * own) * wide, np.float32)
    )


def _own(wide: Floats, inside: npt.NDArray[np.bool_]) -> Floats:
    """Return 1 where a wide difference may be skin's, 0 where it is a lid's or hair's."""
    away = [
        np.square(band / np.float32(STRANGE * max(robust_sigma(band[inside]), 0.25)))
        for band in planes(wide)[1:]
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
