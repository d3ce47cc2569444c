"""The outline of the face: width, jaw, cheekbones, chin, forehead, head, double chin.

What lies inside the face (eyes, nose, mouth) stays; the change grows toward the outline and fades
into hair, neck and background.
"""

from typing import Final, Literal

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.analysis.shape import Shape
from freckle.ops.op import Amount, Balance, Paint, Params, Reshape, slider
from freckle.pixels.color import Floats
from freckle.pixels.exposure import relit
from freckle.pixels.filters import gaussian, masked_gaussian, smoothstep
from freckle.pixels.pigment import dim
from freckle.pixels.warp import bell, rise

FADE: Final = (0.03, 0.5)
"""From where to where outside the oval a change fades, in face widths."""
CHEEK: Final = 0.22
"""How far inside the oval the outline's change begins."""
SIDES: Final = (234, 454)
GONIA: Final = (172, 397)
BROWS: Final = (105, 334)
NASION, LIP, CHIN, TOP = 168, 17, 152, 10


class FaceWidth(Params):
    """A narrower or wider face; eyes, nose and mouth stay."""

    op: Literal["face_width"] = "face_width"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left narrows the face, right widens it; 100 is 12 % of its width."""


class Jawline(Params):
    """A narrower or wider jaw."""

    op: Literal["jawline"] = "jawline"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left narrows the jaw, right widens it; 100 is 12 % of the face's width at its angles."""


class Cheekbones(Params):
    """Flatter or higher-set cheekbones."""

    op: Literal["cheekbones"] = "cheekbones"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left takes the cheekbones in, right brings them out; 100 is 6 % of the face's width."""


class ChinHeight(Params):
    """A shorter or longer chin."""

    op: Literal["chin_height"] = "chin_height"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left shortens the chin, right lengthens it; 100 is 8 % of the height from nose to chin."""


class Forehead(Params):
    """A lower or higher hairline."""

    op: Literal["forehead"] = "forehead"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left lowers the hairline, right raises it; 100 is 8 % of the height from nose to chin."""


class HeadSize(Params):
    """A smaller or larger head, hair and all."""

    op: Literal["head_size"] = "head_size"
    version: Literal[1] = 1
    amount: Balance = slider()
    """Left makes the head smaller, right larger; 100 is 6 %."""


class DoubleChin(Params):
    """Less weight under the chin."""

    op: Literal["double_chin"] = "double_chin"
    version: Literal[2] = 2
    amount: Amount = slider(cap=70, floor=0)
    """Shades under the jaw first, then lifts what hangs below the chin."""


def _across(shape: Shape) -> Floats:
    """Return how far each node is from the line down the middle of the face, in face widths."""
    down = shape.points[CHIN] - shape.points[NASION]
    return shape.around(shape.points[NASION], np.array([down[1], -down[0]])).u


def _faded(shape: Shape) -> Floats:
    """Return 0 inside the face, 1 at its outline, 0 again far outside.

    On a turned head each side begins as deep inside as it is wide, and above the cheekbones
    half as deep, so that the brows' tails stay.
    """
    x = _across(shape)
    sides = np.abs(shape.at(x, shape.points[list(SIDES)].astype(np.float32)))
    share = np.clip(2 * sides / max(float(sides.sum()), 0.1), 0.3, 1.3).astype(np.float32)
    depth = np.where(x < 0, share[0], share[1]) * np.float32(CHEEK)
    depth *= 1 - np.float32(0.45) * rise(0.05, 0.25, _above(shape))
    inside = rise(-1, 0, shape.outside / depth)
    return np.asarray(inside * (1 - rise(*FADE, shape.outside)), np.float32)


def _above(shape: Shape) -> Floats:
    """Return how far each node is above the cheekbones' outermost points, in face widths."""
    return np.float32(_middle(shape, SIDES)[1]) - shape.grid[..., 1]


def _middle(shape: Shape, pair: tuple[int, int]) -> npt.NDArray[np.float64]:
    return np.asarray(shape.points[list(pair)].mean(axis=0))


