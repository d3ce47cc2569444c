"""The masks of one face's parts, each made when first asked for and kept.

Every mask is height × width float32, 0..1, and exactly 0 outside. `masks.py` says how each is made.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from threading import RLock
from typing import Final, Self
from weakref import proxy

import numpy as np

from freckle.analysis import landmarks as lm
from freckle.analysis.chart import Chart, chart
from freckle.analysis.creases import Creases, creases, strands
from freckle.analysis.face_map import FaceMap
from freckle.analysis.frame import Frame
from freckle.analysis.grid import Grid
from freckle.analysis.lids import Eye, Lids, eyes, lids
from freckle.analysis.mouth import Mouth, trace
from freckle.analysis.parsing import Parsing
from freckle.analysis.places import around, brow_hair
from freckle.analysis.relief import Relief, relief
from freckle.analysis.skin import Cues, Skin, close, cues, learn, membership
from freckle.analysis.toning import colorless
from freckle.analysis.visibility import Seen, see
from freckle.geometry import Box, Points
from freckle.photo import Photo
from freckle.pixels.color import Floats
from freckle.pixels.distance import distance
from freckle.pixels.filters import enlarge, smoothstep
from freckle.pixels.threads import ahead

EARS: Final = 0.12
"""How far ears and the real hairline may lie outside the mesh, in face widths."""
FEWEST: Final = 0.004
"""Area of cheeks, in squares of the face's width, that is enough to learn a skin from."""


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
    SCLERAS = "scleras"
    SHARP = "sharp"
    LIP_COLOR = "lip_color"
    LIDS = "lids"
    LASH_LINES = "lash_lines"
    BROW_HAIR = "brow_hair"
    FLESH = "flesh"
    LIT = "lit"
    SHEEN = "sheen"
    SHAVED = "shaved"
    POWDER = "powder"
    LENSES = "lenses"
    STRANDS = "strands"
    FUZZ = "fuzz"
    FOLDS = "folds"
    NEAR_HAIR = "near_hair"
    THROAT = "throat"
    BUST = "bust"


@dataclass(frozen=True, slots=True)
class Builder:
    """How a mask is drawn: by `draw(regions, factor)`, on the grid of so many frame pixels a step.

    A `sharp` one is drawn at the frame's own resolution, too; others are enlarged.
    """

    draw: "Callable[[Regions, int], Floats]"
    sharp: bool = False


Builders = Mapping[Region, Builder]


