"""Soft masks of a face's parts, in its frame.

Places come from the landmarks; what is skin there is learnt from the person's own cheeks, never
from a rule about color. Every mask is height × width float32, 0..1, and exactly 0 outside.
"""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import cached_property
from threading import RLock
from typing import Final

import cv2
import numpy as np

from freckle.analysis import landmarks as lm
from freckle.analysis.chart import Chart, chart
from freckle.analysis.frame import Frame
from freckle.analysis.grid import Grid
from freckle.analysis.lids import Eye, Lids, eyes, lash_lines, lids
from freckle.analysis.mouth import Mouth, lip_color, trace
from freckle.analysis.places import around, brow_hair, lids_bare, off_the_eyeball, uncovered
from freckle.analysis.skin import Cues, Skin, close, cues, fill, learn, membership
from freckle.geometry import Box, Points
from freckle.pixels.color import Floats
from freckle.pixels.filters import enlarge, gaussian, shrink, smoothstep
from freckle.pixels.threads import ahead

TONED: Final = 1.6
"""Standard deviation of a* and b* over a face below which a photo has no colors of its own."""


class Region(StrEnum):
    """A part of a person that an op works in."""

    SKIN = "skin"
    TONE = "tone"
    SURE = "sure"
    SOLID = "solid"
    NECK = "neck"
    BODY = "body"
    LIPS = "lips"
    MOUTH = "mouth"
    EYES = "eyes"
    IRISES = "irises"
    BROWS = "brows"
    NOSTRILS = "nostrils"
    UNDER_EYES = "under_eyes"
    FOREHEAD = "forehead"
    FROWN = "frown"
    CROWS_FEET = "crows_feet"
    SMILE_LINES = "smile_lines"
    CHEEKS = "cheeks"
    FEATURES = "features"
    HEAD = "head"
    GLOW = "glow"
    BEARD_SKIN = "beard_skin"
    SCLERAS = "scleras"
    SHARP = "sharp"
    LIP_COLOR = "lip_color"
    ROUGE = "rouge"
    LIDS = "lids"
    LASH_LINES = "lash_lines"
    BROW_HAIR = "brow_hair"


