"""The people of a photo cut out: how much of each pixel is theirs, and in which color.

The colors' mixture is worked out on a reduced picture (closed form) and brought to the photo's
own size by what the guided filter learns there: alpha as a linear function of color, place by
place (He et al. 2010). Only the band between is worked on at full size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Self

import cv2
import numpy as np

from freckle.analysis.faces import Face
from freckle.analysis.hues import told
from freckle.analysis.tresses import Tresses
from freckle.analysis.trimap import Trimap
from freckle.geometry import Affine, Box
from freckle.photo import Photo, Pixels
from freckle.pixels.closed_form import closed_form
from freckle.pixels.color import Floats, to_srgb
from freckle.pixels.filters import smoothstep
from freckle.pixels.foreground import colors
from freckle.pixels.guided import slopes
from freckle.pixels.threads import together
from freckle.vision.matting import Network

FINE: Final = 1100
"""Pixels of the longer side on which the fine matte is solved."""
QUICK: Final = 512
"""The same of the quick one, which only filters."""
SHOWN: Final = 1400
"""Detail of the quick matte, in pixels of the longer side: what a screen shows of a photo."""
PEAK: Final = 65535
"""Alpha of what is whole."""
TILE: Final = 512
"""Side of what is brought to full size at a time."""
HAZE: Final = 0.007
"""Radius of the widest strand that counts as one, in widths of the picture."""
SHARP: Final = 0.0018
"""How far to either side an edge is looked for, in widths of the picture."""
STEP: Final = (0.4, 0.8)
"""How much alpha changes there where it is none, and where it surely is one."""
LITTLE: Final = (0.35, 0.6)
"""Alpha without strands that surely is haze, and that surely is none."""
GRAIN: Final = 0.012
"""Differences of color below which a photo's own pixels say nothing about alpha (0..1)."""
EDGES: Final = np.float32(3e-4)
"""Weight of what the parser says at people's edges, against that of a pixel's windows."""
INSIDE: Final = np.float32(1e-2)
"""The same deep inside, where hair and ground of one color leave no hole."""
RIM: Final = 0.02
"""Alphas nearer to 0 or 1 than this are that."""
CRUMBS: Final = np.float32(0.2)
"""The same where there are no strands: what is left beside cloth is the ground's own noise."""


@dataclass(frozen=True, slots=True, eq=False)
class Matte:
    """Who is in the photo, pixel by pixel."""

    alpha: Pixels
    """Height × width uint16 of the photo's size, 0..65535, in mixtures of encoded values."""
    front: Floats
    """The people's colors in the file's encoding (0..1), reduced: height × width × 3."""
    back: Floats
    """The background's colors, also behind the people."""

    def colors(self, to_photo: Affine, size: tuple[int, int]) -> tuple[Floats, Floats]:
        """Return front and back (height × width × 3) for a picture of width × height pixels.

        `to_photo` maps its points to the photo's.
        """
        whole = self.alpha.shape[1], self.alpha.shape[0]
        return under(self.front, whole, to_photo, size), under(self.back, whole, to_photo, size)

    @property
    def empty(self) -> bool:
        """Whether nobody was found."""
        return not self.alpha.any()

    @classmethod
    def of(
        cls,
        photo: Photo,
        faces: Sequence[Face],
        *,
        quick: bool = False,
        network: Network | None = None,
    ) -> Self:
        """Cut the people out of a photo; `quick` in a fraction of the time, with a softer edge.

        A `network` of the user's own tells alpha where it is given. Raises `RecipeError` where it
        fails.
        """
        seen = _shown(photo) if quick else photo
        small = reduced(seen, QUICK if quick else FINE)
        shown = np.clip(to_srgb(small, photo.space), 0, 1)
        scale = max(small.shape[:2]) / max(photo.width, photo.height)
        trimap = None
        if network is not None:
            found = network.alpha(np.asarray(shown, np.float32))
        else:
            trimap = Trimap.of(shown, faces, scale, quick=quick)
            found = (
                _filtered(shown, trimap)
                if quick
                else closed_form(small, trimap.known, *told(small, trimap, trust(trimap)))
            )
        alpha = _rounded(found, None if trimap is None else trimap.hair)
        front, back = colors(_halved(small), _halved(alpha)) if quick else colors(small, alpha)
        if trimap is not None and not quick:
            alpha, front, back = _by_hair(small, trimap, alpha, back)
        full: Any = _enlarged(seen, small, alpha)
        if seen is not photo:
            full = cv2.resize(full, (photo.width, photo.height), interpolation=cv2.INTER_LINEAR)
        return cls(full, front, back)


def under(plane: Any, photo: tuple[int, int], to_photo: Affine, size: tuple[int, int]) -> Any:
    """Return a reduced plane of a whole photo for a picture of width × height pixels.

    `photo` is the photo's width and height, `to_photo` maps the picture's points to the photo's.
    """
    shrink = np.diag([plane.shape[1] / photo[0], plane.shape[0] / photo[1]])
    columns = [shrink @ to_photo.matrix[:, :2], shrink @ to_photo.matrix[:, 2]]
    return _warped(plane, Affine(np.column_stack(columns)).pixel_matrix(), size)


def reduced(photo: Photo, longer: int) -> Floats:
    """Return the photo's encoded values, 0..1, with the longer side at most so many pixels."""
    scale = min(1.0, longer / max(photo.width, photo.height))
    size = max(1, round(photo.width * scale)), max(1, round(photo.height * scale))
    small = cv2.resize(photo.pixels, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small.astype(np.float32) / np.float32(photo.peak), np.float32)


