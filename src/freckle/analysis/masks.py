"""How each mask of a face is made.

Places come from the landmarks, what lies there from the face's map; what is skin is learnt from
the person's own cheeks, never from a rule about color.
"""

from collections.abc import Callable, Iterable, Sequence
from types import MappingProxyType
from typing import Final

import cv2
import numpy as np

from freckle.analysis import furrows
from freckle.analysis import landmarks as lm
from freckle.analysis.faces import Face
from freckle.analysis.frame import Frame
from freckle.analysis.lids import lash_lines
from freckle.analysis.lip_color import lip_color
from freckle.analysis.places import (
    around,
    beside,
    brow_hair,
    lids_bare,
    off_the_eyeball,
    uncovered,
)
from freckle.analysis.regions import Builder, Builders, Region, Regions
from freckle.analysis.skin import close, fill
from freckle.analysis.terrain import TERRAIN
from freckle.analysis.under_eyes import under_eyes
from freckle.photo import Photo
from freckle.pixels.color import Floats
from freckle.pixels.filters import enlarge, gaussian, shrink, smoothstep


def regions_of(photo: Photo, face: Face) -> Regions:
    """Cut the frame of a face out of a photo, ready to draw its masks."""
    frame = Frame.cut(photo, face)
    return Regions(photo, frame, frame.points(face.landmarks), MASKS)


def _coarsely(build: Callable[[Regions], Floats]) -> Callable[[Regions, int], Floats]:
    return lambda r, _: build(r)


def _head(r: Regions) -> Floats:
    """Return the head without hair: the oval, and its far side where a head is turned."""
    points = np.concatenate([r.points[:468], r.oval]).astype(np.float32)
    return r.fill([np.asarray(cv2.convexHull(points)[:, 0], np.float32)])


def _features(r: Regions) -> Floats:
    parts = (
        r.grow(r.polygons([lm.LIPS_OUTER]), 0.012),
        r.grow(r.small(Region.EYES), 0.022),
        r.grow(r.small(Region.BROWS), 0.012),
        r.grow(r.small(Region.NOSTRILS), 0.008),
    )
    return np.asarray(np.max(parts, axis=0), np.float32)


def _skin(r: Regions) -> Floats:
    """Soft skin of the face: what every tone and texture op works in."""
    solid = r.small(Region.SOLID)
    return r.soften(solid, 0.012) * (1 - r.coarse(2.2, 4.0)) * r.map.bare


def _tone(r: Regions) -> Floats:
    """Return skin up to its very edges: color may be evened there, texture better not."""
    return r.soften(r.small(Region.SOLID), 0.004) * r.map.bare


def _solid(r: Regions) -> Floats:
    """Skin with its marks and highlights filled in, hair and features left out."""
    inside = r.to_hairline * (1 - r.small(Region.FEATURES))
    return fill(r.small(Region.SURE), r.lightness, 0.022 * r.unit) * inside


def _sure(r: Regions) -> Floats:
    """Pixels that look like this person's clean skin; marks and highlights are holes."""
    return r.members(r.to_hairline * (1 - r.small(Region.FEATURES)))


def _neck(r: Regions) -> Floats:
    """Skin below the jaw that the network takes for skin; it knows collars of the same color."""
    jaw = r.points[list(lm.JAW)]
    low = jaw[:, 1].max() + np.float32(0.55 * r.frame.unit)
    inset = np.float32(0.04 * r.frame.unit)
    ends = [[jaw[-1, 0] - inset, low], [jaw[0, 0] + inset, low]]
    shape = np.concatenate([jaw, ends]).astype(np.float32)
    inside = r.fill([shape]) * (1 - r.grow(r.small(Region.HEAD), 0.01)) * _any_skin(r)
    member = close(r.members(inside), 0.01 * r.unit) * inside
    return r.soften(_touching(member, r), 0.02) * (1 - r.coarse(1.6, 2.6)) * r.map.bare


def _any_skin(r: Regions) -> Floats:
    return smoothstep(0.3, 0.6, r.parsing.face_skin + r.parsing.body_skin)


def _touching(member: Floats, r: Regions) -> Floats:
    """Keep what hangs together with the face's edge: a neck does, a collar of its color may not."""
    count, labels = cv2.connectedComponents((member > 0.5).astype(np.uint8), connectivity=4)
    jaw = r.grow(r.small(Region.HEAD), 0.03) > 0.5
    held = np.zeros(count, np.float32)
    held[labels[jaw]] = 1
    held[0] = 0
    return np.asarray(member * held[labels], np.float32)


def _body(r: Regions) -> Floats:
    """Skin of the frame outside face and neck: ears, chest, shoulders, hands."""
    taken = np.maximum(r.grow(r.small(Region.HEAD), 0.01), r.grow(r.small(Region.NECK), 0.005))
    inside = (1 - taken) * r.below(0.0) * _any_skin(r)
    member = close(r.members(inside), 0.015 * r.unit) * inside
    return r.soften(member, 0.02) * (1 - r.coarse(1.8, 3.0)) * r.map.bare


def _irises(r: Regions, factor: int) -> Floats:
    canvas = np.zeros(r.frame.size if factor == 1 else r.size, np.uint8)
    for names in (lm.RIGHT_IRIS, lm.LEFT_IRIS):
        rim = r.points[list(names)] / factor
        center = rim.mean(0)
        radius = float(np.linalg.norm(rim - center, axis=1).mean())
        at = round(float(center[0] - 0.5) * 16), round(float(center[1] - 0.5) * 16)
        cv2.circle(canvas, at, round(radius * 16), 255, -1, cv2.LINE_AA, 4)
    return canvas.astype(np.float32) * np.float32(1 / 255) * _eyes(r, factor) * _free(r, factor)


