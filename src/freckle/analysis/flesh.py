"""This person's skin as far as the frame shows it, and where light on the face falls.

Masks for what must not stop at the jaw: they run on over ears, neck and shoulders and fade before
the frame ends, so that no seam shows. All are height × width float32 of the coarse grid, 0..1.
"""

from typing import Final

import cv2
import numpy as np

from freckle.analysis import landmarks as lm
from freckle.analysis.regions import Region, Regions
from freckle.analysis.skin import away, close
from freckle.pixels.color import Floats
from freckle.pixels.filters import gaussian, masked_gaussian, smoothstep

FADE: Final = (0.16, 0.40)
"""How far from the frame's sides and top, and from its lower edge, a mask fades, in face widths:
most of the frame's own margins, so that shoulders do not end in a line."""
STRANGE: Final = (6.0, 11.0)
"""From where to where skin's color, in spreads of this face's own, is somebody else's. A neck can
only be the face's own and may have any: it lies in the chin's shade and in clothes' reflections."""
THROAT: Final = 0.12
"""How far below the jaw a beard is shaved, in face widths."""
BEARDED: Final = (0.10, 0.20)
"""Share of the zone where it is grown from which all of it is a beard, its thin places, too."""
GROWN: Final = (0.26, 0.44)
"""How much darker than the cheeks a grown beard is, as ln of (L* + 16); shaved ones are .05–.2."""
LIPS: Final = 0.6
"""How far lips follow the skin's color: light colors them, too, but their own stays."""


def flesh(r: Regions) -> Floats:
    """Return the skin of face, ears, neck and shoulders; lids whole, lips partly, no eyes."""
    bare = r.map.bare
    # edges of hands, creases and strands are too narrow to stay behind
    bare = np.maximum(bare, close(bare, 0.008 * r.unit) * (1 - r.small(Region.FEATURES)))
    eyes = np.maximum(r.small(Region.EYES), r.small(Region.MOUTH))
    hair = np.maximum(r.small(Region.BROW_HAIR), r.coarse(2.2, 4.0) * r.small(Region.BROWS))
    inner = r.map.uncovered * r.small(Region.FEATURES) * (1 - eyes) * (1 - hair)
    inner *= 1 - np.float32(1 - LIPS) * gaussian(r.small(Region.LIPS), 0.006 * r.unit)
    mask = np.maximum(bare, gaussian(inner, 0.004 * r.unit)) * _seen(r)
    # skin shows through hair where that begins: no edge there
    hairline = smoothstep(0.05, 0.4, gaussian(r.parsing.hair, 0.01 * r.unit))
    mask += hairline * (gaussian(mask, 0.018 * r.unit) - mask)
    return _own(mask, r)


def lit(r: Regions) -> Floats:
    """Return where light on face, ears and neck falls, eyes and lips with it.

    Its edge is soft in hair and clothes, on which some of the light falls, too, and hard against
    what is behind: a halo would show there.
    """
    person = 1 - smoothstep(0.3, 0.7, r.parsing.background)
    soft = masked_gaussian(_own(_seen(r), r), person, 0.045 * r.unit)
    return np.asarray(np.maximum(soft, 0) * person, np.float32)


def bust(r: Regions) -> Floats:
    """Return the person with hair and clothes: where a lamp's light falls, and nothing behind.

    It fades before the frame ends, and sooner on clothes, on which the end would be seen.
    """
    person = 1 - smoothstep(0.3, 0.7, r.parsing.background)
    dressed = smoothstep(0.2, 0.8, gaussian(r.parsing.clothes, 0.02 * r.unit))
    person *= 1 - dressed * smoothstep(0.0, 0.42, r.outside)
    return np.asarray(person * edges(r), np.float32)


def sheen(r: Regions) -> Floats:
    """Return where skin of the face can shine, burnt-out glare with it; no lids, no lips."""
    eyes = r.soften(r.grow(r.small(Region.EYES), 0.03), 0.012)
    lips = r.soften(r.grow(r.polygons([lm.LIPS_OUTER]), 0.02), 0.01)
    face = 1 - smoothstep(0.02, 0.10, r.outside)
    mask = r.small(Region.FLESH) * face * (1 - eyes) * (1 - lips)
    return np.asarray(np.maximum(mask, 0), np.float32)