def _halfwidth(shape: Shape, pair: tuple[int, int]) -> float:
    return max(abs(float(shape.points[pair[1], 0] - shape.points[pair[0], 0])) / 2, 0.05)


def _sideways(shape: Shape, pair: tuple[int, int], share: float, where: Floats) -> Floats:
    """Widen by `share` of the face's own width at a pair of landmarks, in proportion elsewhere.

    Both sides move away from the middle of the face, so that on a turned head the far side, which
    is seen short, moves less.
    """
    x = _across(shape)
    full = share * _halfwidth(shape, SIDES) / _halfwidth(shape, pair)
    return np.dstack([np.float32(full) * x * where, np.zeros_like(x)])


def _height(shape: Shape) -> float:
    """Height of the face as anthropometry has it: from the nose's root to the chin."""
    return float(shape.points[CHIN, 1] - shape.points[NASION, 1])


def face_width(_params: FaceWidth, shape: Shape) -> Floats:
    """Widen the outline by 12 %; less beside the brows and the forehead, where hair frames it."""
    up = 1 - np.float32(0.85) * rise(-0.03, 0.29, _above(shape))
    return _sideways(shape, SIDES, 0.12, _faded(shape) * up)


def jawline(_params: Jawline, shape: Shape) -> Floats:
    """Widen by 12 % of the face's width at the angles of the jaw, less above the mouth."""
    angle = _middle(shape, GONIA)[1]
    ear = min(float(_middle(shape, SIDES)[1]), angle - 0.2)
    down = rise(ear - 0.05, angle - 0.02, shape.grid[..., 1])
    return _sideways(shape, GONIA, 0.12, _faded(shape) * down)


def cheekbones(_params: Cheekbones, shape: Shape) -> Floats:
    """Widen by 6 % at the height of the cheekbones only."""
    above = _above(shape)
    where = np.where(above > 0, bell(0.04, 0.24, above), bell(0.06, 0.34, above))
    return _sideways(shape, SIDES, 0.06, _faded(shape) * where)


def chin_height(_params: ChinHeight, shape: Shape) -> Floats:
    """Move the chin down by 8 % of the face's height; the lips stay."""
    x, y = shape.grid[..., 0], shape.grid[..., 1]
    lip, chin = shape.points[LIP, 1], shape.points[CHIN, 1]
    ramp = lip - 0.01, chin + 0.03  # ends below the chin: its rounded end would make it steeper
    below = rise(*ramp, y) / rise(*ramp, chin) * (1 - rise(0.04, FADE[1], y - np.float32(chin)))
    across = bell(0.12, 0.5, x - np.float32(shape.points[CHIN, 0]))
    return np.dstack([np.zeros_like(x), np.float32(0.08 * _height(shape)) * below * across])


def forehead(_params: Forehead, shape: Shape) -> Floats:
    """Move the hairline up by 8 % of the face's height; the brows stay."""
    x, y = shape.grid[..., 0], shape.grid[..., 1]
    brow, top = shape.points[list(BROWS), 1].min() + 0.01, shape.points[TOP, 1]
    tall = max(float(brow - top), 0.1)
    ramp = 0.0, tall + 0.04  # ends above the hairline: its rounded end would make it steeper
    above = rise(*ramp, np.float32(brow) - y) / rise(*ramp, tall)
    above = above * (1 - rise(0.12, 0.58, np.float32(top) - y))
    across = bell(0.3, 0.95, x - np.float32(shape.points[TOP, 0]))
    return np.dstack([np.zeros_like(x), np.float32(-0.08 * _height(shape)) * above * across])


def head_size(_params: HeadSize, shape: Shape) -> Floats:
    """Enlarge by 6 % around the middle of the face, to a little beyond the oval."""
    oval = shape.points[[TOP, CHIN, *SIDES]].mean(axis=0)
    apart = shape.grid - oval.astype(np.float32)
    near = 1 - rise(0.14, 0.6, shape.outside)
    return np.asarray(np.float32(0.06) * apart * near[..., None], np.float32)


