"""Where a face's lines lie, and which way they run there.

All masks are height × width float32 of the coarse grid, 0..1: places from the landmarks, and only
what the face's map takes for bare skin. A crease may be as deep as it likes; hair, brows, lashes,
lips and the edges of nose and glasses are left out.
"""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from freckle.analysis import landmarks as lm
from freckle.analysis.regions import Region, Regions
from freckle.analysis.skin import close
from freckle.geometry import Box, Points
from freckle.pixels.color import Floats
from freckle.pixels.filters import feathered, gaussian, masked_gaussian, smoothstep, stacked
from freckle.pixels.shade import FAINT, shares

FROM_EYE: Final = (0.026, 0.05)
"""Distance from the eye's opening, in face widths, over which crow's feet begin: lashes end."""
FROM_LIPS: Final = (0.008, 0.022)
"""The same from the lips for smile lines."""
FROM_NOSE: Final = (0.0, 0.026)
"""The same from the nose with its wings."""
FOLD: Final = 0.02
"""Half the width of the widest folds, in face widths."""
BEARD: Final = (0.62, 0.92)
"""How sure the map is of skin in a beard, and beside it."""
PALE: Final = (0.6, 0.84)
"""Redness (a* as a share of light) of hair, and of skin at its palest, per this skin's."""
FROM_BROWS: Final = (0.0, 0.014)
"""The same from the brows."""
MISTAKEN: Final = 0.33
"""Share of a brow of the mesh that is covered, from which on it is no brow."""
ABOVE_RIMS: Final = 0.1
"""How far above it the real brow may be, in face widths."""
HAIR: Final = (0.03, 0.055)
"""The same from hair and hats over the forehead, whose shade lies on it."""
RIMS: Final = (0.01, 0.03)
"""The same from what is worn or hangs beside the eyes."""


def bare(r: Regions) -> Floats:
    """Return how surely each place is bare skin; folds too dark for the map are none."""
    return np.asarray(r.map.bare * r.map.uncovered, np.float32)


def forehead(r: Regions) -> Floats:
    """Return the forehead from the brows to the hair."""
    brows = r.points[list(lm.RIGHT_BROW[:5]) + list(lm.LEFT_BROW[4::-1])]
    half = len(lm.FACE_OVAL)
    top = np.concatenate([r.oval[half - 4 :], r.oval[:5]])[::-1]
    shape = _soft(r, [np.concatenate([brows, top])], 0.02)
    return shape * bare(r) * _off_brows(r) * _off_things(r, HAIR)


def frown(r: Regions) -> Floats:
    """Return the skin between the brows."""
    shape = _soft(r, _hulls(r, [lm.FROWN]), 0.014)
    return shape * bare(r) * _off_brows(r) * _off_things(r, RIMS)


def crows_feet(r: Regions) -> Floats:
    """Return the skin beside the outer corners of the eyes."""
    shape = _soft(r, _hulls(r, lm.CROWS_FEET), 0.016)
    free = _off(r, r.small(Region.EYES), FROM_EYE) * _off_brows(r) * _off_things(r, RIMS)
    return shape * bare(r) * free * (1 - r.strands)


def smile_lines(r: Regions) -> Floats:
    """Return the skin around the folds from the nose's wings past the corners of the mouth."""
    shape = _soft(r, _hulls(r, lm.SMILE_LINES), 0.02)
    lips, nose = r.polygons([lm.LIPS_OUTER]), r.polygons([lm.NOSE])
    # a fold is so dark that the map does not take it for skin, but skin lies on both sides of it;
    # a beard is wider
    likely = close(r.map.skin * r.map.uncovered, FOLD * r.unit)
    skin = smoothstep(*BEARD, gaussian(likely, 0.004 * r.unit))
    free = _off(r, lips, FROM_LIPS) * _off(r, nose, FROM_NOSE)
    return shape * skin * free * (1 - gray_beard(r))


def gray_beard(r: Regions) -> Floats:
    """Return 0..1: what is darker and less red than this person's skin, as black and gray beards.

    Folds are redder than the skin beside them.
    """
    seen = shares(r.lab)
    around = masked_gaussian(seen[..., 0], bare(r) + np.float32(1e-4), 0.06 * r.unit, 1e-6)
    here = gaussian(seen, 0.008 * r.unit)
    own = r.skin.lab[1] / (r.skin.lab[0] + float(FAINT))
    pale = 1 - smoothstep(*PALE, here[..., 1] / np.float32(max(own, 0.03)))
    dark = smoothstep(-3, 3, around - here[..., 0])
    return gaussian(pale * dark, 0.006 * r.unit)


def _soft(r: Regions, outlines: Sequence[Points], feather: float) -> Floats:
    return feathered(r.fill(outlines), feather * r.unit)


