"""Stray hairs: thin strands lying over the face give way to the skin beside them."""

from dataclasses import replace
from typing import Final, Literal

import cv2
import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.ops.op import Amount, Paint, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, layers, masked_gaussian, smoothstep
from freckle.pixels.ridges import Ridges, ridges

THIN: Final = 0.0018
"""σ across a strand, in face widths."""
BROAD: Final = 0.0050
"""σ across a crease."""
LONG: Final = 0.012
"""σ along which a line must be straight, in face widths."""
SHORTEST: Final = 0.045
"""A strand's least length in face widths: pores and beard hairs are shorter."""
KINDS: Final = ((True, 3.2, 1.6, 1.6), (False, 4.5, 0.9, 2.2), (False, 6.5, 1.8, 4.0))
"""What passes for a strand: whether it must come from the hair; how many times the lines of bare
skin around its clearest places are; how much clearer through the broad filter it may be (.75 where
σ is .0015 face widths, 1.6 where it is .003; folds have 2 to 4); their least contrast in L*."""
FULL: Final = 80.0
"""Amount at which strands are gone."""
FUZZ: Final = 50.0
"""Amount from which peach fuzz is softened."""


class StrayHairs(Params):
    """Fewer stray hairs over the face."""

    op: Literal["stray_hairs"] = "stray_hairs"
    version: Literal[1] = 1
    amount: Amount = slider(cap=80)
    """Replaces thin strands over the face by skin; above 50 softens peach fuzz, too."""


def stray_hairs(lab: Floats, params: StrayHairs, scene: Scene) -> Floats:
    """Fill strands with color and texture from beside them, and lower light fuzz on the jaw."""
    found, lines = scene.once("strands", lab, lambda: _found(lab, scene))
    out = lab
    if found.any():
        share = layers(np.float32(min(params.amount / FULL, 1)) * found)
        out = lab + share * (_beside(lab, found, lines, scene) - lab)
    if params.amount > FUZZ:
        out = out.copy()
        out[..., 0] -= np.float32((params.amount - FUZZ) / (100 - FUZZ)) * _fuzz(lab, lines, scene)
    return out


def _found(lab: Floats, scene: Scene) -> tuple[Floats, Ridges]:
    """Return strands, 0..1 and soft, and all lines."""
    light, unit = lab[..., 0], scene.unit
    fine = ridges(light, THIN * unit, LONG * unit)
    broad = ridges(light, BROAD * unit, LONG * unit)
    place = scene.mask(Region.STRANDS)
    found = np.zeros_like(light)
    flank = cv2.dilate(fine.dark, np.ones((_odd(0.004 * unit),) * 2, np.uint8))
    fine = replace(fine, light=fine.light * (fine.light > flank))  # beside a dark line all is light
    sides = (fine.dark, broad.dark, fine.angle_dark), (fine.light, broad.light, fine.angle_light)
    for thin, wide, angle in sides:
        usual = masked_gaussian(thin, (place > 0.2).astype(np.float32), 0.06 * unit)
        clear = thin / (usual + np.float32(0.3)) * place * (1 - _folded(angle, scene))
        found = np.maximum(found, _long(clear, thin, wide, scene))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_odd(0.0025 * unit),) * 2)
    grown = cv2.dilate(found, disc)
    soft = np.minimum(gaussian(np.asarray(grown, np.float32), 0.0012 * unit) * 1.3, 1)
    return np.asarray(soft * smoothstep(0.05, 0.5, place), np.float32), fine


def _odd(radius: float) -> int:
    return 2 * max(1, round(radius)) + 1


def _folded(angle: Floats, scene: Scene) -> Floats:
    """Return how much a line is likelier a fold than hair: it runs along where skin folds."""
    up = scene.regions.up
    level = np.abs(np.cos(angle) * np.float32(-up[1]) + np.sin(angle) * np.float32(up[0]))
    likely = smoothstep(0.75, 0.92, level) * scene.mask(Region.FOLDS)
    return np.asarray(np.float32(0.6) * likely, np.float32)


def _long(clear: Floats, thin: Floats, wide: Floats, scene: Scene) -> Floats:
    """Return the lines that are strands: clear somewhere, long, thin and not the rim of a fold."""
    unit, near = scene.unit, scene.mask(Region.NEAR_HAIR)
    weak = (clear > 2.0).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(weak, connectivity=8)
    flat = labels.ravel()
    area = np.maximum(stats[:, cv2.CC_STAT_AREA], 1).astype(np.float32)
    fold = np.bincount(flat, weights=wide.ravel(), minlength=count) / np.maximum(
        np.bincount(flat, weights=thin.ravel(), minlength=count), 1e-3
    )
    length = np.hypot(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    rooted = np.bincount(flat, weights=near.ravel(), minlength=count) > 0.1 * area
    keep = np.zeros(count, bool)
    for root, least, broadest, faintest in KINDS:
        strong = ((clear > least) & (thin > faintest)).ravel()
        seeds = np.bincount(flat, weights=strong, minlength=count)
        keep |= (seeds > 0.25 * length) & (fold < broadest) & (rooted | (not root))
    keep &= (length > SHORTEST * unit) & (area < 0.011 * unit * length)
    keep[0] = False
    return np.asarray(keep[labels], np.float32)


def _beside(lab: Floats, found: Floats, lines: Ridges, scene: Scene) -> Floats:
    """Return the picture with strands filled: color from all around, texture from one side."""
    unit = scene.unit
    bare = 1 - smoothstep(0.02, 0.2, found)
    low = masked_gaussian(lab, bare, 0.006 * unit)
    angle = np.where(lines.dark > lines.light, lines.angle_dark, lines.angle_light)
    rows, columns = np.mgrid[: lab.shape[0], : lab.shape[1]].astype(np.float32)
    grain, free = (lab - low) * layers(bare), np.zeros_like(bare)
    texture = np.zeros_like(lab)
    for side in (1, -1):
        x = columns - np.float32(side * 0.014 * unit) * np.sin(angle)
        y = rows + np.float32(side * 0.014 * unit) * np.cos(angle)
        there = cv2.remap(bare, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        moved = cv2.remap(grain, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        use = (np.asarray(there, np.float32) > 0.9) & (free == 0)
        texture[use] = moved[use]
        free[use] = 1
    return low + texture


def _fuzz(lab: Floats, lines: Ridges, scene: Scene) -> Floats:
    """Return how much lighter than the skin fine hairs are, where the face turns to its edge."""
    light = lab[..., 0]
    fine = light - gaussian(light, 0.004 * scene.unit)
    usual = masked_gaussian(lines.light, scene.mask(Region.STRANDS), 0.06 * scene.unit) + 0.3
    hair = smoothstep(1.2, 2.5, lines.light / usual)
    place = scene.mask(Region.FUZZ)
    return np.asarray(np.float32(0.8) * hair * place * np.maximum(fine, 0), np.float32)


STRAY_HAIRS = Paint(
    params=StrayHairs,
    label="Stray hairs",
    group="Skin",
    needs=frozenset({Region.STRANDS}),
    fine=stray_hairs,
)
