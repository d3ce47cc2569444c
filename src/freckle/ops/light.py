"""Light on the face: exposure, and dodge and burn along the shape that is there."""

from typing import Literal

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Balance, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.exposure import plain_light, relit
from freckle.pixels.filters import gaussian, masked_gaussian, smoothstep


class FaceLight(Params):
    """Less or more light on the face."""

    op: Literal["face_light"] = "face_light"
    version: Literal[2] = 2
    amount: Balance = slider(cap=25, floor=-25)
    """Exposure of face, ears and neck; hair and background keep theirs."""


class Contour(Params):
    """How much deeper the shape's own shade gets."""

    op: Literal["contour"] = "contour"
    version: Literal[1] = 1
    amount: Amount = slider(natural=8, cap=35)
    """Burns where the face already turns away from the light; not in shade, nor in beards."""


class Highlights(Params):
    """How much the shape's own light is raised."""

    op: Literal["highlights"] = "highlights"
    version: Literal[1] = 1
    amount: Amount = slider(natural=8, cap=35)
    """Dodges where the face already catches light."""


class Shadows(Params):
    """How much deep shade is opened."""

    op: Literal["shadows"] = "shadows"
    version: Literal[2] = 2
    amount: Amount = slider(cap=50)
    """Opens deep shade on face, ears and neck; its color stays."""


def face_light(lab: Floats, params: FaceLight, _scene: Scene) -> Floats:
    """Bend L* by up to 14; small values move little (power 1.5), black and white stay."""
    share = np.copysign(abs(params.amount / 100) ** 1.5, params.amount)
    light = np.clip(lab[..., 0] * np.float32(0.01), 0, 1)
    return relit(lab, lab[..., 0] + np.float32(56 * share) * light * (1 - light))


def contour(lab: Floats, params: Contour, scene: Scene) -> Floats:
    """Deepen the negative half of the modeling by up to 80 %."""
    shade = np.asarray(np.clip(_shape(lab, scene), -8, 0), np.float32)
    return relit(lab, lab[..., 0] + np.float32(0.8 * params.amount / 100) * shade)


def highlights(lab: Floats, params: Highlights, scene: Scene) -> Floats:
    """Raise the positive half of the modeling by up to 80 %, less where it is bright already."""
    room = 1 - smoothstep(80, 96, lab[..., 0])
    glow = np.minimum(np.maximum(_shape(lab, scene), 0), 8)
    return relit(lab, lab[..., 0] + room * np.float32(0.8 * params.amount / 100) * glow)


def _shape(lab: Floats, scene: Scene) -> Floats:
    """Return the face's own modeling: L* between .035 and .13 of the width, coarse grid.

    None in shade, where it would exaggerate light from one side, and none beside beard and hair,
    which are dark by themselves.
    """
    light, unit, bare = lab[..., 0], scene.small_unit, _bare(scene)
    fine = masked_gaussian(light, bare, 0.035 * unit)
    wide = masked_gaussian(light, bare, 0.13 * unit)
    # the face's lit side tells how much light there is: ln of light's cube root is compared
    sure = bare > 0.5
    lamp = float(np.percentile(fine[sure], 75)) if sure.any() else 50.0
    lack = np.log((lamp + 16) / np.maximum(fine + 16, 4))
    lit = 1 - smoothstep(0.12, 0.28, lack)
    alone = smoothstep(0.55, 0.95, gaussian(bare, 0.02 * unit))
    return np.asarray((fine - wide) * lit * alone, np.float32)


def shadows(lab: Floats, params: Shadows, scene: Scene) -> Floats:
    """Give deep shade up to 3/5 of the light back that it lacks; its detail and color stay.

    Shade is what the face's usual light, less a little, is brighter than, at .03 of its width and
    coarser; in hair and beards it is that of the skin beside them.
    """
    unit, own = scene.small_unit, scene.regions.skin.lab[0] + 16
    low = plain_light(lab[..., 0], _bare(scene), 0.03 * unit, 0.09 * unit, 8.0)
    lack = np.clip(np.log(np.float32(0.93 * own) / np.maximum(low + 16, 4)), 0, 0.5)
    lack *= lack / (lack + np.float32(0.06))  # begins softly
    more = np.exp(np.float32(0.65 * params.amount / 100) * lack)
    return relit(lab, np.minimum((lab[..., 0] + 16) * more - 16, 100))


def _bare(scene: Scene) -> Floats:
    """Return sure skin, from which the light is read: a beard is dark in any light."""
    sure = scene.regions.map.skin
    if scene.small_box is not None:
        sure = sure[scene.small_box.slices]
    return scene.small(Region.FLESH) * smoothstep(0.6, 0.95, sure)


FACE_LIGHT = Paint(
    params=FaceLight,
    upgrades={1: dict},
    label="Face light",
    group="Light",
    needs=frozenset({Region.LIT}),
    deliberate=True,
    reach=0.0,
    broad=face_light,
)
CONTOUR = Paint(
    params=Contour,
    label="Contour",
    group="Light",
    needs=frozenset({Region.SKIN}),
    broad=contour,
)
HIGHLIGHTS = Paint(
    params=Highlights,
    label="Highlights",
    group="Light",
    needs=frozenset({Region.SKIN}),
    broad=highlights,
)
SHADOWS = Paint(
    params=Shadows,
    upgrades={1: dict},
    label="Shadows",
    group="Light",
    needs=frozenset({Region.LIT}),
    deliberate=True,
    reach=0.3,
    broad=shadows,
)
