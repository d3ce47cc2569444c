"""The people before another ground: one program for the file and for the screen.

The people's alpha belongs to the unedited photo, so it is reshaped as the picture was. Where it is
whole, pixels are not written; elsewhere the people's own color is told from the ground's, and both
are mixed in linear light.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import cv2
import numpy as np

from freckle.analysis.matte import PEAK, Matte
from freckle.codec.channels import as_pixels
from freckle.codec.formats import BY_NAME as FORMATS
from freckle.errors import OutputError
from freckle.geometry import Box
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Edge, Finish, Shadow
from freckle.photo import Pixels
from freckle.pixels.color import Floats, to_light
from freckle.pixels.mixture import Mixture
from freckle.pixels.place import Place
from freckle.pixels.threads import together
from freckle.recipe.recipe import Recipe, Step
from freckle.render.grade import Bath, light_of
from freckle.render.ground import Backdrop, Defocus, Ground, cells_of
from freckle.render.picture import Picture
from freckle.render.resample import apply
from freckle.render.reshape import Warp
from freckle.render.shadow import shaded

WHOLE: Final = round(PEAK * 254.5 / 255)
"""Alpha from which a pixel is wholly people's, as files of 8 bits say it: its color stays."""
WRAP: Final = 0.008
"""How far light of the new ground falls on people, in widths of the picture."""
LIT: Final = 0.6
"""Share of the new ground's light that the very edge gets when all is asked for."""


@dataclass(frozen=True, slots=True)
class Finished:
    """One step that gives the people another ground, and how far (0..1) it works."""

    step: Step
    op: Finish[Any]
    opacity: float

    @property
    def edge(self) -> Edge:
        """How the people's edge is treated."""
        return self.op.edge(self.step.edit)

    @property
    def clear(self) -> bool:
        """Whether the ground goes and nothing comes."""
        return self.op.clear(self.step.edit)

    @property
    def cleaning(self) -> tuple[float, float]:
        """How far the light of the real ground is evened, and its marks are taken out, 0..1."""
        even, marks = self.op.clean(self.step.edit)
        return self.opacity * even, self.opacity * marks

    @property
    def cleans(self) -> bool:
        """Whether the real ground stays and is cleaned, which `clean` does."""
        return any(self.cleaning)

    @property
    def shadow(self) -> Shadow | None:
        """What the people throw on the new ground; None: nothing."""
        found = self.op.shadow(self.step.edit)
        return found if found.opacity > 0 or found.contact > 0 else None

    def reach(self, place: Place) -> int:
        """Return how many pixels of a view it looks around one."""
        edge, reach = self.edge, 0
        for length in (abs(edge.shift), 2 * edge.softness, WRAP if edge.wrap else 0):
            reach += int(np.ceil(length * place.unit)) + 2 if length else 0
        radius = self.op.blur(self.step.edit) * place.unit
        if radius > 0:
            cell, cells = cells_of(radius)
            reach += (cells + 3) * cell
        return reach


def finishes_of(recipe: Recipe) -> tuple[Finished, ...]:
    """Return the steps of a recipe that give people another ground, in order."""
    found = []
    for step in recipe.steps:
        op = BY_NAME[step.edit.op]
        if isinstance(op, Finish) and not step.idle:
            opacity = recipe.opacity(step)
            if opacity > 0:
                found.append(Finished(step, op, opacity))
    return tuple(found)


def clears(recipe: Recipe) -> bool:
    """Whether a recipe makes a picture transparent."""
    return any(each.clear for each in finishes_of(recipe))


def check_holds(recipe: Recipe, target: str) -> None:
    """Refuse a file format that cannot hold what a recipe makes. Raises `OutputError`."""
    known = FORMATS.get(target)
    if known is not None and known.opaque and clears(recipe):
        raise OutputError(
            f"{target.upper()} cannot be transparent, as a picture without its background is.",
            "Choose PNG, WebP, TIFF or AVIF, or give the background a color.",
        )


def reach_of(finishes: Sequence[Finished], place: Place) -> int:
    """Return how many pixels of a view the steps look around one, all together."""
    return sum(each.reach(place) for each in finishes)


def cut_out(picture: Picture, alpha: Pixels, warps: Sequence[Warp]) -> Pixels:
    """Return the people's alpha (of the unedited photo, as large as the picture) after warps."""
    if not warps:
        return alpha
    moved = Picture(
        as_pixels(alpha.copy()), picture.photo, picture.cut, picture.original, picture.pyramid
    )
    for warp in warps:
        apply(moved, warp)
    return moved.pixels


def finish(
    picture: Picture,
    finishes: Sequence[Finished],
    matte: Matte,
    alpha: Pixels,
    small: Callable[[], Pixels],
) -> None:
    """Do steps that lay another ground on a picture, in place: its pixels, and its transparency.

    `alpha` is the people's on the picture, 0..65535, `small` returns it for the whole photo,
    reduced to at most `shadow.SIDE` pixels.
    """
    picture.own()
    for each in finishes:
        laying = Laying.of(picture, each, matte, alpha, small)
        together(partial(laying.work, tile) for tile in picture.tiles(picture.whole))


