"""Where people surely are, where they surely are not, and the band between: a trimap.

The parser looks at the whole picture and, closer, at each head. Around hair, whose strands it
cannot see, the band is wide; along shoulders and sleeves it is narrow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import cv2
import numpy as np

from freckle.analysis.faces import Face
from freckle.geometry import Box
from freckle.pixels.color import Floats
from freckle.pixels.filters import smoothstep
from freckle.vision import parser

CLOSE_UP: Final = 2.6
"""Side of the square around a head that the parser looks at, in face widths or heights."""
CLOSER: Final = 2.2
"""The same where it looks twice at somebody alone: less of what stands around can be a hat."""
OTHERS: Final = 0.2
"""Ground as likely as this at most, and somebody of a group surely is there."""
OWN: Final = (0.6, 0.9)
"""How far from its middle a head in a group surely is its own, and no longer, in faces."""
MOST: Final = 8
"""Heads looked at closely; the largest ones."""
ENOUGH: Final = 0.1
"""Share of the picture's longer side that a face has whom a quick look sees well enough."""
HAIR: Final = 0.07
"""Half the band's width around hair, in face widths."""
PLAIN: Final = 0.014
"""Half its width elsewhere."""
HAIR_REACH: Final = 0.12
"""How far around hair its band goes, in face widths."""
DARK: Final = (0.25, 0.5)
"""Values (0..1) that surely are dark, and that surely are not."""
GLOOM: Final = (0.02, 0.2)
"""Share of a square that has to be dark for a second look, usually and for a preview."""
SEEN: Final = (0.1, 0.6)
"""What the parser says where color may take hair away, and where it may not: light on hair."""
CELLS: Final = 0.8
"""Half the band's least width in cells of the parser's answer: edges are that uncertain."""


@dataclass(frozen=True, slots=True, eq=False)
class Trimap:
    """What is known of a reduced picture, all height × width float32."""

    known: Floats
    """1 where somebody is, 0 where nobody is, .5 in the band between."""
    likely: Floats
    """How likely each place belongs to somebody, 0..1."""
    depth: Floats
    """How deep inside people a place of the band lies: 0 at their edge, 1 where it ends."""
    hair: Any
    """Where there may be strands; a mask."""
    locks: Any
    """Where the parser sees hair itself; a mask."""
    other: Any
    """Where it sees somebody, but something else than hair; a mask."""
    unit: float
    """The largest face's width in pixels."""

    @property
    def band(self) -> Any:
        """Where it is open who is there; a mask."""
        return (self.known > 0) & (self.known < 1)

    @property
    def yielding(self) -> Floats:
        """How far (0..1) color may take hair away: not where the parser surely sees some."""
        return np.asarray(1 - smoothstep(*SEEN, self.likely), np.float32)

    @classmethod
    def of(
        cls, picture: Floats, faces: Sequence[Face], scale: float, *, quick: bool = False
    ) -> Self:
        """Look at a picture (height × width × 3 sRGB, 0..1) that has the photo's size × `scale`.

        `quick` looks closely at nobody who fills enough of it.
        """
        largest = _largest(faces)
        near = [face for face in faces if face.scale * scale < ENOUGH * max(picture.shape[:2])]
        classes, cell = parsed(picture, near if quick else faces, scale, looks=1 if quick else 4)
        likely = np.clip((0.9 - classes[..., parser.BACKGROUND]) / 0.86, 0, 1)
        if not faces and likely.max() < 0.5:
            nothing = np.zeros_like(likely)
            return cls(nothing, nothing, nothing, nothing > 0, nothing > 0, nothing > 0, 1.0)
        unit = scale * (largest[0].scale if largest else max(picture.shape[:2]) / scale / 5)
        hair = _dilated(classes[..., parser.HAIR] > 0.25, HAIR_REACH * unit) > 0
        sure, perhaps = likely > 0.9, likely > 0.06
        inner = np.where(hair, _eroded(sure, HAIR * unit), _in_cells(sure, cell, PLAIN * unit, -1))
        outer = np.where(
            hair, _dilated(perhaps, 1.5 * HAIR * unit), _in_cells(perhaps, cell, PLAIN * unit, 1)
        )
        known = np.where(inner > 0, 1, np.where(outer > 0, 0.5, 0))
        inside = cv2.distanceTransform(sure.astype(np.uint8), cv2.DIST_L2, 5)
        depth = np.asarray(np.minimum(inside / (HAIR * unit), 1), np.float32)
        locks = classes[..., parser.HAIR] > 0.5
        other = 1 - classes[..., parser.BACKGROUND] - classes[..., parser.HAIR] > 0.3
        seen = smoothstep(0.2, 0.9, likely)
        return cls(np.asarray(known, np.float32), seen, depth, hair, locks, other, unit)


def _head(face: Face, scale: float, times: float) -> Box:
    """Return the square around a head, in pixels of the reduced picture."""
    box = face.box
    side = times * max(box.width, box.height) * scale
    x, y = (box.left + box.right) / 2 * scale, (box.top + box.bottom) / 2 * scale
    left, top = int(x - side / 2), int(y - side / 2)
    return Box(left, top, left + int(side), top + int(side))


def _largest(faces: Sequence[Face]) -> list[Face]:
    return sorted(faces, key=lambda face: -face.scale)[:MOST]