def shaved(r: Regions) -> Floats:
    """Return where shaved hair shows on face and throat; what grows is far darker and left out."""
    low = r.points[list(lm.JAW)] - r.up * np.float32(THROAT * r.frame.unit)
    points = np.concatenate([r.points[list(lm.BEARD)], low]).astype(np.float32)
    zone = r.fill([np.asarray(cv2.convexHull(points)[:, 0], np.float32)])
    lips = r.soften(r.grow(r.polygons([lm.LIPS_OUTER]), 0.02), 0.01)
    bare = r.map.sure * (1 - zone)
    beside = masked_gaussian(r.lightness, bare + np.float32(1e-4), 0.2 * r.unit, 1e-6)
    darker = np.log(
        np.maximum(beside + 16, 4) / np.maximum(gaussian(r.lightness, 0.025 * r.unit) + 16, 4)
    )
    grown = smoothstep(*GROWN, darker)
    face = zone * r.small(Region.HEAD)
    bearded = smoothstep(*BEARDED, float((face * grown).sum()) / max(float(face.sum()), 1.0))
    zone = (
        np.maximum(gaussian(zone, 0.035 * r.unit), 0)
        * (1 - lips)
        * (1 - np.maximum(grown, bearded))
    )
    return np.asarray(r.small(Region.FLESH) * zone * (1 - r.coarse(4.0, 7.0)), np.float32)


def throat(r: Regions) -> Floats:
    """Return skin along the jaw and below it, where a double chin hangs; not lips, not cheeks."""
    mouth = r.points[list(lm.MOUTH_CORNERS)].mean(axis=0)
    chin = r.points[lm.CHIN]
    # 0 at the mouth's level, 1 at the chin's
    level = float((mouth - chin) @ r.up) / r.frame.unit
    middle = r.points[[lm.RIGHT_EYE_CORNERS[0], lm.LEFT_EYE_CORNERS[0]]].mean(axis=0)
    there = float((mouth - middle) @ r.up) / r.frame.unit
    low = smoothstep(0.0, 0.8, (there - r.height) / max(level, 0.05))
    band = smoothstep(-0.09, -0.05, r.outside) * (1 - smoothstep(0.32, 0.46, r.outside))
    return np.asarray(r.small(Region.FLESH) * low * band, np.float32)


def _seen(r: Regions) -> Floats:
    return smoothstep(0.3, 0.7, r.parsing.face_skin + r.parsing.body_skin)


def _own(mask: Floats, r: Regions) -> Floats:
    """Keep what hangs together with the face and has its color, and fade it before the frame ends.

    A hand of somebody else on a shoulder may touch it: there the color decides.
    """
    beyond = smoothstep(0.0, 0.06, r.outside) * (1 - gaussian(_column(r), 0.04 * r.unit))
    strange = gaussian(away(r.map.cues, r.skin), 0.03 * r.unit)
    mask = mask * (1 - beyond * smoothstep(*STRANGE, strange))
    # strands and necklaces cut no neck off
    joined = (close(mask, 0.03 * r.unit) > 0.5).astype(np.uint8)
    count, labels = cv2.connectedComponents(joined, connectivity=4)
    held = np.zeros(count, np.float32)
    held[np.unique(labels[r.small(Region.HEAD) > 0.5])] = 1
    held[0] = 0
    near = gaussian(held[labels], 0.006 * r.unit)
    return np.asarray(np.maximum(mask * near, 0) * edges(r), np.float32)


def _column(r: Regions) -> Floats:
    """Return what lies straight under the jaw."""
    jaw = r.points[list(lm.JAW)]
    low = jaw[:, 1].max() + np.float32(r.frame.unit)
    ends = [[jaw[-1, 0], low], [jaw[0, 0], low]]
    return r.fill([np.concatenate([jaw, ends]).astype(np.float32)])


def edges(r: Regions) -> Floats:
    """Return 0 at edges of the frame inside the photo, 1 from `FADE` on; photos' edges count not.

    A tilted frame, whose edges are never the photo's, fades at all.
    """
    height, width = r.size
    sides, bottom = (share * r.unit for share in FADE)
    frame, box = r.frame, r.frame.box
    x = np.arange(width, dtype=np.float32) + np.float32(0.5)
    y = np.arange(height, dtype=np.float32)[:, None] + np.float32(0.5)
    upright = frame.to_photo.upright
    across, down = np.ones_like(x), np.ones_like(y)
    if not (upright and box.left <= 0):
        across *= smoothstep(0, sides, x)
    if not (upright and box.right >= frame.photo_size[0]):
        across *= smoothstep(0, sides, width - x)
    if not (upright and box.top <= 0):
        down *= smoothstep(0, sides, y)
    if not (upright and box.bottom >= frame.photo_size[1]):
        down *= smoothstep(0, bottom, height - y)
    return np.asarray(across * down, np.float32)
