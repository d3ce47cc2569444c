"""Red eyes: pupils that a flash lit red become dark; any other eye stays as it is, to the bit.

A lit pupil is a round disc, far redder than lids, skin and the white around it, near the middle of
the iris. Redness is measured against that ring, so warm light, brown irises, red lids and tears
make no difference (Gaubatz and Ulichney 2002 use the same cues).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import cv2
import numpy as np

from freckle.analysis import landmarks as lm
from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.geometry import Box, Points
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, median, smoothstep

REDDER: Final = 10.0
"""How much redder (a*) than its surroundings a lit pupil is, blurred a little. Of 690 other
irises, warm light and pink casts among them, a dozen seem so, and none of these is round."""
RED: Final = 17.0
"""a* that a lit pupil has at least in its middle."""
YELLOW: Final = 0.95
"""b* / a* above which something is amber or orange; blood lit by a flash is below."""
SMALLEST: Final = 0.2
"""Radius of a lit pupil as a share of the iris'; in the dark it fills most of it."""
LARGEST: Final = 1.15
ROUND: Final = 0.6
"""Area as a share of the disc that reaches as far: a lid may cut a fifth off, glints more."""
ASIDE: Final = 1.2
"""How far the middle of a lit pupil may lie from that of the iris, in radii: red eyes mislead the
mesh, too."""
GLINT: Final = (58.0, 76.0)
"""L* over which a reflection of the flash begins: it stays. Lit pupils reach 55."""
DARK: Final = (5.0, 13.0)
"""L* between which a pupil lies in a photo."""


class RedEye(Params):
    """How far red pupils of a flash become dark."""

    op: Literal["red_eye"] = "red_eye"
    version: Literal[1] = 1
    amount: Amount = slider(natural=100)
    """Darkens pupils that a flash lit red; other eyes stay as they are."""


@dataclass(frozen=True, slots=True, eq=False)
class _Iris:
    """Where one iris lies in a picture, in its pixels; `box` is the part around it."""

    center: Points
    radius: float
    box: Box

    @property
    def away(self) -> Floats:
        """How far each pixel of the box is from the center, in radii."""
        x = np.arange(self.box.left, self.box.right, dtype=np.float32) + np.float32(0.5)
        y = np.arange(self.box.top, self.box.bottom, dtype=np.float32) + np.float32(0.5)
        across, down = x - self.center[0], y - self.center[1]
        return np.asarray(np.hypot(across[None], down[:, None]) / self.radius, np.float32)


def red_eye(lab: Floats, params: RedEye, scene: Scene) -> Floats:
    """Take color and light out of lit pupils; catch lights and the iris around keep theirs."""
    out = lab
    for iris in _irises(lab, scene):
        part = lab[iris.box.slices]
        share = lit(part, iris.away, iris.radius)
        if share is None:
            continue
        out = lab.copy() if out is lab else out
        out[iris.box.slices] = _dark(part, share, np.float32(params.amount / 100))
    return out


def lit(part: Floats, away: Floats, radius: float) -> Floats | None:
    """Return where around an iris a pupil is lit red, 0..1; None where it is not.

    `part` is height × width × 3 CIELAB, `away` the distance from the iris' center in its radii,
    `radius` that in pixels.
    """
    ring = (away > 1.3) & (away < 2.2)
    redder = part[..., 1] - np.float32(median(part[..., 1][ring]))
    smooth = gaussian(redder, 0.18 * radius)
    row, column = np.unravel_index(int(np.where(away < ASIDE, smooth, -99).argmax()), away.shape)
    most = float(smooth[row, column])
    if most < REDDER:
        return None
    disc = _disc((redder > 0.5 * most) & (away < 1.9), (int(row), int(column)))
    if not _pupil(disc, part, away, radius):
        return None
    near, beside = _grown(disc, 0.22 * radius), _grown(disc, 0.4 * radius)
    own = median(part[..., 1][(beside > near) & (away < 1.2)])
    whole = max(median(part[..., 1][disc > 0]) - own, REDDER)
    # its blurred edge is seen as a red line on a dark iris, however faint
    return smoothstep(0.04, 0.22, (part[..., 1] - own) / whole) * gaussian(near, 0.06 * radius)