class Regions(Grid):
    """The masks of one face, each made when first asked for and kept.

    Masks are built on the coarse grid; eyes, brows and mouth, whose edges are sharp, at the
    frame's own resolution. Who asks for one in the making waits for it; none is made of itself.
    """

    def __init__(self, frame: Frame, landmarks: Points) -> None:
        """Take a frame and the landmarks in its pixels (478 × 2 or 3)."""
        super().__init__(frame, landmarks)
        self.mesh = landmarks
        self._masks: dict[Region, Floats] = {}
        self._full: dict[Region, Floats] = {}
        self._boxes: dict[Region, Box] = {}
        self._making = {region: RLock() for region in Region}

    def begin(self, wanted: Iterable[Region]) -> None:
        """Make masks on the coarse grid beside what follows."""
        ahead(lambda: [self.small(region) for region in wanted])

    def __getitem__(self, region: Region) -> Floats:
        """Return a mask of the frame's size."""
        with self._making[region]:
            if region not in self._full:
                draw = _SHARP.get(region)
                mask = draw(self, 1) if draw else enlarge(self.small(region), self.frame.lab)
                mask.flags.writeable = False
                self._full[region] = mask
        return self._full[region]

    def small(self, region: Region) -> Floats:
        """Return a mask on the coarse grid (`factor` frame pixels a step)."""
        with self._making[region]:
            if region not in self._masks:
                build = _BUILDERS.get(region)
                mask = build(self) if build else _SHARP[region](self, self.factor)
                mask = np.minimum(np.ascontiguousarray(mask, np.float32), 1)  # blurs overshoot
                mask.flags.writeable = False
                self._masks[region] = mask
        return self._masks[region]

    def bounds(self, region: Region) -> Box:
        """Return the box of the frame outside of which a mask is 0."""
        height, width = self.frame.size
        box, step = self.small_bounds(region).grow(1), self.factor
        large = Box(box.left * step, box.top * step, box.right * step, box.bottom * step)
        return large.clip(width, height)

    def small_bounds(self, region: Region) -> Box:
        """Return the box of the coarse grid outside of which a mask is 0; empty when all is."""
        if region not in self._boxes:
            self._boxes[region] = around(self.small(region))
        return self._boxes[region]

    @cached_property
    def skin(self) -> Skin:
        """This person's skin."""
        cheeks = self.hulls(lm.CHEEKS) * (1 - self.small(Region.FEATURES))
        return learn(self._cues, self.lab, cheeks, self.hulls([lm.BROW_CENTER]))

    @cached_property
    def mouth(self) -> Mouth:
        """The lips' outlines, exact to the picture's own edges."""
        return trace(self.frame.lab, self.points, self.frame.unit)

    @cached_property
    def chart(self) -> Chart:
        """Where each pixel lies on the face itself, on the coarse grid."""
        return chart(self.mesh / np.float32(self.factor), self.size)

    @cached_property
    def lids(self) -> Lids:
        """Where each pixel lies on the lids, at the frame's resolution."""
        return lids(self.mesh, self.eyes, self.frame.size)

    @cached_property
    def eyes(self) -> tuple[Eye, Eye]:
        """The edges of the lids, in frame points: the right eye, the left one."""
        return eyes(self.mesh, self.frame.lab[..., 0], self.frame.unit)

    @cached_property
    def open_eyes(self) -> Floats:
        """What shows between the lids, to the picture's own edge; at the frame's resolution."""
        return self.fill([eye.opening for eye in self.eyes], 1)

    @cached_property
    def colorless(self) -> bool:
        """Whether the face is black-and-white, toned or not: makeup then is only lighter or darker.

        Hue and chroma of a toned photo hardly stray from one value, those of any face do.
        """
        chroma = self.lab[..., 1:][self.small(Region.HEAD) > 0.5]
        return len(chroma) == 0 or float(chroma.std(axis=0).max()) < TONED

    @cached_property
    def _cues(self) -> Cues:
        return cues(self.log_rgb, self.lab, self.small(Region.HEAD), self.unit)

    @property
    def lightness(self) -> Floats:
        """L* on the coarse grid, without grain."""
        return self._cues.lightness

    def members(self, inside: Floats, reach: float = 10.0) -> Floats:
        """Return how surely each pixel under a coarse mask is this person's skin."""
        box = around(inside).grow(2).clip(inside.shape[1], inside.shape[0])
        found = np.zeros_like(inside)
        if not box.empty:
            seen = self._cues.within(box)
            found[box.slices] = membership(seen, self.skin, inside[box.slices], self.unit, reach)
        return found

    def coarse(self, low: float, high: float) -> Floats:
        """Return 0..1 where fine contrast exceeds multiples of the cheeks' own: hair, beard."""
        grain = self.skin.grain
        return smoothstep(low * grain + 1.5, high * grain + 3, self._cues.grain)


def _head(r: Regions) -> Floats:
    return r.fill([r.oval])


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
    return r.soften(solid, 0.012) * (1 - r.coarse(2.2, 4.0))


def _tone(r: Regions) -> Floats:
    """Return skin up to its very edges: color may be evened there, texture better not."""
    return r.soften(r.small(Region.SOLID), 0.004)


def _solid(r: Regions) -> Floats:
    """Skin with its marks and highlights filled in, hair and features left out."""
    inside = r.small(Region.HEAD) * (1 - r.small(Region.FEATURES))
    return fill(r.small(Region.SURE), r.lightness, 0.022 * r.unit) * inside


def _sure(r: Regions) -> Floats:
    """Pixels that look like this person's clean skin; marks and highlights are holes."""
    return r.members(r.small(Region.HEAD) * (1 - r.small(Region.FEATURES)))


