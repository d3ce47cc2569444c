"""Makeup of the eyes: shadow on the lids, a line along the lashes, and the lashes themselves.

Shadow follows the lids of each eye, whatever their shape; liner follows the edge of the lids;
lashes that are there get darker and thicker, none are drawn.
"""

from typing import Any, Final, Literal

import cv2
import numpy as np

from freckle.analysis.cast import lit
from freckle.analysis.lids import FINER, Curve, Eye, lash_lines, outward
from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Color, Paint, Params, slider, swatches
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, layers, smoothstep
from freckle.pixels.pigment import PALE, Pigment, dim

LENGTH: Final = 0.016
"""Length of the line along which lashes are drawn out, in face widths."""
ShadowStyle = Literal["wash", "soft_crease", "smoky"]
LinerStyle = Literal["tightline", "natural", "wing"]
LINE: Final[dict[LinerStyle, tuple[float, float]]] = {
    "tightline": (0.002, 0.006),
    "natural": (0.003, 0.014),
    "wing": (0.003, 0.015),
}
"""Thickness of the line at width 0 and 100, in face widths."""
LIT: Final = 0.7
"""How much of a color that lids have more than pale skin falls on powder."""
OWN: Final = 0.2
"""How much of what they have less does."""


class EyeShadow(Params):
    """Colors the lids and fades out below the brow."""

    op: Literal["eye_shadow"] = "eye_shadow"
    version: Literal[1] = 1
    amount: Amount = slider()
    """How much color the lids get."""
    color: Color = swatches(
        "#a57a66", "#c9a08c", "#8a6a5c", "#9a6a86", "#6f7f8f", "#6a7358", "#4c4450"
    )
    """The color on the lid."""
    crease: Color = swatches("#7a5546", "#8f6a58", "#5c4038", "#5a4a5e", "#46505c", "#3c3634")
    """The color in the crease and at the outer corner."""
    style: ShadowStyle = "wash"
    """One thin layer, a deeper crease, or dark all round the eye."""


class Eyeliner(Params):
    """Draws a line along the lashes."""

    op: Literal["eyeliner"] = "eyeliner"
    version: Literal[1] = 1
    amount: Amount = slider()
    """How dark the line is."""
    color: Color = swatches("#241c1c", "#120f12", "#3a281f", "#2b2f45", "#3d4033")
    """The line's color."""
    style: LinerStyle = "natural"
    """Only between the lashes, a line that grows outward, or with a wing."""
    width: Amount = slider(30)
    """How thick the line is."""


class Lashes(Params):
    """Darkens, thickens and lengthens the lashes that are there."""

    op: Literal["lashes"] = "lashes"
    version: Literal[2] = 2
    amount: Amount = slider()
    """Works along every lash the photo shows and draws none."""


def eye_shadow(lab: Floats, params: EyeShadow, scene: Scene) -> Floats:
    """Move lids toward the colors in their own light; skin's differences stay."""
    rise, along = (
        _part(field, scene) for field in (scene.regions.lids.rise, scene.regions.lids.along)
    )
    # powder lies on skin: lashes before it keep their color
    light = lab[..., 0] + 16
    skin = smoothstep(0.45, 0.85, light / gaussian(light, 0.012 * scene.unit))
    share = np.float32(params.amount / 100) * skin
    lid, crease = (np.float32(0.9) * share * w for w in _shadow(rise, along, params.style))
    gray = scene.regions.colorless
    out = _powder(lab, Pigment.of(params.color), lid, gray=gray)
    return _powder(out, Pigment.of(params.crease), crease, gray=gray)


def eyeliner(lab: Floats, params: Eyeliner, scene: Scene) -> Floats:
    """Darken along the lids' edges, in proportion to the light there."""
    thin, thick = LINE[params.style]
    width = (thin + (thick - thin) * params.width / 100) * scene.unit
    line = np.zeros(lab.shape[:2], np.float32)
    corner = (0, 0) if scene.box is None else (scene.box.left, scene.box.top)
    start = np.array(corner, np.float64)
    for eye in scene.regions.eyes:
        np.maximum(line, _line(eye, params.style, width, start, line.shape), out=line)
    opacity = np.float32(0.9 * params.amount / 100) * gaussian(line, 0.0015 * scene.unit)
    ink = lit(Pigment.of(params.color), scene.regions.skin)
    return _inked(lab, ink, opacity, gray=scene.regions.colorless)


