"""Where makeup may lie: the mesh says roughly, the picture says what hair and glasses cover.

All masks are of the frame's size, float32, 0..1; `unit` is the face's width in its pixels.
"""

import cv2
import numpy as np

from freckle.analysis.lids import Lids
from freckle.geometry import Box
from freckle.pixels.color import Floats
from freckle.pixels.filters import central, gaussian, masked_gaussian, smoothstep


def around(mask: Floats) -> Box:
    """Return the box outside of which a mask is 0; empty when all is."""
    x, y, w, h = cv2.boundingRect((mask > 0).astype(np.uint8))
    return Box(x, y, x + w, y + h)


def lids_bare(lids: Lids, open_eyes: Floats, lab: Floats, unit: float) -> Floats:
    """Return the lids up to the brow without what covers them: rims of glasses, strands of hair."""
    near = around(np.abs(lids.rise)).grow(round(0.04 * unit)).clip(lab.shape[1], lab.shape[0])
    mask = np.zeros_like(open_eyes)
    if near.empty:
        return mask
    rise, along, eye = (x[near.slices] for x in (lids.rise, lids.along, open_eyes))
    part = (1 - smoothstep(2.2, 2.9, rise)) * smoothstep(-1.8, -1.2, rise) * (rise != 0)
    part *= (1 - smoothstep(0.80, 1.0, along)) * smoothstep(0.0, 0.12, along)
    # fades inward on all sides but that of the eye; what is narrow, as beyond the corners, goes
    inner = smoothstep(0.45, 0.95, gaussian(np.maximum(part, eye), 0.016 * unit))
    part = part * inner * (1 - eye)
    mask[near.slices] = part * bare(np.ascontiguousarray(lab[near.slices]), part, unit)
    return mask


def beside(mask: Floats, open_eyes: Floats, unit: float) -> Floats:
    """Return the parts of a mask on lids that hang together with an eye, not what is beyond rims.

    Shadow above the rim of glasses, with none below it, looks like a smear.
    """
    size = _odd(0.014 * unit)
    near = cv2.dilate((open_eyes > 0.5).astype(np.uint8), np.ones((size, size), np.uint8)) > 0
    count, labels = cv2.connectedComponents(((mask > 0.05) | near).astype(np.uint8))
    held = np.zeros(count, np.float32)
    held[np.asarray(labels)[near]] = 1
    held[0] = 0
    return np.asarray(mask * held[labels], np.float32)


def bare(lab: Floats, part: Floats, unit: float) -> Floats:
    """Return 0..1: where skin under `part` is covered by no rim, no strand and no reflection.

    Lashes count as bare, for they are thin; rims and strands are wide and far darker than lids or
    of another color, reflections on glasses far lighter.
    """
    near = np.maximum(part, np.float32(1e-3))  # the eyeball beside does not count
    smooth = masked_gaussian(lab, near, 0.006 * unit, 1e-6)
    inside = smooth[..., 0][part > 0.5] + 16
    middle = float(central(inside)) if inside.size else 50.0
    # what covers lids must not count as usual there
    likely = near * (np.abs((smooth[..., 0] + 16) / middle - 1) < 0.4)
    usual = masked_gaussian(smooth, likely + np.float32(1e-4), 0.05 * unit, 1e-6)
    light = (smooth[..., 0] + 16) / (usual[..., 0] + 16)
    wide = np.asarray(cv2.dilate(light, np.ones((_odd(0.010 * unit), 1), np.uint8)), np.float32)
    free = smoothstep(0.36, 0.54, wide)
    free *= 1 - smoothstep(1.3, 1.5, light)
    other = np.linalg.norm((smooth - usual)[..., 1:], axis=2)
    free *= 1 - smoothstep(12, 22, other)
    return np.asarray(gaussian(free, 0.004 * unit), np.float32)


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


def uncovered(mask: Floats, lab: Floats, unit: float) -> Floats:
    """Return a mask on lids without what covers them."""
    near = around(mask).grow(round(0.04 * unit)).clip(mask.shape[1], mask.shape[0])
    if near.empty:
        return mask
    part = mask[near.slices]
    out = mask.copy()
    out[near.slices] = part * bare(np.ascontiguousarray(lab[near.slices]), part, unit)
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
    lit = masked_gaussian(values, smoothstep(skin - 18, skin - 6, values), 0.05 * unit, 0.05)
    darker = gaussian(np.maximum(lit - values, 0), 0.003 * unit)
    # against the darkest nearby, so that shade beside a brow does not count as hair
    core = gaussian(np.square(darker), 0.04 * unit) / (gaussian(darker, 0.04 * unit) + 1)
    hair = smoothstep(0, 1, (darker - 5 - 0.25 * core) / (5 + 0.35 * core))
    dense = smoothstep(0.2, 0.9, gaussian(hair, 0.005 * unit))
    out = np.zeros_like(wide)
    out[near.slices] = smoothstep(0.45, 1.0, gaussian(zone, 0.010 * unit)) * zone * dense
    return out


def _odd(radius: float) -> int:
    return 2 * max(1, round(radius)) + 1