def _irises(lab: Floats, scene: Scene) -> Iterator[_Iris]:
    """Find the irises that the camera sees in the picture an op is given."""
    regions = scene.regions
    corner = (0, 0) if scene.box is None else (scene.box.left, scene.box.top)
    height, width = lab.shape[:2]
    for eye, names in zip(regions.eyes, (lm.RIGHT_IRIS, lm.LEFT_IRIS), strict=True):
        rim = regions.points[list(names)] - np.array(corner, np.float32)
        center = rim.mean(axis=0)
        radius = float(np.linalg.norm(rim - center, axis=1).mean())
        low, high = np.floor(center - 2.3 * radius), np.ceil(center + 2.3 * radius)
        box = Box(*low.astype(int).tolist(), *high.astype(int).tolist()).clip(width, height)
        if eye.facing > 0 and radius >= 2 and min(box.width, box.height) > 3 * radius:
            yield _Iris(center, radius, box)


def _disc(red: "np.ndarray[tuple[int, int], np.dtype[np.bool_]]", seed: tuple[int, int]) -> Floats:
    """Return the piece of a mask that a pixel lies in, holes filled: 0 or 1."""
    _, labels = cv2.connectedComponents(red.astype(np.uint8), connectivity=4)
    piece = ((labels == labels[seed]) & red).astype(np.uint8)
    outlines, _ = cv2.findContours(piece, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return np.asarray(cv2.drawContours(piece, outlines, -1, 1, cv2.FILLED), np.float32)


def _pupil(disc: Floats, part: Floats, away: Floats, radius: float) -> bool:
    """Whether a red piece is round, as large as a pupil, in the iris, and as red as blood."""
    rows, columns = np.nonzero(disc)
    if len(rows) < 4:
        return False
    middle = float(rows.mean()), float(columns.mean())
    reach = float(np.percentile(np.hypot(rows - middle[0], columns - middle[1]), 95)) + 0.5
    size = float(np.sqrt(len(rows) / np.pi)) / radius
    fills = len(rows) / (np.pi * reach**2)
    inside = disc > 0
    glint = part[..., 0] > GLINT[1]
    a, b = (median(part[..., k][inside & ~glint]) for k in (1, 2))
    aside = float(away[round(middle[0]), round(middle[1])])
    shaped = SMALLEST <= size <= LARGEST and fills >= ROUND and aside <= ASIDE
    return shaped and a >= RED and b <= YELLOW * a


def _grown(disc: Floats, by: float) -> Floats:
    side = 2 * max(1, round(by)) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return np.asarray(cv2.dilate(disc, kernel), np.float32)


def _dark(part: Floats, share: Floats, amount: np.float32) -> Floats:
    """Mix a dark, colorless pupil in; of its grain a tenth stays."""
    light = part[..., 0]
    lit_pixels = light[share > 0.5]
    usual = np.float32(median(lit_pixels))
    dark = np.clip(np.float32(np.percentile(light, 5)), *np.array(DARK, np.float32))
    glint = smoothstep(*GLINT, light)
    out = part.copy()
    out[..., 0] += amount * share * (1 - glint) * (dark + np.float32(0.1) * (light - usual) - light)
    out[..., 1] += amount * share * (1 - part[..., 1])
    out[..., 2] -= amount * share * part[..., 2]
    return out


RED_EYE = Paint(
    params=RedEye,
    label="Red eye",
    group="Eyes",
    needs=frozenset({Region.SHARP}),  # the open eye and a rim, as far as its lids may be misplaced
    fine=red_eye,
)