def lashes(lab: Floats, params: Lashes, scene: Scene) -> Floats:
    """Deepen, widen and lengthen fine dark strands by their own contrast; no lid between them."""
    share = np.float32(1 - (1 - params.amount / 100) ** 1.5)  # the first coat shows most
    light = lab[..., 0]
    here = scene.mask(Region.LASH_LINES) > 0.5
    if not here.any():
        return lab
    # lashes get as dark as the darkest that is there, and no darker
    floor = np.float32(np.percentile(light[here], 2))
    dark = _strands(light, scene)
    wider = np.maximum(np.float32(1.4) * gaussian(dark, 0.0022 * scene.unit) - dark, 0)
    longer = np.maximum(lengthened(dark, scene.unit) - dark, 0)
    deeper = np.float32(1.6) * dark + np.float32(0.9) * wider + np.float32(1.2) * longer
    out = lab.copy()
    out[..., 0] = light - share * np.minimum(deeper, np.float32(0.9) * np.maximum(light - floor, 0))
    out[..., 1:] *= layers(1 - share * np.float32(0.4) * smoothstep(2, 12, deeper), 2)
    return out


def lengthened(dark: Floats, unit: float) -> Floats:
    """Return strands drawn out along themselves: each thins out over half of `LENGTH`.

    Averages along short lines in all directions that lashes take; the best counts (steered lines,
    Freeman and Adelson 1991). Along the lid, where no lash lies, none is tried.
    """
    reach = max(2, round(LENGTH * unit / 2))
    side = 2 * reach + 1
    best = np.zeros_like(dark)
    for angle in np.linspace(-65, 65, 9):
        across = reach * np.sin(np.deg2rad(angle)), reach * np.cos(np.deg2rad(angle))
        line = np.zeros((side, side), np.float32)
        ends = [tuple(round(16 * (reach + sign * step)) for step in across) for sign in (-1, 1)]
        cv2.line(line, ends[0], ends[1], 1.0, 1, cv2.LINE_8, 4)
        drawn = cv2.filter2D(dark, -1, line / line.sum(), borderType=cv2.BORDER_REPLICATE)
        best = np.maximum(best, np.asarray(drawn, np.float32))
    return best


def _strands(light: Floats, scene: Scene) -> Floats:
    """Return how much darker (L*) each pixel is than what lies beside it, lashes' roots with it.

    Off the roots only what is darker than the skin left and right of it counts: the crease runs
    along the lid, lashes across it. Nothing does at the inner corner, where none grow.
    """
    unit = scene.unit
    size = 2 * max(2, round(0.02 * unit)) + 1
    beside = cv2.GaussianBlur(light, (size, 1), 0.010 * unit, borderType=cv2.BORDER_REPLICATE)
    strands = np.maximum(np.asarray(beside, np.float32) - light, 0)
    roots = np.maximum(gaussian(light, 0.010 * unit) - light, 0)
    near = _part(lash_lines(scene.regions.eyes, unit, scene.frame.size, 0.25), scene)
    dark = np.maximum(strands, near * roots)
    # on dark skin lashes are as dark against it as their light allows
    dark *= smoothstep(0.015, 0.10, dark / np.maximum(light + dark + 16, 16))
    along = np.asarray(cv2.dilate(_part(scene.regions.lids.along, scene), np.ones((7, 7))))
    return np.asarray(np.minimum(dark, 30) * smoothstep(0.15, 0.4, along), np.float32)


def _shadow(rise: Floats, along: Floats, style: ShadowStyle) -> tuple[Floats, Floats]:
    """Return the weights of lid and crease color."""
    upper = (rise > 0).astype(np.float32)
    inward = smoothstep(0.0, 0.25, along)
    outer = smoothstep(0.35, 0.95, along)
    # densest at the lashes: on a single lid, which is all lid, an even layer looks like a mask
    dense = 1 - np.float32(0.35) * smoothstep(0.1, 1.3, rise)
    lid = upper * (1 - smoothstep(0.7, 1.7, rise)) * inward * dense
    ridge = upper * smoothstep(0.3, 1.0, rise) * (1 - smoothstep(1.1, 2.1, rise))
    if style == "wash":
        return lid, ridge * outer * np.float32(0.25)
    if style == "soft_crease":
        return lid, ridge * np.float32(0.75) * (np.float32(0.35) + np.float32(0.65) * outer)
    below = (rise < 0) * smoothstep(-1.1, -0.1, rise) * inward
    dark = np.maximum(upper * dense * (1 - smoothstep(0.4, 2.0, rise)), np.float32(0.75) * below)
    return lid, dark * inward * (np.float32(0.6) + np.float32(0.4) * outer)


