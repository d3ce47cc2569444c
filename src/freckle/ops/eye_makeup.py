"""Makeup of the eyes: shadow on the lids, a line along the lashes, and the lashes themselves.

Shadow follows the lids of each eye, whatever their shape; liner follows the edge of the lids;
lashes that are there get darker and thicker, none are drawn.
"""

from typing import Final, Literal

import cv2
import numpy as np

from freckle.analysis.lids import FINER, Curve, Eye, lash_lines, outward
from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Color, Paint, Params, slider, swatches
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, layers, smoothstep
from freckle.pixels.pigment import Pigment, dim, veil

ShadowStyle = Literal["wash", "soft_crease", "smoky"]
LinerStyle = Literal["tightline", "natural", "wing"]
LINE: Final[dict[LinerStyle, tuple[float, float]]] = {
    "tightline": (0.002, 0.006),
    "natural": (0.003, 0.014),
    "wing": (0.003, 0.015),
}
"""Thickness of the line at width 0 and 100, in face widths."""


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
    """Darkens and thickens the lashes that are there."""

    op: Literal["lashes"] = "lashes"
    version: Literal[1] = 1
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
    out = veil(lab, Pigment.of(params.color), lid, gray=gray)
    return veil(out, Pigment.of(params.crease), crease, gray=gray)


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
    return _inked(lab, Pigment.of(params.color), opacity, gray=scene.regions.colorless)


def lashes(lab: Floats, params: Lashes, scene: Scene) -> Floats:
    """Deepen fine dark strands by their own contrast and widen them; the lids between stay."""
    share = np.float32(params.amount / 100)
    light = lab[..., 0]
    here = scene.mask(Region.LASH_LINES) > 0.5
    if not here.any():
        return lab
    # lashes get as dark as the darkest that is there, and no darker
    floor = np.float32(np.percentile(light[here], 2))
    dark = _strands(light, scene)
    wider = np.maximum(np.float32(1.4) * gaussian(dark, 0.0022 * scene.unit) - dark, 0)
    deeper = np.float32(0.9) * dark + np.float32(0.7) * wider
    out = lab.copy()
    out[..., 0] = light - share * np.minimum(
        deeper, np.float32(0.85) * np.maximum(light - floor, 0)
    )
    out[..., 1:] *= layers(1 - share * np.float32(0.3) * smoothstep(2, 12, deeper), 2)
    return out


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
    dark *= smoothstep(1, 7, dark)
    along = np.asarray(cv2.dilate(_part(scene.regions.lids.along, scene), np.ones((7, 7))))
    return np.asarray(np.minimum(dark, 30) * smoothstep(0.15, 0.4, along), np.float32)


def _shadow(rise: Floats, along: Floats, style: ShadowStyle) -> tuple[Floats, Floats]:
    """Return the weights of lid and crease color."""
    upper = (rise > 0).astype(np.float32)
    inward = smoothstep(0.0, 0.25, along)
    outer = smoothstep(0.35, 0.95, along)
    lid = upper * (1 - smoothstep(0.7, 1.7, rise)) * inward
    ridge = upper * smoothstep(0.3, 1.0, rise) * (1 - smoothstep(1.1, 2.1, rise))
    if style == "wash":
        return lid, ridge * outer * np.float32(0.25)
    if style == "soft_crease":
        return lid, ridge * np.float32(0.75) * (np.float32(0.35) + np.float32(0.65) * outer)
    below = (rise < 0) * smoothstep(-1.1, -0.1, rise) * inward
    dark = np.maximum(upper * (1 - smoothstep(0.5, 2.0, rise)), np.float32(0.75) * below)
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
    above = upper + away * (width * taper)[:, None]
    roots = upper - away * (0.3 * width * taper)[:, None]
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


def _part(field: Floats, scene: Scene) -> Floats:
    return field if scene.box is None else field[scene.box.slices]


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
)