def _neck(r: Regions) -> Floats:
    """Skin below the jaw, of nearly the face's own color: collars and shirts are not."""
    jaw = r.points[list(lm.JAW)]
    low = jaw[:, 1].max() + np.float32(0.55 * r.frame.unit)
    inset = np.float32(0.04 * r.frame.unit)
    ends = [[jaw[-1, 0] - inset, low], [jaw[0, 0] + inset, low]]
    shape = np.concatenate([jaw, ends]).astype(np.float32)
    inside = r.fill([shape]) * (1 - r.grow(r.small(Region.HEAD), 0.01))
    member = close(r.members(inside, reach=5.0), 0.01 * r.unit) * inside
    return r.soften(_touching(member, r), 0.02) * (1 - r.coarse(1.6, 2.6))


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
    inside = (1 - taken) * r.below(0.0)
    member = close(r.members(inside, reach=6.0), 0.015 * r.unit) * inside
    return r.soften(member, 0.02) * (1 - r.coarse(1.8, 3.0))


def _irises(r: Regions, factor: int) -> Floats:
    canvas = np.zeros(r.frame.size if factor == 1 else r.size, np.uint8)
    for names in (lm.RIGHT_IRIS, lm.LEFT_IRIS):
        rim = r.points[list(names)] / factor
        center = rim.mean(0)
        radius = float(np.linalg.norm(rim - center, axis=1).mean())
        at = round(float(center[0] - 0.5) * 16), round(float(center[1] - 0.5) * 16)
        cv2.circle(canvas, at, round(radius * 16), 255, -1, cv2.LINE_AA, 4)
    return canvas.astype(np.float32) * np.float32(1 / 255) * _eyes(r, factor)


def _eyes(r: Regions, factor: int) -> Floats:
    return r.polygons([lm.RIGHT_EYE, lm.LEFT_EYE], factor)


def _mouth(r: Regions, factor: int) -> Floats:
    return r.polygons([lm.LIPS_INNER], factor)


def _lips(r: Regions, factor: int) -> Floats:
    return r.polygons([lm.LIPS_OUTER], factor) * (1 - _mouth(r, factor))


def _lip_color(r: Regions, factor: int) -> Floats:
    """Return the lips to their very edge, without what shows between them."""
    mask = r.fill([r.mouth.outer], factor)
    lab, unit = (r.frame.lab, r.frame.unit) if factor == 1 else (r.lab, r.unit)
    box = around(mask).grow(round(0.02 * unit)).clip(mask.shape[1], mask.shape[0])
    hole = None if r.mouth.opening is None else r.fill([r.mouth.opening], factor)[box.slices]
    mask[box.slices] = lip_color(lab[box.slices], mask[box.slices], hole, unit)
    return mask


def _rouge(r: Regions) -> Floats:
    """Return skin that looks at the camera; it fades where the face turns away or the mesh ends."""
    known = r.soften((r.chart.facing > 0).astype(np.float32), 0.05)
    return r.small(Region.SKIN) * smoothstep(0.1, 0.5, r.chart.facing) * known


def _lids(r: Regions, factor: int) -> Floats:
    return _at(factor, lids_bare(r.lids, r.open_eyes, r.frame.lab, r.frame.unit))


def _lash_lines(r: Regions, factor: int) -> Floats:
    unit = r.frame.unit
    lines = off_the_eyeball(lash_lines(r.eyes, unit, r.frame.size), r.open_eyes, unit)
    return _at(factor, uncovered(lines, r.frame.lab, unit))


def _brow_hair(r: Regions, factor: int) -> Floats:
    light = r.frame.lab[..., 0]
    return _at(factor, brow_hair(r[Region.BROWS], light, r.skin.lab[0], r.frame.unit))


def _at(factor: int, mask: Floats) -> Floats:
    return mask if factor == 1 else shrink(mask, factor)


def _brows(r: Regions, factor: int) -> Floats:
    return r.polygons([lm.RIGHT_BROW, lm.LEFT_BROW], factor)