def _line(
    eye: Eye, style: LinerStyle, width: float, corner: Curve, size: tuple[int, ...]
) -> Floats:
    """Draw one eye's line, which thins toward the inner corner; `width` in pixels."""
    upper, lower = eye.upper - corner, eye.lower - corner
    place = np.linspace(0, 1, len(upper))  # 0 at the outer corner
    reach = 0.95 if style == "tightline" else 0.85
    taper = np.clip((reach - place) / 0.5, 0, 1) ** 0.7
    away = outward(upper, lower)
    seen = taper > 0.05  # where it is thinner, it has ended
    above = (upper + away * (width * taper)[:, None])[seen]
    roots = (upper - away * (0.3 * width * taper)[:, None])[seen]
    shapes = [np.concatenate([above, roots[::-1]])]
    if style == "wing":
        shapes = [shape[3:-3] for shape in shapes]  # it leaves the lid before the corner
        shapes.append(_flick(eye, upper + away * (1.3 * width), upper, width))
    canvas = np.zeros((size[0], size[1]), np.uint8)
    for shape in shapes:
        fixed = np.round((shape - 0.5) * 16).astype(np.int32)
        cv2.fillPoly(canvas, [fixed], round(255 * eye.facing), cv2.LINE_AA, 4)
    return canvas.astype(np.float32) * np.float32(1 / 255)


def _flick(eye: Eye, above: Curve, upper: Curve, width: float) -> Curve:
    """Return the outline of a wing: from the lid's outer end, hollow above, to a point."""
    start, corner = above[2 * FINER], upper[0]
    length = 0.14 * float(np.linalg.norm(upper[-1] - corner)) + 3 * width
    tip = corner + eye.wing * length
    t = np.linspace(0, 1, 12)[:, None]
    hollow = 0.7 * above[FINER // 2] + 0.3 * tip
    over = (1 - t) ** 2 * start + 2 * t * (1 - t) * hollow + t**2 * tip
    return np.concatenate([over, upper[FINER // 2 : 2 * FINER]])


def _inked(lab: Floats, pigment: Pigment, opacity: Floats, *, gray: bool) -> Floats:
    out = lab.copy()
    depth = np.minimum((pigment.lightness + 16) / (lab[..., 0] + 16) - 1, 0)
    out[..., 0] = dim(lab[..., 0], opacity * depth)
    if not gray:
        tint = pigment.chroma_at(np.full_like(lab[..., 0], pigment.lightness))
        out[..., 1:] += layers(opacity, 2) * (tint - lab[..., 1:])
    return out


def _powder(lab: Floats, pigment: Pigment, weight: Floats, *, gray: bool) -> Floats:
    """Return lids under powder: nearly opaque, lit as the lids are, skin's differences half kept.

    What their usual color has more than pale skin's is the light's, and falls on the powder, too;
    what it has less is the person's own, and does not.
    """
    total = float(weight.sum())
    if total < 1:
        return lab
    usual = [float((lab[..., k] * weight).sum()) / total for k in range(3)]
    out = lab.copy()
    out[..., 0] = dim(lab[..., 0], weight * np.float32(_deeper(pigment, usual[0])))
    if gray:
        return out
    pale = PALE.at(usual[0])
    more = (usual[1] - pale.a) * pale.a + (usual[2] - pale.b) * pale.b
    kept = LIT if more > 0 else OWN
    darker = np.sqrt(np.maximum(out[..., 0] + 16, 1) / np.maximum(lab[..., 0] + 16, 1))
    color = pigment.chroma_at(out[..., 0])
    for k, own in ((1, pale.a), (2, pale.b)):
        rest = np.float32(kept * (usual[k] - own)) + np.float32(0.5) * (lab[..., k] - usual[k])
        out[..., k] += weight * (color[..., k - 1] + darker * rest - lab[..., k])
    return out


def _deeper(pigment: Pigment, usual: float) -> float:
    """Return the share of light that powder takes, or gives where skin is far darker than it.

    Powders are named by what they look like on pale skin; on dark skin they show by their color,
    and pale ones by a little light.
    """
    light = 0.7 * PALE.lightness + 0.3 * usual
    taken = (pigment.lightness + 16) / (light + 16) - 1
    given = (pigment.lightness + 16) / (usual + 16) - 1
    return max(taken, -0.65) if taken < 0 and given < 0.5 else min(0.25 * max(given, 0), 0.2)


def _part(field: Floats, scene: Scene) -> Floats:
    return field if scene.box is None else field[scene.box.slices]


def _half_as_strong(params: dict[str, Any]) -> dict[str, Any]:
    return {**params, "version": 2, "amount": 0.4 * params.get("amount", 0)}


EYE_SHADOW = Paint(
    params=EyeShadow,
    label="Eye shadow",
    panel="makeup",
    group="Eyes",
    needs=frozenset({Region.LIDS}),
    deliberate=True,
    fine=eye_shadow,
)
EYELINER = Paint(
    params=Eyeliner,
    label="Eyeliner",
    panel="makeup",
    group="Eyes",
    needs=frozenset({Region.LASH_LINES}),
    deliberate=True,
    fine=eyeliner,
)
LASHES = Paint(
    params=Lashes,
    label="Lashes",
    panel="makeup",
    group="Eyes",
    needs=frozenset({Region.LASH_LINES}),
    deliberate=True,
    fine=lashes,
    upgrades={1: _half_as_strong},
)
