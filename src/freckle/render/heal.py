"""Replace marks by skin from around them, at the photo's own resolution.

The tone under a mark is inpainted from the skin around it (normalized convolution over a hole that
takes in the mark's whole soft edge); the texture on it is real skin copied from the nearest patch
of the same tone and grain (after the two-layer healing of Georgiev 2004). No donor serves twice.
Marks that are color and no relief, as healed acne and freckles are, keep their own texture.
"""

import hashlib
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.analysis.spot import Spot
from freckle.geometry import Affine, Box
from freckle.photo import Pixels
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, layers, masked_gaussian, smoothstep
from freckle.render.patches import Patch, Patches

HOLE: Final = 2.0
"""Radii that count as mark when the tone around is measured: soft edges end before it."""
FULL: Final = 1.7
FADE: Final = 2.15
"""Radii up to which the fill is whole, and where it has faded out."""
REACH: Final = 6.6
"""Half width of the window in radii: room for donors."""
DONOR_DISTANCES: Final = (3.0, 3.7, 4.4)
DIRECTIONS: Final = 16


OWN: Final = 0.35
"""Size up to which their detail is the skin's, in radii."""


@dataclass(frozen=True, slots=True)
class _Disc:
    x: float
    y: float
    radius: float
    flat: bool = False
    """Whether it is color only: the skin's own relief goes on under it."""


@dataclass(frozen=True, slots=True, eq=False)
class _Window:
    """A part of the photo: pixels 0..peak (float32), and 0..1 maps of what may be used."""

    box: Box
    pixels: Floats
    skin: Floats
    holes: Floats
    kept: Floats


@dataclass(frozen=True, slots=True)
class _Site:
    """Where a mark is replaced, and what lies near: marks that still go, and marks that stay."""

    hole: _Disc
    box: Box
    holes: tuple[_Disc, ...]
    kept: tuple[_Disc, ...]
    used: tuple[_Disc, ...]
    """Donors so near that they cannot serve again."""

    def name(self, pixels: Pixels) -> Hashable:
        """Tell it from all others, by all that its patch is made from."""
        around = hashlib.blake2b(pixels[self.box.slices].tobytes(), digest_size=16)
        return self, around.digest()


def heal(
    pixels: Pixels, scene: Scene, chosen: Sequence[int], patches: Patches | None = None
) -> tuple[Box, ...]:
    """Replace the chosen marks of a writable photo in place; return the boxes that changed.

    `patches` are those of the same scene's marks that were replaced before.
    """
    patches = Patches() if patches is None else patches
    to_photo, scale = scene.frame.to_photo, scene.frame.to_photo.scale
    spots = scene.numbered({*chosen, *scene.held})  # scars are sought for only where they matter
    marks = [_discs(spot, to_photo, scale) for spot in spots]
    holes = [disc for k in chosen for disc in marks[k]]
    # the rim of a faint red mark needs no shield
    own = {
        k
        for k, spot in enumerate(spots)
        if spot.kind != "red" and (k in scene.held or not spot.guess)
    }
    kept = [disc for k in sorted(own.difference(chosen)) for disc in marks[k]]
    used: list[_Disc] = []
    boxes: list[Box] = []
    order = sorted(holes, key=lambda disc: (-disc.radius, disc.y, disc.x))
    for k, hole in enumerate(order):
        site = _site(pixels, hole, (order[k:], kept, used))
        if site is None:
            continue
        name = site.name(pixels)
        patch = patches.get(name)
        if patch is None:
            patch = patches.keep(name, _filled(_open(pixels, scene, site), site, pixels.dtype))
        patch.lay(pixels)
        boxes.append(patch.box)
        if patch.donor is not None:
            used.append(_Disc(*patch.donor))
    return tuple(boxes)


def _discs(spot: Spot, to_photo: Affine, scale: float) -> list[_Disc]:
    places = to_photo(np.array([disc[:2] for disc in spot.discs], np.float32))
    return [
        _Disc(float(x), float(y), max(radius * scale, 1.0), spot.kind == "brown")
        for (x, y), (_, _, radius) in zip(places, spot.discs, strict=True)
    ]