def _eyes(r: Regions, factor: int) -> Floats:
    return r.polygons([lm.RIGHT_EYE, lm.LEFT_EYE], factor)


def _mouth(r: Regions, factor: int) -> Floats:
    return r.polygons([lm.LIPS_INNER], factor) * _free(r, factor)


def _lips(r: Regions, factor: int) -> Floats:
    return r.polygons([lm.LIPS_OUTER], factor) * (1 - _mouth(r, factor)) * _free(r, factor)


def _lip_color(r: Regions, factor: int) -> Floats:
    """Return the lips to their very edge, without what shows between them."""
    mask = r.fill([r.mouth.outer], factor)
    lab, unit = (r.frame.lab, r.frame.unit) if factor == 1 else (r.lab, r.unit)
    box = around(mask).grow(round(0.02 * unit)).clip(mask.shape[1], mask.shape[0])
    hole = None if r.mouth.opening is None else r.fill([r.mouth.opening], factor)[box.slices]
    mask[box.slices] = lip_color(lab[box.slices], mask[box.slices], hole, unit)
    return mask * _at(factor, r.seen.bare)


def _lids(r: Regions, factor: int) -> Floats:
    """Return the lids; the far eye's fade where they turn away from the camera."""
    turned = enlarge(smoothstep(0.05, 0.3, r.chart.facing), r.frame.lab)
    bare = lids_bare(r.lids, r.open_eyes, r.frame.lab, r.frame.unit)
    return _at(factor, beside(bare * turned * r.seen.bare, r.open_eyes, r.frame.unit))


def _lash_lines(r: Regions, factor: int) -> Floats:
    unit = r.frame.unit
    lines = off_the_eyeball(lash_lines(r.eyes, unit, r.frame.size), r.open_eyes, unit)
    return _at(factor, uncovered(lines, r.frame.lab, unit) * r.seen.bare)


def _brow_hair(r: Regions, factor: int) -> Floats:
    light = r.frame.lab[..., 0]
    hair = brow_hair(r[Region.BROWS], light, r.skin.lab[0], r.frame.unit)
    return _at(factor, hair * r.seen.free_brows)


def _free(r: Regions, factor: int) -> Floats:
    return _at(factor, r.seen.free)


def _at(factor: int, mask: Floats) -> Floats:
    return mask if factor == 1 else shrink(mask, factor)


def _brows(r: Regions, factor: int) -> Floats:
    return r.polygons([lm.RIGHT_BROW, lm.LEFT_BROW], factor)


def _scleras(r: Regions) -> Floats:
    """Return the open eye without the iris, fading toward the lids and the corners."""
    iris = r.grow(r.small(Region.IRISES), 0.004)
    eyes = r.small(Region.EYES)
    return gaussian(eyes, 0.003 * r.unit) * eyes * (1 - iris) * _free(r, r.factor)


def _sharp(r: Regions) -> Floats:
    """Return what may be sharpened: eyes with lashes, brows and lips; never skin."""
    parts = (
        r.grow(r.small(Region.EYES), 0.018),
        r.grow(r.small(Region.BROWS), 0.004),
        r.polygons([lm.LIPS_OUTER]),
    )
    together = np.asarray(np.max(parts, axis=0), np.float32)
    brows = r.small(Region.BROWS) * _at(r.factor, r.seen.free_brows)
    free = np.maximum(_free(r, r.factor), brows)
    return np.asarray(gaussian(together, 0.006 * r.unit) * together * free, np.float32)


def _on_skin(groups: Iterable[Sequence[int]], feather: float) -> Callable[[Regions], Floats]:
    outlines = tuple(tuple(group) for group in groups)

    def build(r: Regions) -> Floats:
        return r.soften(r.hulls(outlines), feather) * r.small(Region.SKIN)

    return build


def _under_eyes(r: Regions) -> Floats:
    return under_eyes(r, r.eyes, r.open_eyes, r.map) * (1 - r.strands)


MASKS: Final[Builders] = MappingProxyType(
    {
        **{
            region: Builder(draw, sharp=True)
            for region, draw in {
                Region.LIPS: _lips,
                Region.LIP_COLOR: _lip_color,
                Region.LIDS: _lids,
                Region.LASH_LINES: _lash_lines,
                Region.BROW_HAIR: _brow_hair,
                Region.MOUTH: _mouth,
                Region.EYES: _eyes,
                Region.IRISES: _irises,
                Region.BROWS: _brows,
            }.items()
        },
        **{
            region: Builder(_coarsely(build))
            for region, build in {
                Region.SKIN: _skin,
                Region.SURE: _sure,
                Region.SOLID: _solid,
                Region.TONE: _tone,
                Region.NECK: _neck,
                Region.BODY: _body,
                Region.NOSTRILS: lambda r: r.hulls(lm.NOSTRILS),
                Region.UNDER_EYES: _under_eyes,
                Region.FOREHEAD: furrows.forehead,
                Region.FROWN: furrows.frown,
                Region.CROWS_FEET: furrows.crows_feet,
                Region.SMILE_LINES: furrows.smile_lines,
                Region.CHEEKS: _on_skin(lm.CHEEKS, 0.03),
                Region.FEATURES: _features,
                Region.HEAD: _head,
                Region.SCLERAS: _scleras,
                Region.SHARP: _sharp,
                **TERRAIN,
            }.items()
        },
    }
)
"""How each mask is made."""