def _glow(r: Regions) -> Floats:
    """Return the face with its features, fading before hairline and jaw: where light falls."""
    return r.soften(r.small(Region.HEAD) * (1 - r.coarse(4.0, 8.0)), 0.05)


def _beard_skin(r: Regions) -> Floats:
    """Where stubble shows; a grown beard is too coarse to count."""
    lips = r.grow(r.polygons([lm.LIPS_OUTER]), 0.012)
    zone = r.hulls([lm.BEARD]) * (1 - lips) * r.small(Region.HEAD)
    return r.soften(zone, 0.02) * (1 - r.coarse(4.0, 7.0))


def _scleras(r: Regions) -> Floats:
    """Return the open eye without the iris, fading toward the lids and the corners."""
    iris = r.grow(r.small(Region.IRISES), 0.004)
    return gaussian(r.small(Region.EYES), 0.003 * r.unit) * r.small(Region.EYES) * (1 - iris)


def _sharp(r: Regions) -> Floats:
    """Return what may be sharpened: eyes with lashes, brows and lips; never skin."""
    parts = (
        r.grow(r.small(Region.EYES), 0.018),
        r.grow(r.small(Region.BROWS), 0.004),
        r.polygons([lm.LIPS_OUTER]),
    )
    together = np.asarray(np.max(parts, axis=0), np.float32)
    return gaussian(together, 0.006 * r.unit) * together


def _on_skin(groups: Iterable[Sequence[int]], feather: float) -> Callable[[Regions], Floats]:
    outlines = tuple(tuple(group) for group in groups)

    def build(r: Regions) -> Floats:
        return r.soften(r.hulls(outlines), feather) * r.small(Region.SKIN)

    return build


def _under_eyes(r: Regions) -> Floats:
    shape = r.soften(r.polygons(lm.UNDER_EYES), 0.02)
    lashes = r.grow(r.small(Region.EYES), 0.012)
    return shape * (1 - lashes) * close(r.small(Region.SURE), 0.03 * r.unit)


def _forehead(r: Regions) -> Floats:
    brows = r.points[list(lm.RIGHT_BROW[:5]) + list(lm.LEFT_BROW[4::-1])]
    half = len(lm.FACE_OVAL)
    top = np.concatenate([r.oval[half - 4 :], r.oval[:5]])[::-1]
    shape = np.concatenate([brows, top]).astype(np.float32)
    return r.soften(r.fill([shape]), 0.03) * r.small(Region.SKIN)


_SHARP: Final[dict[Region, Callable[[Regions, int], Floats]]] = {
    Region.LIPS: _lips,
    Region.LIP_COLOR: _lip_color,
    Region.LIDS: _lids,
    Region.LASH_LINES: _lash_lines,
    Region.BROW_HAIR: _brow_hair,
    Region.MOUTH: _mouth,
    Region.EYES: _eyes,
    Region.IRISES: _irises,
    Region.BROWS: _brows,
}
_BUILDERS: Final[dict[Region, Callable[[Regions], Floats]]] = {
    Region.SKIN: _skin,
    Region.ROUGE: _rouge,
    Region.SURE: _sure,
    Region.SOLID: _solid,
    Region.TONE: _tone,
    Region.NECK: _neck,
    Region.BODY: _body,
    Region.NOSTRILS: lambda r: r.hulls(lm.NOSTRILS),
    Region.UNDER_EYES: _under_eyes,
    Region.FOREHEAD: _forehead,
    Region.FROWN: _on_skin([lm.FROWN], 0.02),
    Region.CROWS_FEET: _on_skin(lm.CROWS_FEET, 0.02),
    Region.SMILE_LINES: _on_skin(lm.SMILE_LINES, 0.025),
    Region.CHEEKS: _on_skin(lm.CHEEKS, 0.03),
    Region.FEATURES: _features,
    Region.HEAD: _head,
    Region.GLOW: _glow,
    Region.BEARD_SKIN: _beard_skin,
    Region.SCLERAS: _scleras,
    Region.SHARP: _sharp,
}
