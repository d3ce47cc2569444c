"""Light on the face: exposure, and dodge and burn along the shape that is there."""

from typing import Literal

import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Balance, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, masked_gaussian, smoothstep


class FaceLight(Params):
    """Less or more light on the face."""

    op: Literal["face_light"] = "face_light"
    version: Literal[1] = 1
    amount: Balance = slider(natural=5, cap=25, floor=-25)
    """Exposure of the whole face; hair and background keep theirs."""


class Contour(Params):
    """How much deeper the shape's own shade gets."""

    op: Literal["contour"] = "contour"
    version: Literal[1] = 1
    amount: Amount = slider(natural=8, cap=35)
    """Burns where the face already turns away from the light."""


class Highlights(Params):
    """How much the shape's own light is raised."""

    op: Literal["highlights"] = "highlights"
    version: Literal[1] = 1
    amount: Amount = slider(natural=8, cap=35)
    """Dodges where the face already catches light."""


class Shadows(Params):
    """How much the deep shade of the face is opened."""

    op: Literal["shadows"] = "shadows"
    version: Literal[1] = 1
    amount: Amount = slider(cap=35)
    """Opens deep shade on the face."""


def face_light(lab: Floats, params: FaceLight, scene: Scene) -> Floats:
    """Bend L* by up to 14; small values move little (power 1.5), black and white stay."""
    share = np.copysign(abs(params.amount / 100) ** 1.5, params.amount)
    mask = gaussian(scene.small(Region.HEAD), 0.08 * scene.small_unit)
    light = np.clip(lab[..., 0] / np.float32(100), 0, 1)
    out = lab.copy()
    out[..., 0] += np.float32(56 * share) * mask * light * (1 - light)
    return out


def _shape(lab: Floats, scene: Scene) -> Floats:
    """Return the face's own modeling: L* between .035 and .13 of the width, coarse grid."""
    light = lab[..., 0]
    solid = scene.small(Region.SOLID)
    unit = scene.small_unit
    return np.asarray(
        masked_gaussian(light, solid, 0.035 * unit) - masked_gaussian(light, solid, 0.13 * unit),
        np.float32,
    )


def contour(lab: Floats, params: Contour, scene: Scene) -> Floats:
    """Deepen the negative half of the modeling by up to 80 %."""
    out = lab.copy()
    shade = np.minimum(_shape(lab, scene), 0)
    out[..., 0] += np.float32(0.8 * params.amount / 100) * np.maximum(shade, -8)
    return out


def highlights(lab: Floats, params: Highlights, scene: Scene) -> Floats:
    """Raise the positive half of the modeling by up to 80 %, less where it is bright already."""
    room = 1 - smoothstep(80, 96, lab[..., 0])
    out = lab.copy()
    glow = np.minimum(np.maximum(_shape(lab, scene), 0), 8)
    out[..., 0] += room * np.float32(0.8 * params.amount / 100) * glow
    return out


def shadows(lab: Floats, params: Shadows, scene: Scene) -> Floats:
    """Lift what lies more than 6 L* under the face's median, at .03 of its width and coarser."""
    light = lab[..., 0]
    low = masked_gaussian(light, scene.small(Region.SOLID), 0.03 * scene.small_unit)
    depth = np.clip(np.float32(scene.regions.skin.lab[0] - 6) - low, 0, 25)
    out = lab.copy()
    out[..., 0] += np.float32(0.55 * params.amount / 100) * depth
    return out


FACE_LIGHT = Paint(
    params=FaceLight,
    label="Face light",
    group="Light",
    needs=frozenset({Region.GLOW}),
    deliberate=True,
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
    label="Shadows",
    group="Light",
    needs=frozenset({Region.SKIN}),
    deliberate=True,
    broad=shadows,
)