class Regions(Grid):
    """A face's masks and what they are made from.

    Masks are built on the coarse grid; eyes, brows and mouth, whose edges are sharp, at the
    frame's own resolution. Who asks for one in the making waits for it; none is made of itself.
    """

    def __init__(self, photo: Photo, frame: Frame, landmarks: Points, builders: Builders) -> None:
        """Take a photo's frame, the landmarks in its pixels (478 × 3), and how masks are made."""
        super().__init__(frame, landmarks)
        self._builders = builders
        self.mesh = landmarks
        self._photo = photo
        self._masks: dict[Region, Floats] = {}
        self._full: dict[Region, Floats] = {}
        self._boxes: dict[Region, Box] = {}
        self._making = {region: RLock() for region in Region}

    @property
    def own(self) -> Self:
        """Itself, for what it keeps: held weakly, else its arrays outlive it until a collection."""
        mine: Self = proxy(self)
        return mine

    def begin(self, wanted: Iterable[Region]) -> None:
        """Make masks on the coarse grid beside what follows."""
        ahead(lambda: [self.small(region) for region in wanted])

    def __getitem__(self, region: Region) -> Floats:
        """Return a mask of the frame's size."""
        with self._making[region]:
            if region not in self._full:
                build = self._builders[region]
                if build.sharp:
                    mask = build.draw(self, 1)
                else:
                    mask = enlarge(self.small(region), self.frame.lab)
                mask.flags.writeable = False
                self._full[region] = mask
        return self._full[region]

    def small(self, region: Region) -> Floats:
        """Return a mask on the coarse grid (`factor` frame pixels a step)."""
        with self._making[region]:
            if region not in self._masks:
                mask = self._builders[region].draw(self, self.factor)
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
    def witnessed(self) -> Parsing:
        """What a network tells apart around the face, before the mesh has its say."""
        return Parsing.of(self._photo, self.frame, self.points, self.size)

    @cached_property
    def parsing(self) -> Parsing:
        """What a network tells apart around the face."""
        seen = self.witnessed
        return seen.within(self.small(Region.HEAD), 1 - smoothstep(-0.1, -0.04, self.outside))

    @cached_property
    def outside(self) -> Floats:
        """How far each place is outside the head, in face widths; inside below 0."""
        return self.beyond(self.small(Region.HEAD))

    @cached_property
    def to_hairline(self) -> Floats:
        """The face up to the real hairline, ears with it."""
        return np.asarray(self.grow(self.small(Region.HEAD), EARS) * self.facial, np.float32)

    @cached_property
    def map(self) -> FaceMap:
        """What lies where."""
        sure = self.members(self.facial) * smoothstep(0.45, 0.65, self.facial)
        brows = brow_hair(self.small(Region.BROWS), self.light, self.skin.lab[0], self.unit)
        return FaceMap(self.own, self.parsing, self.skin, self._cues, sure, brows)

    @cached_property
    def seen(self) -> Seen:
        """What of the lips and of each eye is seen, and where nothing lies before them."""
        return see(self.own, self.parsing, self.skin.lab[0])

    @cached_property
    def facial(self) -> Floats:
        """Return the face's own skin as the network sees it, eyes and lips with it."""
        return smoothstep(0.25, 0.55, self.parsing.face_skin)

    @cached_property
    def skin(self) -> Skin:
        """This person's skin."""
        free = self.facial * (1 - self.small(Region.FEATURES))
        cheeks, forehead = self.hulls(lm.CHEEKS) * free, self.hulls([lm.BROW_CENTER]) * free
        if float(cheeks.sum()) < FEWEST * self.unit**2:  # behind a mask or a hand
            cheeks = free
        return learn(self._cues, self.lab, cheeks, forehead)

    @cached_property
    def mouth(self) -> Mouth:
        """The lips' outlines, exact to the picture's own edges."""
        return trace(self.frame.lab, self.points, self.frame.unit)

    @cached_property
    def chart(self) -> Chart:
        """Where each pixel lies on the face itself, on the coarse grid."""
        return chart(self.mesh / np.float32(self.factor), self.size)

    @cached_property
    def relief(self) -> Relief:
        """Which way the face and what is around it looks, and how near it is; coarse grid."""
        return relief(self.mesh / np.float32(self.factor), self.size, self.unit)

    @cached_property
    def creases(self) -> tuple[Creases, ...]:
        """The creases of face and neck, the widest scale first."""
        parts = (
            self.grow(self.small(Region.EYES), 0.008),
            self.grow(self.polygons([lm.LIPS_OUTER]), 0.006),
            self.small(Region.BROW_HAIR),
            self.small(Region.NOSTRILS),
        )
        # a deep fold is too dark for the map, but it is skin
        free = close(self.map.bare * self.map.uncovered, 0.012 * self.unit)
        free = free * (1 - np.max(parts, axis=0)) * (1 - self.strands)
        return creases(self.light, free, self.unit)

    @cached_property
    def strands(self) -> Floats:
        """Far darker than the skin around, as lashes, hairs and rims are: 0..1."""
        return strands(self.lab, self.map.skin * self.map.uncovered, self.unit)

    @cached_property
    def from_eyes(self) -> Floats:
        """How far each place is from what shows between the lids, in face widths."""
        away = distance((self.small(Region.EYES) <= 0.5).astype(np.uint8))
        return np.asarray(away / np.float32(self.unit), np.float32)

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
        """Whether the face is black-and-white or toned: makeup then is only lighter or darker."""
        return colorless(self.lab, self.small(Region.HEAD), self.unit)

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