@dataclass(frozen=True, slots=True, eq=False)
class Laying:
    """One step at work on a picture."""

    picture: Picture
    finished: Finished
    matte: Matte
    alpha: Pixels
    glow: Pixels | None
    """How near the ground is, 0..65535, where its light falls on people."""
    ground: Ground | None
    bath: Bath
    table: Floats

    @classmethod
    def of(
        cls,
        picture: Picture,
        finished: Finished,
        matte: Matte,
        alpha: Pixels,
        small: Callable[[], Pixels],
    ) -> "Laying":
        """Prepare for a picture; see `finish`."""
        edge, unit = finished.edge, picture.place.unit
        alpha, photo = _edged(alpha, edge, unit), picture.photo
        near = _blurred(as_pixels(PEAK - alpha), WRAP * unit) if edge.wrap else None
        table = light_of(photo.space, photo.peak)
        if finished.clear and picture.alpha is None:
            size = picture.pixels.shape[:2]
            picture.alpha = as_pixels(np.full(size, photo.peak, picture.pixels.dtype))
        ground = _ground(picture, finished, alpha, table)
        if ground is not None and finished.shadow is not None:
            ground = shaded(ground, picture, finished.shadow, small())
        # a ground has no grain that hides the steps of 8 bits
        bath = Bath.of(photo, (), picture.place, smooth=ground is not None)
        return cls(picture, finished, matte, alpha, near, ground, bath, table)

    def work(self, tile: Box) -> None:
        """Do one tile (coordinates of `from_photo`)."""
        box = self.picture.inside(tile)
        part = _moved(box, self.picture.corner)
        alpha = self.alpha[box.slices]
        touched = alpha < WHOLE
        if self.glow is not None:
            touched = touched | (self.glow[box.slices] > 0)
        if not touched.any():
            return
        stored = self.picture.pixels[box.slices]
        light = self.table[stored]
        share, front, behind = self._people(tile, part, alpha, light)
        if self.ground is None:
            new = np.where((alpha == 0)[..., None], behind, front)
            self._clear(box, alpha)
        else:
            new = self._mixed(self.ground(tile, part, light), share, front, box)
            new = light + np.float32(self.finished.opacity) * (new - light)
        stored[touched] = self.bath.stored(new, (part.left, part.top))[touched]

    def _people(self, tile: Box, part: Box, alpha: Pixels, light: Floats) -> Any:
        """Return the people's share of the light, their own light, and what is behind them."""
        mixed = (alpha > 0) & (alpha < WHOLE)
        share = (alpha >= WHOLE).astype(np.float32)
        front, behind = light.copy(), light
        if not (mixed.any() or self.ground is None):
            return share, front, behind
        fronts, backs = self.matte.colors(self.picture.to_photo(tile), (tile.width, tile.height))
        inner = part.within(tile).slices
        space = self.picture.photo.space
        if self.ground is None:
            behind = to_light(fronts[inner], space)
        if mixed.any():
            values = alpha[mixed].astype(np.float32) * np.float32(1 / PEAK)
            own = Mixture.of(fronts[inner][mixed], backs[inner][mixed], values, space)
            share[mixed] = own.share
            front[mixed] = own.cleaned(light[mixed], np.float32(self.finished.edge.clean))
        return share, front, behind

    def _mixed(self, ground: Floats, share: Floats, front: Floats, box: Box) -> Floats:
        """Lay the people's light on the ground's."""
        if self.glow is not None:
            near = self.glow[box.slices].astype(np.float32) * np.float32(1 / PEAK)
            strength = np.float32(LIT * self.finished.edge.wrap)
            front = front + (strength * near)[..., None] * ground * (1 - front)
        return np.asarray(ground + share[..., None] * (front - ground), np.float32)

    def _clear(self, box: Box, alpha: Pixels) -> None:
        """Make the ground transparent, as far as the step works."""
        if self.picture.alpha is None:
            return
        kept = self.picture.alpha[box.slices]
        rest = np.float32(self.finished.opacity) * (PEAK - alpha.astype(np.float32)) / PEAK
        kept[...] = np.rint(kept * (1 - rest))


def _moved(box: Box, by: tuple[int, int]) -> Box:
    return Box(box.left + by[0], box.top + by[1], box.right + by[0], box.bottom + by[1])


def _edged(alpha: Pixels, edge: Edge, unit: float) -> Pixels:
    """Move and soften an edge; lengths are widths of the picture, which has `unit` pixels."""
    steps = round(abs(edge.shift) * unit)
    if steps:
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * steps + 1, 2 * steps + 1))
        moved = cv2.dilate(alpha, disc) if edge.shift > 0 else cv2.erode(alpha, disc)
        alpha = as_pixels(moved)
    return _blurred(alpha, edge.softness * unit) if edge.softness else alpha


def _blurred(alpha: Pixels, radius: float) -> Pixels:
    """Average twice over squares, rounded each time: the same wherever a picture begins."""
    side = 2 * round(radius / 2) + 1
    for _ in range(2):
        alpha = as_pixels(cv2.blur(alpha, (side, side), borderType=cv2.BORDER_REPLICATE))
    return alpha


def _ground(picture: Picture, finished: Finished, alpha: Pixels, table: Floats) -> Ground | None:
    op, params = finished.op, finished.step.edit
    if finished.clear:
        return None
    radius, image = op.blur(params) * picture.place.unit, op.image(params)
    if radius > 0:
        return Defocus.of(picture, alpha, table, radius)
    if image:
        return Backdrop.of(picture, image)

    def drawn(_tile: Box, part: Box, light: Floats) -> Floats:
        left, top = picture.corner
        box = _moved(part, (-left, -top))
        place = picture.place.part(box.left, box.top, box.right, box.bottom)
        found = op.ground(params, place)
        return light if found is None else found

    return drawn


def alpha_of(picture: Picture) -> Pixels | None:
    """Return how opaque a picture of the photo's own size is, the photo's transparency included."""
    own, photo = picture.alpha, picture.photo
    if photo.alpha is None:
        return own
    before = photo.alpha[picture.cut.box.slices]
    if own is None:
        return before
    return as_pixels(np.rint(own * (before.astype(np.float32) / photo.peak)).astype(own.dtype))