def _rounded(found: Floats, hair: Any) -> Floats:
    """Return alpha without crumbs and haze: what hardly differs from 0 or 1 is that.

    Off `hair` (a mask; None: it may be anywhere) crumbs are larger, except in edges' own pixels.
    """
    steep = _steep(found)
    rim = np.float32(RIM) if hair is None else np.where(hair, RIM, CRUMBS + steep * (RIM - CRUMBS))
    cut = np.clip((found - rim) / (1 - 2 * rim), 0, 1)
    return _cleared(np.asarray(cut, np.float32), steep)


def _steep(alpha: Floats) -> Floats:
    """Return where (0..1) alpha goes from none to all within pixels: an edge, and no haze."""
    disc = _disc(SHARP * max(alpha.shape))
    step = np.asarray(cv2.dilate(alpha, disc) - cv2.erode(alpha, disc), np.float32)
    return smoothstep(*STEP, step)


def _cleared(alpha: Floats, steep: Floats) -> Floats:
    """Take haze away: alpha without strands in it, far from none and from all.

    What is left of alpha under any disc as wide as no strand (a morphological opening) is haze
    where it is little; the same of the background, inside people. At `steep` edges it is what an
    edge's own pixels are, who would turn into stairs without it.
    """
    for _ in range(2):
        alpha = 1 - alpha  # people first, then the background
        opened = cv2.morphologyEx(alpha, cv2.MORPH_OPEN, _disc(HAZE * max(alpha.shape)))
        haze = opened * (1 - smoothstep(*LITTLE, opened)) * (1 - steep)
        alpha = np.asarray((alpha - haze) / (1 - haze), np.float32)
    return alpha


def _by_hair(
    picture: Floats, trimap: Trimap, alpha: Floats, back: Floats
) -> tuple[Floats, Floats, Floats]:
    """Let hair's own color tell alpha around it; return alpha and both colors."""
    hair = Tresses.of(picture, trimap, alpha)
    alpha = hair.thickened(picture, alpha, back, trimap.yielding)
    front, back = colors(picture, alpha)
    return alpha, hair.cleaned(front, back, trimap.depth), back


def _disc(radius: float) -> Any:
    side = 2 * max(1, round(radius)) + 1
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))


def _filtered(picture: Floats, trimap: Trimap) -> Floats:
    """Give what the parser saw the picture's edges, inside the band alone."""
    radius = max(2.0, 0.012 * max(trimap.known.shape))
    slope, offset = slopes(picture, trimap.likely, radius, 0.02)
    soft = (slope * picture).sum(axis=2) + offset
    return np.asarray(np.where(trimap.band, np.clip(soft, 0, 1), trimap.known), np.float32)


def trust(trimap: Trimap) -> Floats:
    """Return how much the parser weighs against the picture: more, the deeper inside people."""
    return np.asarray(EDGES + (INSIDE - EDGES) * trimap.depth**2, np.float32)


def _shown(photo: Photo) -> Photo:
    """Return a photo with no more pixels than a screen shows."""
    scale = SHOWN / max(photo.width, photo.height)
    if scale >= 1:
        return photo
    size = max(1, round(photo.width * scale)), max(1, round(photo.height * scale))
    # of very large photos every second pixel will do, or every third
    step = max(1, int(0.5 / scale))
    some: Any = np.ascontiguousarray(photo.pixels[::step, ::step])
    less: Any = cv2.resize(some, size, interpolation=cv2.INTER_AREA)
    return photo.with_frame(less, None)


def _halved(plane: Floats) -> Floats:
    size = max(1, plane.shape[1] // 2), max(1, plane.shape[0] // 2)
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)


def _enlarged(photo: Photo, small: Floats, alpha: Floats) -> Pixels:
    """Return alpha at the photo's size."""
    full = np.zeros((photo.height, photo.width), np.uint16)
    slope, offset = slopes(small, alpha, 1.0, GRAIN)
    between = ((alpha > 0) & (alpha < 1)).astype(np.uint8)
    mixed = cv2.dilate(between, np.ones((5, 5), np.uint8))
    planes = np.dstack([slope, offset])
    steps = small.shape[1] / photo.width, small.shape[0] / photo.height
    tiles = [
        Box(left, top, left + TILE, top + TILE).clip(photo.width, photo.height)
        for top in range(0, photo.height, TILE)
        for left in range(0, photo.width, TILE)
    ]

    def work(tile: Box) -> None:
        band = _read(mixed, tile, steps, cv2.INTER_NEAREST)
        rough = _read(alpha, tile, steps)
        if band.any():
            here = photo.pixels[tile.slices].astype(np.float32) / np.float32(photo.peak)
            lines = _read(planes, tile, steps)
            fine = (lines[..., :3] * here).sum(axis=2) + lines[..., 3]
            rough = np.where(band > 0, fine, rough)
        full[tile.slices] = np.rint(np.clip(rough, 0, 1) * PEAK)

    together(partial(work, tile) for tile in tiles)
    return full


def _read(plane: Any, tile: Box, steps: tuple[float, float], how: int = cv2.INTER_LINEAR) -> Any:
    """Return a reduced plane under a tile of the photo, at the photo's size."""
    across, down = steps
    to_small = Affine(np.array([[across, 0, tile.left * across], [0, down, tile.top * down]]))
    return _warped(plane, to_small.pixel_matrix(), (tile.width, tile.height), how)


def _warped(plane: Any, matrix: Any, size: tuple[int, int], how: int = cv2.INTER_LINEAR) -> Any:
    flags = how | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(plane, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
