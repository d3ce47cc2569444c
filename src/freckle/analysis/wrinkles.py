"""What the lines of a part of a face add to the skin around them.

Found by direction (`creases.py`), kept where the lines of that part run that way (`furrows.py`),
and averaged along themselves, so that pores, hairs and grain that cross a line are no part of it.
Valley and bright ridges belong together.
"""

from types import MappingProxyType
from typing import Final

import cv2
import numpy as np

from freckle.analysis.creases import FINEST, Creases, Walk, sweep
from freckle.analysis.furrows import course
from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.geometry import Box
from freckle.pixels.color import Floats
from freckle.pixels.filters import (
    gaussian,
    layers,
    masked_gaussian,
    near,
    planes,
    smoothstep,
    stacked,
)
from freckle.pixels.shade import shares

DEEP: Final = (4.0, 9.0)
"""L* of depth from which a crease is a fold, whose slit may be sharper than any walk can follow."""
FOLD: Final = np.float32(0.04)
"""Share of a fold that is left more of than of a line."""
PORES: Final = 0.01
"""σ of the level around pores and slits, in face widths."""
JAW: Final = (0.06, 0.1)
"""Distance from the head, in face widths, over which lines of the neck begin: the jaw's edge with
its shade is none."""
LID: Final = (0.02, 0.04)
"""Distance from the eye, in face widths, over which lines under it begin: what runs along the lid
before is the shadow of its lashes."""
DENSE: Final = (0.55, 0.9)
"""Share of creases around, from which on they lie close, as under an eye."""
BESIDE: Final = (0.95, 0.55)
"""How little a crease counts in its own level where it is alone, and where creases lie close: there
the level is that among them, not that of the cheek."""
WALK: Final = 0.014
"""σ of the walk along a crease in face widths, and a little more for wide ones: long enough that
pores average out, short enough for bends."""
CRISP: Final = (0.8, 0.8)
"""σ in pixels and share of what the coarse grid and the walk along a crease blur of its profile."""
VISIBLE: Final = (0.5, 1.2)
"""L* below the skin beside it from which the finest crease may be one, and surely is; more for
wider ones, for which the forms of a face are mistaken sooner."""
AGREES: Final = (0.0, 0.6)
"""Cosine of twice the angle between a crease and the lines of its region: from 45° on it is
another thing, below 27° it surely belongs to them."""
WIDEST: Final = MappingProxyType({Region.CROWS_FEET: 0.006, Region.UNDER_EYES: 0.006})
"""σ of the widest lines of some regions, in face widths: wider ones are bags and lids."""
FORMS: Final = MappingProxyType({Region.FOREHEAD: 1.2, Region.FROWN: 1.2})
"""How much deeper wide creases must be than narrow ones, as a power of their σ; .6 elsewhere: a
brow's bone and the shine above it look like a shallow wide one."""
REACH: Final = (0.5, 1.1)
"""σ by which a crease's bottom spreads over its valley, and over its ridges, in its own σ."""
LEAST: Final = 0.01
"""How sure a crease is at least."""
BLOCK: Final = 8
"""Pixels that a Gaussian of the widest creases' level may average before it blurs."""
LEVEL: Final = 3.5
"""σ of the skin's own level around a crease, in the crease's σ."""


def wrinkles(lab: Floats, scene: Scene, region: Region) -> Floats:
    """Return what the lines of a region add to the skin around them, as `shares` of color.

    `lab` is CIELAB on the coarse grid, in the scene's small box, and so is what is returned.
    """
    seen = shares(lab)
    rest = seen.copy()
    *sures, valley = _sure(scene, region)
    skin = _skin(scene, region, valley)
    deep = np.zeros_like(skin)
    for whole, sure in zip(scene.regions.creases, sures, strict=True):
        here = _around(sure, whole.scale * scene.small_unit, _walk(whole, scene.small_unit))
        if here is None:
            continue
        crease = whole.within(scene.small_box)
        part = crease.at(here), sure[here], skin[here]
        rest[here] -= layers(sure[here]) * _profile(rest[here], *part, scene.small_unit)
        deep = np.maximum(deep, sure * smoothstep(*DEEP, crease.depth))
    folds = near((deep > 0).astype(np.uint8), int(np.ceil(3 * PORES * scene.small_unit)) + 1)
    if folds is not None:
        missed = _missed(rest[folds], skin[folds], scene)
        rest[folds] -= layers(deep[folds] * skin[folds]) * missed
    lines = seen - rest
    sigma, blurred = CRISP
    # what was missed is known as sharply as the grid shows it, and a fold is to stay one
    lines = lines + layers(np.float32(blurred) * (1 - deep)) * (lines - gaussian(lines, sigma))
    return layers((1 - FOLD * deep) * (1 - _here(scene.regions.strands, scene))) * lines


