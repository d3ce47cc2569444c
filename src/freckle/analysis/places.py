"""Where makeup may lie: the mesh says roughly, the picture says what hair and glasses cover.

All masks are of the frame's size, float32, 0..1; `unit` is the face's width in its pixels.
"""

import cv2
import numpy as np

from freckle.analysis.lids import Lids
from freckle.geometry import Box
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, masked_gaussian, smoothstep


def around(mask: Floats) -> Box:
    """Return the box outside of which a mask is 0; empty when all is."""
    x, y, w, h = cv2.boundingRect((mask > 0).astype(np.uint8))
    return Box(x, y, x + w, y + h)


def lids_bare(lids: Lids, open_eyes: Floats, light: Floats, unit: float) -> Floats:
    """Return the lids up to the brow without what covers them: rims of glasses, strands of hair."""
    near = around(np.abs(lids.rise))
    mask = np.zeros_like(light)
    if near.empty:
        return mask
    rise = lids.rise[near.slices]
    part = (1 - smoothstep(2.2, 2.9, rise)) * smoothstep(-1.8, -1.2, rise) * (rise != 0)
    along = lids.along[near.slices]
    part *= (1 - smoothstep(0.86, 1.0, along)) * smoothstep(0.0, 0.12, along)
    part *= 1 - open_eyes[near.slices]
    smooth = gaussian(np.ascontiguousarray(light[near.slices]), 0.006 * unit)
    usual = masked_gaussian(smooth, part, 0.05 * unit)
    # lashes are covered, too, for they are thin; rims and strands are wide and far darker than lids
    wide = cv2.dilate(smooth, np.ones((_odd(0.006 * unit), 1), np.uint8))
    bare = smoothstep(0.36, 0.54, (np.asarray(wide, np.float32) + 16) / (usual + 16))
    mask[near.slices] = gaussian(part * bare, 0.004 * unit) * part
    return mask


def off_the_eyeball(mask: Floats, open_eyes: Floats, unit: float) -> Floats:
    """Return a mask along the lids without the eyeball, but for the edge of the lids itself."""
    near = around(mask)
    if near.empty:
        return mask
    size = _odd(0.005 * unit)
    inner = cv2.erode(open_eyes[near.slices], np.ones((size, size), np.uint8))
    out = mask.copy()
    out[near.slices] *= 1 - np.asarray(inner, np.float32)
    return out


def brow_hair(brows: Floats, light: Floats, skin: float, unit: float) -> Floats:
    """Return the brows' hair: what is darker than the skin around it, in the mesh's brows or near.

    `skin` is the person's own L*, from which the skin between hairs is told.
    """
    size = _odd(0.024 * unit)
    wide = np.asarray(cv2.dilate(brows, np.ones((size, size), np.uint8)), np.float32)
    near = around(wide).grow(round(0.05 * unit)).clip(wide.shape[1], wide.shape[0])
    if near.empty:
        return wide
    zone, values = wide[near.slices], np.ascontiguousarray(light[near.slices])
    bare = masked_gaussian(values, smoothstep(skin - 18, skin - 6, values), 0.05 * unit, 0.05)
    darker = gaussian(np.maximum(bare - values, 0), 0.003 * unit)
    dense = smoothstep(0.3, 0.75, gaussian(smoothstep(5, 14, darker), 0.006 * unit))
    out = np.zeros_like(wide)
    out[near.slices] = np.minimum(gaussian(zone, 0.008 * unit) * zone * dense, 1)
    return out


def _odd(radius: float) -> int:
    return 2 * max(1, round(radius)) + 1