def _site(pixels: Pixels, hole: _Disc, discs: tuple[Sequence[_Disc], ...]) -> _Site | None:
    """Return the surroundings of a mark; `discs` are marks to go, marks to stay, and donors."""
    reach = REACH * hole.radius + 2
    box = Box(
        int(hole.x - reach), int(hole.y - reach), int(hole.x + reach) + 1, int(hole.y + reach) + 1
    ).clip(pixels.shape[1], pixels.shape[0])
    if box.width < 5 or box.height < 5:
        return None
    near = (tuple(d for d in some if _near(d, box)) for some in discs)
    return _Site(hole, box, *near)


def _open(pixels: Pixels, scene: Scene, site: _Site) -> _Window:
    return _Window(
        box=site.box,
        pixels=pixels[site.box.slices].astype(np.float32),
        skin=_skin(scene, site.box),
        holes=_draw(site.holes, site.box, HOLE, HOLE + 0.3),
        kept=_draw(site.kept, site.box, 1.3, 1.8),
    )


def _near(disc: _Disc, box: Box) -> bool:
    reach = FADE * disc.radius
    across = box.left - reach < disc.x < box.right + reach
    return across and box.top - reach < disc.y < box.bottom + reach


def _skin(scene: Scene, box: Box) -> Floats:
    """Return the face's solid skin in a box of the photo."""
    solid = scene.regions.small(Region.SOLID)
    grid = np.diag([scene.regions.factor, scene.regions.factor]).astype(np.float64)
    to_photo = scene.frame.to_photo.matrix
    shift = to_photo[:, 2] - np.array([box.left, box.top])
    matrix = Affine(np.column_stack([to_photo[:, :2] @ grid, shift])).pixel_matrix()
    return np.asarray(
        cv2.warpAffine(solid, matrix, (box.width, box.height), flags=cv2.INTER_LINEAR), np.float32
    )


def _draw(discs: Sequence[_Disc], box: Box, full: float, fade: float) -> Floats:
    canvas = np.zeros((box.height, box.width), np.float32)
    for disc in discs:
        inner = _around(disc, box, fade)
        if inner.empty:
            continue
        part = canvas[inner.within(box).slices]
        np.maximum(part, 1 - smoothstep(full, fade, _distance(disc, inner)), out=part)
    return canvas


def _around(disc: _Disc, box: Box, radii: float) -> Box:
    """Return the part of a box in which a disc of so many radii lies."""
    reach = radii * disc.radius + 1
    left, top = int(max(box.left, disc.x - reach)), int(max(box.top, disc.y - reach))
    right, bottom = int(disc.x + reach) + 1, int(disc.y + reach) + 1
    return Box(left, top, min(box.right, right), min(box.bottom, bottom))


def _distance(disc: _Disc, box: Box) -> Floats:
    down = np.arange(box.top, box.bottom, dtype=np.float32)[:, None] + np.float32(0.5 - disc.y)
    across = np.arange(box.left, box.right, dtype=np.float32) + np.float32(0.5 - disc.x)
    return np.asarray(np.hypot(down, across) / disc.radius, np.float32)


def _filled(window: _Window, site: _Site, dtype: np.dtype[Any]) -> Patch:
    hole = site.hole
    usable = window.skin * (1 - window.holes) * (1 - window.kept)
    tone = membrane(window.pixels, usable, hole.radius)
    texture, donor = _texture(window, usable, hole, site.used)
    distance = _distance(hole, window.box)
    alpha = (1 - smoothstep(FULL, FADE, distance)) * (1 - window.kept)
    alpha = alpha * smoothstep(0.2, 0.8, window.skin)
    inner = _around(hole, window.box, FADE)
    part = inner.within(window.box).slices
    before = window.pixels[part]
    new = before + layers(alpha[part]) * (tone[part] + texture[part] - before)
    done = np.clip(
        np.rint(np.where(alpha[part][..., None] > 0, new, before)), 0, np.iinfo(dtype).max
    )
    return Patch(inner, done.astype(dtype), donor)