def parsed(
    picture: Floats, faces: Sequence[Face], scale: float, *, looks: int = 2
) -> tuple[Floats, Floats]:
    """Return how likely each place is of each of the parser's six classes (height × width × 6).

    `picture` is the photo at `scale`, height × width × 3 sRGB, 0..1. Beside the classes comes how
    many pixels a cell of the answer has at each place. Of 2 `looks` one is in more light, where it
    is dark; of 4 two are at the mirrored square: what is no hat is hardly taken for one both times.
    A single look is for previews: in more light only where much is dark.
    """
    # from close, neighbors' shoulders are taken for ground
    side = CLOSER if looks > 2 and len(faces) == 1 else CLOSE_UP
    heads = [_head(face, scale, side) for face in _largest(faces)]
    height, width = picture.shape[:2]
    classes = _seen(picture, looks)
    cell = np.full((height, width), max(height, width) / parser.SIDE, np.float32)
    for head in heads:
        box = head.clip(width, height)
        if box.width < 16 or box.height < 16 or box.width * box.height > 0.8 * width * height:
            continue
        near = _seen(np.ascontiguousarray(picture[box.slices]), looks)
        share = _feather(box, (height, width))
        if len(heads) > 1:
            away = _away(head, box, head.width / side)
            share *= 1 - away * _others(classes[box.slices], near, float(cell[box.slices].max()))
        wide = cv2.merge([share] * 6)
        classes[box.slices] += wide * (near - classes[box.slices])
        cell[box.slices] += share * (max(box.width, box.height) / parser.SIDE - cell[box.slices])
    return classes, cell


def _away(head: Box, box: Box, face: float) -> Floats:
    """Return where (0..1) a part of the picture does not belong to a head of `face` pixels."""
    x = np.arange(box.left, box.right, dtype=np.float32) - (head.left + head.right) / 2
    y = np.arange(box.top, box.bottom, dtype=np.float32) - (head.top + head.bottom) / 2
    return smoothstep(*OWN, np.asarray(np.hypot(y[:, None], x[None, :]) / face, np.float32))


def _others(before: Floats, near: Floats, cell: float) -> Floats:
    """Return where (0..1) a close look at one of a group takes others' bodies for ground.

    Of neighbors it sees pieces alone. `before` is what looks before it found, `near` what it
    finds; `cell` is how many pixels a cell of the parser has.
    """
    ground = parser.BACKGROUND
    somebody = _eroded(before[..., ground] < OTHERS, CELLS * cell)
    lost = np.asarray(somebody * (near[..., ground] > before[..., ground]), np.float32)
    return np.asarray(cv2.blur(lost, (5, 5)), np.float32)


def _seen(picture: Floats, looks: int) -> Floats:
    height, width = picture.shape[:2]
    side: Any = cv2.resize(picture, (parser.SIDE, parser.SIDE), interpolation=cv2.INTER_AREA)
    square = np.asarray(side, np.float32)
    gloom = GLOOM[looks == 1]
    found = _lit(square, gloom)
    if looks > 2:
        mirrored = _lit(np.ascontiguousarray(square[:, ::-1]), gloom)[:, ::-1]
        found = np.asarray((found + mirrored) / 2, np.float32)
    # six channels are more than OpenCV enlarges at once
    halves = [found[..., :3], found[..., 3:]]
    large = [cv2.resize(np.ascontiguousarray(half), (width, height)) for half in halves]
    return np.asarray(np.concatenate(large, axis=2), np.float32)


def _lit(square: Floats, gloom: float) -> Floats:
    """Parse a square, and where it is dark once more in more light.

    Dark clothes before a dark ground are taken for ground otherwise.
    """
    found = parser.parse(square)
    dark = 1 - smoothstep(*DARK, cv2.blur(square.max(axis=2), (9, 9)))
    if dark.mean() < gloom:
        return found
    lifted = parser.parse(np.sqrt(square))
    better = lifted[..., parser.BACKGROUND] < found[..., parser.BACKGROUND]
    return np.asarray(found + (dark * better)[..., None] * (lifted - found), np.float32)


def _feather(box: Box, size: tuple[int, int]) -> Floats:
    """Return weights of a close look: 0 at its edges, except at the picture's."""
    height, width = size
    rim = max(4.0, 0.1 * max(box.width, box.height))
    x, y = np.arange(box.width) + 0.5, np.arange(box.height) + 0.5
    far = np.inf
    left, right = (x if box.left else x + far), (x[::-1] if box.right < width else x + far)
    top, bottom = (y if box.top else y + far), (y[::-1] if box.bottom < height else y + far)
    across, down = np.minimum(left, right), np.minimum(top, bottom)
    away = np.minimum(np.minimum(across[None, :], down[:, None]) / rim, 1)
    return smoothstep(0, 1, away)


def _in_cells(mask: Any, cell: Floats, least: float, way: int) -> Floats:
    """Grow (`way` 1) or shrink (−1) a mask by the parser's uncertainty, finer near heads."""
    work = _dilated if way > 0 else _eroded
    out = work(mask, max(least, CELLS * float(cell.max())))
    if cell.min() < cell.max():
        near = work(mask, max(least, CELLS * float(cell.min())))
        out = np.where(cell < 0.5 * (cell.min() + cell.max()), near, out)
    return out


def _dilated(mask: Any, radius: float) -> Floats:
    return np.asarray(cv2.dilate(mask.astype(np.uint8), _disc(radius)))


def _eroded(mask: Any, radius: float) -> Floats:
    # what lies beside the picture is like its edge
    return np.asarray(cv2.erode(mask.astype(np.uint8), _disc(radius)))


def _disc(radius: float) -> Any:
    side = 2 * max(1, round(radius)) + 1
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