def double_chin(_params: DoubleChin, shape: Shape) -> Floats:
    """Lift what hangs under the chin by 5 % of the face's width, and draw its sides in by 1.5 %.

    The jaw stays. The steepest place keeps half of its area.
    """
    x, y = shape.grid[..., 0], shape.grid[..., 1]
    chin = shape.points[CHIN].astype(np.float32)
    under = rise(0.0, 0.15, shape.outside) * (1 - rise(0.17, 0.46, shape.outside))
    under = under * rise(-0.16, 0.04, y - chin[1])
    across = bell(0.2, 0.5, x - chin[0])
    inward = rise(0.0, 0.3, np.abs(x - chin[0])) * np.sign(x - chin[0])
    sides = bell(0.34, 0.58, x - chin[0])
    return np.dstack(
        [np.float32(-0.015) * under * inward * sides, np.float32(-0.05) * under * across]
    )


def double_chin_shade(lab: Floats, params: DoubleChin, scene: Scene) -> Floats:
    """Shade under the jaw by up to a sixth, light its edge by a twentieth, and fill the crease.

    Shares are of L* + 16. Where the throat lies in deep shade already, none is added.
    """
    regions, unit, share = scene.regions, scene.small_unit, np.float32(params.amount / 100)
    away = regions.outside
    if scene.small_box is not None:
        away = away[scene.small_box.slices]
    light, skin = lab[..., 0], scene.small(Region.THROAT)
    soft = masked_gaussian(light, skin, 0.03 * unit, 1e-2)
    lack = np.log((regions.skin.lab[0] + 16) / np.maximum(soft + 16, 4))
    under = smoothstep(-0.015, 0.06, away) * (1 - smoothstep(0.10, 0.27, away))
    edge = smoothstep(-0.075, -0.035, away) * (1 - smoothstep(-0.025, 0.005, away))
    crease = _crease(light, unit) * smoothstep(0.03, 0.08, away)
    deeper = np.float32(-0.17) * under * (1 - smoothstep(0.25, 0.6, lack))
    lit = dim(light, share * (deeper + np.float32(0.05) * edge))
    return relit(lab, lit + share * np.float32(0.75) * np.minimum(crease, 14))


def _crease(light: Floats, unit: float) -> Floats:
    """Return how much darker lines narrower than .06 face widths are than the skin beside them.

    Closing finds them (Serra 1982); broad shade, as under any jaw, is none.
    """
    soft = gaussian(light, 0.005 * unit)
    size = 2 * max(1, round(0.03 * unit)) + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    closed = np.asarray(cv2.morphologyEx(soft, cv2.MORPH_CLOSE, disc), np.float32)
    return gaussian(closed, 0.01 * unit) - soft


FACE_WIDTH = Reshape(
    params=FaceWidth, label="Face width", group="Face", move=face_width, frontal=True
)
JAWLINE = Reshape(params=Jawline, label="Jawline", group="Face", move=jawline, frontal=True)
CHEEKBONES = Reshape(
    params=Cheekbones, label="Cheekbones", group="Face", move=cheekbones, frontal=True
)
CHIN_HEIGHT = Reshape(params=ChinHeight, label="Chin height", group="Face", move=chin_height)
FOREHEAD = Reshape(params=Forehead, label="Forehead", group="Face", move=forehead)
HEAD_SIZE = Reshape(params=HeadSize, label="Head size", group="Face", move=head_size)
DOUBLE_CHIN = Reshape(
    params=DoubleChin,
    upgrades={1: dict},
    label="Double chin",
    group="Face",
    needs=frozenset({Region.THROAT}),
    move=double_chin,
    shade=Paint(
        params=DoubleChin,
        label="Double chin",
        panel="reshape",
        group="Face",
        needs=frozenset({Region.THROAT}),
        deliberate=True,
        broad=double_chin_shade,
    ),
)