def membrane(values: Floats, usable: Floats, radius: float) -> Floats:
    """Carry the tone of usable skin smoothly across the hole, near skin first."""
    tone = masked_gaussian(values, usable, 2.4 * radius, floor=1e-4)
    for share in (1.5, 0.9):
        # the finer estimate counts where enough skin lies within its reach
        near = smoothstep(0.02, 0.25, gaussian(usable, share * radius))
        finer = masked_gaussian(values, usable, share * radius, floor=1e-4)
        tone = tone + layers(near) * (finer - tone)
    return tone


def _texture(
    window: _Window, usable: Floats, hole: _Disc, used: Sequence[_Disc]
) -> tuple[Floats, tuple[float, float, float] | None]:
    """Real texture for the hole, and where it is from: its own if flat, else the best donor's."""
    if hole.flat:
        return window.pixels - gaussian(window.pixels, max(OWN * hole.radius, 0.8)), None
    detail = window.pixels - masked_gaussian(window.pixels, usable, 0.9 * hole.radius)
    donors = _donors(window, usable, detail, hole, used)
    if not donors:
        # nowhere to copy from: the mark's own finest detail is the most honest texture left
        return window.pixels - gaussian(window.pixels, max(0.25 * hole.radius, 1.0)), None
    _, dx, dy, gain = min(donors)
    shift = np.array([[1, 0, -dx], [0, 1, -dy]], np.float64)
    size = (window.box.width, window.box.height)
    moved = cv2.warpAffine(detail, shift, size, flags=cv2.INTER_NEAREST)
    donor = hole.x + dx, hole.y + dy, hole.radius
    return np.asarray(moved * np.float32(gain), np.float32), donor


def _donors(
    window: _Window, usable: Floats, detail: Floats, hole: _Disc, used: Sequence[_Disc]
) -> list[tuple[float, int, int, float]]:
    """Judge places for texture; each is (cost, shift x, shift y, gain)."""
    distance = _distance(hole, window.box)
    ring = (distance > HOLE) & (distance < 3.2)
    weight = usable * ring
    total = float(weight.sum())
    if total < 8:
        return []
    light = window.pixels.mean(axis=2)
    grain = detail.mean(axis=2)
    home = float((light * weight).sum()) / total
    rough = float(np.sqrt((grain * grain * weight).sum() / total))
    found = []
    for dx, dy in _shifts(hole.radius):
        if any(np.hypot(hole.x + dx - d.x, hole.y + dy - d.y) < d.radius for d in used):
            continue
        patch = _Disc(hole.x + dx, hole.y + dy, hole.radius)
        inside = _patch(window.box, patch)
        if inside is None:
            continue
        clean = float(usable[inside].mean())
        if clean < 0.8:
            continue
        level = float(light[inside].mean())
        own = float(np.sqrt((grain[inside] ** 2).mean()))
        gain = float(np.clip(rough / max(own, 1e-3), 0.75, 1.25))
        cost = abs(level - home) / max(home, 1.0) + abs(np.log(max(own, 1e-3) / max(rough, 1e-3)))
        found.append((float(cost) + 6 * (1 - clean), dx, dy, gain))
    return found


def _shifts(radius: float) -> list[tuple[int, int]]:
    angles = np.arange(DIRECTIONS) * (2 * np.pi / DIRECTIONS)
    return [
        (round(share * radius * float(np.cos(a))), round(share * radius * float(np.sin(a))))
        for share in DONOR_DISTANCES
        for a in angles
    ]


def _patch(box: Box, disc: _Disc) -> tuple[slice, slice] | None:
    """Return the square around a donor in the window; None when it is not wholly inside."""
    reach = FADE * disc.radius
    left, right = int(disc.x - reach) - box.left, int(disc.x + reach) + 1 - box.left
    top, bottom = int(disc.y - reach) - box.top, int(disc.y + reach) + 1 - box.top
    if left < 0 or top < 0 or right > box.width or bottom > box.height:
        return None
    return slice(top, bottom), slice(left, right)
