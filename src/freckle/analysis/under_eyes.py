"""The skin under the eyes: from the lower lid's own edge and the inner corner out to the cheek.

All masks are height × width float32 of the coarse grid, 0..1.
"""

from typing import Final

import numpy as np

from freckle.analysis.face_map import FaceMap
from freckle.analysis.grid import Grid
from freckle.analysis.lids import OPPOSITE, Eye
from freckle.geometry import Points
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, masked_gaussian, shrink, smoothstep
from freckle.pixels.shade import FAINT

RIM: Final = (244, 128, 121, 120, 119, 118, 117, 111, 31)
"""Where the zone of the right eye ends, from beside the inner corner to below the outer one."""
CHEEKS: Final = (
    (117, 118, 119, 100, 101, 36, 205, 187, 123),
    (346, 347, 348, 329, 330, 266, 425, 411, 352),
)
"""The upper cheek below each zone, the right one first: groups for a convex hull."""
BELOW: Final = 0.016
"""How far below the mesh's points it ends, in face widths: the creases of large bags lie there."""
FEATHER: Final = 0.014
"""How softly the zone ends on the cheek, in face widths."""
LID: Final = (0.007, 0.021)
"""Distance from the lower lid's edge, in face widths, over which the zone begins: wet rim and
roots of lashes lie before it."""
CORNER: Final = (0.015, 0.06)
"""Distance from the outer corner, in face widths, over which the zone begins: its shade is the
eye's own."""
GLARE: Final = (1.22, 1.4)
"""Light (L* + 16) as a share of the zone's own around, over which skin becomes a reflection."""


def under_eyes(grid: Grid, eyes: tuple[Eye, Eye], open_eyes: Floats, seen: FaceMap) -> Floats:
    """Return the bare skin under both eyes, each fading as it turns away from the camera.

    `eyes` are the right one and the left one, `open_eyes` what shows between the lids, at the
    frame's resolution. Lashes and kohl are still in it, reflections on glasses are not.
    """
    shape = np.maximum(*(_below(grid, eye, side) for eye, side in zip(eyes, (0, 1), strict=True)))
    start = smoothstep(*LID, grid.beyond(shrink(open_eyes, grid.factor)))
    bare = seen.uncovered * smoothstep(0.1, 0.35, gaussian(seen.skin, 0.006 * grid.unit))
    zone = shape * start * bare
    return np.asarray(zone * _plain(grid.lab[..., 0], zone, grid.unit), np.float32)


def _plain(light: Floats, zone: Floats, unit: float) -> Floats:
    """Return 0 where L* is far above that of the zone around: the wet rim, a lens, a light."""
    usual = masked_gaussian(light, zone + np.float32(1e-4), 0.035 * unit, 1e-6)
    share = (gaussian(light, 0.004 * unit) + FAINT) / (np.maximum(usual, 0) + FAINT)
    return gaussian(1 - smoothstep(*GLARE, share), 0.004 * unit)


def _below(grid: Grid, eye: Eye, side: int) -> Floats:
    """Fill from one eye's lower lid down to the cheek; side 0 is the right one."""
    rim: Points = grid.points[OPPOSITE[list(RIM)] if side else list(RIM)].copy()
    rim[2:-1] -= BELOW * grid.frame.unit * grid.up
    outline = np.concatenate([eye.lower, rim]).astype(np.float32)
    shape = gaussian(grid.fill([outline]), FEATHER * grid.unit) * np.float32(eye.facing)
    x, y = eye.lower[0] / grid.factor - 0.5
    columns = np.square(np.arange(grid.size[1], dtype=np.float32) - np.float32(x))
    rows = np.square(np.arange(grid.size[0], dtype=np.float32)[:, None] - np.float32(y))
    away = np.sqrt(columns + rows) / np.float32(grid.unit)
    return np.asarray(shape * smoothstep(*CORNER, away), np.float32)