def _missed(rest: Floats, skin: Floats, scene: Scene) -> Floats:
    """Return what is left beyond pores and grain of a fold that bends or ends too sharply.

    Without it, a bright slit would stay beside the dark one.
    """
    level = masked_gaussian(rest, np.maximum(skin, np.float32(1e-4)), PORES * scene.small_unit)
    away = rest - level
    light = np.abs(planes(away)[0])
    most = np.float32(max(2.0, 2 * scene.regions.skin.grain))
    beyond = np.maximum(light - most, 0) / np.maximum(light, np.float32(1e-3))
    return layers(np.asarray(beyond, np.float32)) * away


def _skin(scene: Scene, region: Region, valley: Floats) -> Floats:
    """Return the skin that says what level and crease are: no mark that stays, no hair.

    What lies in the valley of a crease is no mark: folds are as brown as freckles.
    """
    seen = scene.regions.map
    bare = smoothstep(0.15, 0.5, _here(seen.skin, scene)) * _here(seen.uncovered, scene)
    skin = np.maximum(bare, scene.small(region))
    free = (1 - scene.stays * (1 - valley)) * (1 - _here(scene.regions.strands, scene))
    return np.asarray(skin * free, np.float32)


def _here(whole: Floats, scene: Scene) -> Floats:
    return whole if scene.small_box is None else whole[scene.small_box.slices]


def _sure(scene: Scene, region: Region) -> list[Floats]:
    """Return how surely each place belongs to a crease of a region, ridges with it; per scale.

    The last is how surely it lies in a valley, of any scale.
    """
    if scene.painted is not None:
        return _belonging(scene, region)
    prepare(scene, region)
    return planes(scene.memo[_key(scene, region)])


def prepare(scene: Scene, region: Region) -> None:
    """Find out which places belong to creases of a region: they lie where they lie."""
    key = _key(scene, region)
    if key not in scene.memo:
        scene.memo[key] = stacked(*_belonging(scene, region))


def _key(scene: Scene, region: Region) -> str:
    return f"lines {region} {scene.small_box}"


def _belonging(scene: Scene, region: Region) -> list[Floats]:
    """Return the same, worked out."""
    height, width = scene.regions.size
    way = course(scene.regions, region, scene.small_box or Box(0, 0, width, height))
    by_hand = None if scene.painted is None else _here(scene.painted.values, scene)
    allowed = (scene.small(region) > 0).astype(np.float32)
    if region is Region.NECK:
        allowed *= smoothstep(*JAW, _here(scene.regions.outside, scene))
    if region is Region.UNDER_EYES:
        allowed *= smoothstep(*LID, _here(scene.regions.from_eyes, scene))
    found, valley = [], np.zeros_like(allowed)
    for crease in scene.regions.creases:
        likely = np.float32(_likely(region, crease.scale))
        here = crease.within(scene.small_box)
        if likely == 0:  # wider than lines of this region are
            found.append(np.zeros_like(allowed))
            continue
        sure = smoothstep(*VISIBLE, here.depth * likely)
        if way is not None:
            agrees = smoothstep(*AGREES, cv2.transform(here.flow * way, np.ones((1, 2))))
            sure *= agrees if by_hand is None else np.maximum(agrees, by_hand)
        # a Gaussian of a line of width w is about w / (σ √2π) high: full over the crease
        close, wide = (gaussian(sure, by * crease.scale * scene.small_unit) for by in REACH)
        found.append(allowed * smoothstep(0.1, 0.7, np.float32(2.5) * wide))
        valley = np.maximum(valley, smoothstep(0.2, 0.8, np.float32(2) * close))
    return [*found, allowed * valley]


def _likely(region: Region, scale: float) -> float:
    """Return how much of the depth of creases of a scale counts in a region: wide forms do less."""
    if scale > WIDEST.get(region, 1.0):
        return 0.0
    return float((FINEST / scale) ** FORMS.get(region, 0.6))


def _profile(seen: Floats, crease: Creases, sure: Floats, skin: Floats, unit: float) -> Floats:
    """Return what goes on along the creases, less the skin's own level around them."""
    sigma = crease.scale * unit
    dense = smoothstep(*DENSE, gaussian(sure, LEVEL * sigma))
    little = np.float32(BESIDE[0]) - np.float32(BESIDE[0] - BESIDE[1]) * dense
    beside = np.maximum(skin * (1 - little * sure), np.float32(1e-4))
    level = masked_gaussian(seen, beside, LEVEL * sigma, 1e-6)
    fine = gaussian(seen - level, 0.4 * (sigma - FINEST * unit))
    way = Walk.where(sure > LEAST, crease.flow)
    return sweep(fine, skin * sure + np.float32(1e-3), way, _walk(crease, unit))


def _walk(crease: Creases, unit: float) -> float:
    """Return σ of the walk along creases of a scale, in pixels."""
    return (WALK + 1.2 * crease.scale) * unit


def _around(sure: Floats, sigma: float, walk: float) -> tuple[slice, slice] | None:
    """Return the part of a picture that says what creases of a σ are; None where there are none.

    It begins at a whole block of what wide Gaussians average.
    """
    found = near((sure > LEAST).astype(np.uint8), int(np.ceil(3 * LEVEL * sigma + 2 * walk)))
    if found is None:
        return None
    rows, columns = (slice(part.start // BLOCK * BLOCK, part.stop) for part in found)
    return rows, columns