def _hulls(r: Regions, groups: Sequence[Sequence[int]]) -> list[Points]:
    points = (r.points[list(group)].astype(np.float32) for group in groups)
    return [np.asarray(cv2.convexHull(p)[:, 0], np.float32) for p in points]


def _off(r: Regions, mask: Floats, begin: tuple[float, float]) -> Floats:
    """Return 0 on a mask and up to the first distance (face widths), 1 from the second on."""
    start, end = begin
    grown = feathered(r.grow(mask, (start + end) / 2), (end - start) / 3 * r.unit)
    return (1 - smoothstep(0.07, 0.93, grown)) * (1 - mask)


def _off_brows(r: Regions) -> Floats:
    """Keep away from the brows' hair, and from the mesh's brows: these know thin and white ones.

    A mesh that has its brows on the rims of glasses took those for brows: the real ones are above.
    """
    brows = np.maximum(r.small(Region.BROW_HAIR), r.small(Region.BROWS))
    for names in (lm.RIGHT_BROW, lm.LEFT_BROW):
        brow = r.polygons([names])
        covered = float((brow * (1 - r.map.uncovered)).sum())
        if covered > MISTAKEN * float(brow.sum()):
            brows = np.maximum(brows, r.grow(brow, ABOVE_RIMS))
    return _off(r, brows, FROM_BROWS)


def _off_things(r: Regions, begin: tuple[float, float]) -> Floats:
    """Keep away from hair, hats and rims: their shade lies on the skin beside them."""
    return _off(r, 1 - r.map.uncovered, begin)


def course(r: Regions, region: Region, box: Box) -> Floats | None:
    """Return twice the angle (cosine, sine) at which lines of a region run, in a box of the grid.

    None where they may run in any direction.
    """
    if region in (Region.FOREHEAD, Region.NECK):
        return _same(box, np.array([-r.up[1], r.up[0]]))
    if region is Region.FROWN:
        return _same(box, r.up)
    if region is Region.CROWS_FEET:
        return _radial(r, box)
    if region is Region.UNDER_EYES:
        return round_the_eyes(r.from_eyes, r.unit)[box.slices]
    if region is Region.SMILE_LINES:
        return _folds(r, box)
    return None


def _same(box: Box, way: Points) -> Floats:
    cosine, sine = _doubled(*np.asarray(way, np.float32).reshape(2, 1, 1))[0, 0]
    size = box.height, box.width
    return stacked(np.full(size, cosine, np.float32), np.full(size, sine, np.float32))


def _doubled(x: Floats, y: Floats) -> Floats:
    """Return cosine and sine of twice the angle of vectors."""
    size = np.maximum(np.square(x) + np.square(y), np.float32(1e-9))
    return stacked((np.square(x) - np.square(y)) / size, 2 * x * y / size)


def _from(place: Points, box: Box) -> tuple[Floats, Floats]:
    """Return how far each cell of a box is from a place of the grid, across and down."""
    across = np.arange(box.left, box.right, dtype=np.float32) - place[0]
    return across, np.arange(box.top, box.bottom, dtype=np.float32)[:, None] - place[1]


def _sides(r: Regions, box: Box, right: Floats, left: Floats) -> Floats:
    """Take from two pictures what is on the right half of the face, and on the left."""
    columns, rows = _from(r.points[[lm.FOREHEAD, lm.CHIN]].mean(0) / r.factor, box)
    on_right = columns * -r.up[1] + rows * r.up[0] < 0
    return np.where(on_right[..., None], right, left)


def _radial(r: Regions, box: Box) -> Floats:
    """Crow's feet run away from a place within the eye, near its outer corner."""
    sides = []
    for outer, inner in (lm.RIGHT_EYE_CORNERS, lm.LEFT_EYE_CORNERS):
        start = (0.8 * r.points[outer] + 0.2 * r.points[inner]) / r.factor
        sides.append(_doubled(*np.broadcast_arrays(*_from(start, box))))
    return _sides(r, box, *sides)


def round_the_eyes(away: Floats, unit: float) -> Floats:
    """Return the course of what follows the lids, at the same distance from an eye."""
    smooth = gaussian(away, 0.01 * unit)
    x, y = (np.asarray(cv2.Sobel(smooth, cv2.CV_32F, *way), np.float32) for way in ((1, 0), (0, 1)))
    return _doubled(-y, x)


def _folds(r: Regions, box: Box) -> Floats:
    """Smile lines run from the nose's wing to beside the corner of the mouth."""
    pair = [_same(box, r.points[end] - r.points[start]) for start, end in (SMILE_RIGHT, SMILE_LEFT)]
    return _sides(r, box, *pair)


SMILE_RIGHT: Final = (129, 212)
"""From the nose's wing to below the corner of the mouth."""
SMILE_LEFT: Final = (358, 432)
