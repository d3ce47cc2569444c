"""A finished portrait as posters need it: its pixels for the screen, heads, and its cutout."""

from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.portrait import Portrait, analyze
from freckle.photo import Photo, Pixels
from freckle.poster.room import Room
from freckle.recipe.recipe import Recipe
from freckle.render.people import people_by_hand
from freckle.studio.screen import ToScreen

Bytes = npt.NDArray[np.uint8]
CUT: Final = 0.012
"""Share of a side that people must cover to count as cut off there."""
SMALL: Final = 0.55
"""Heads smaller than this share of the largest stay out of the group that is framed."""


@dataclass(frozen=True, eq=False)
class Subject:
    """One photo of a poster, retouched already."""

    photo: Photo
    portrait: Portrait
    painted: Pixels | None = None
    """The people's alpha, 0..65535, where somebody said by hand who they are."""

    @classmethod
    def of(cls, photo: Photo, painted: Pixels | None = None) -> "Subject":
        """Look at a finished photo anew: a recipe may have cropped or reshaped it."""
        return cls(photo, analyze(photo), painted)

    @classmethod
    def made(cls, photo: Photo, portrait: Portrait, recipe: Recipe, done: Photo) -> "Subject":
        """Look at what a recipe made of a photo, cut out as its strokes say."""
        return cls.of(done, people_by_hand(photo, portrait, recipe, done))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.photo.width, self.photo.height

    @cached_property
    def pixels(self) -> Bytes:
        """Height × width × 3, sRGB."""
        return ToScreen(self.photo.space, self.photo.peak)(self.photo.pixels)

    @cached_property
    def faces(self) -> tuple[Room, ...]:
        """The faces' boxes in pixels, largest first."""
        boxes = [person.face.box for person in self.portrait.people]
        return tuple(Room(box.left, box.top, box.width, box.height) for box in boxes)

    @property
    def head(self) -> Room | None:
        """The head, or the heads of a group, hair and chin included; None without a face."""
        if not self.faces:
            return None
        largest = max(face.h for face in self.faces)
        found = None
        for face in self.faces:
            if face.h >= SMALL * largest:
                head = head_of(face)
                found = head if found is None else found.joined(head)
        return found

    @cached_property
    def alpha(self) -> Bytes | None:
        """The people's alpha, height × width; None where nobody can be cut out."""
        if self.photo.alpha is not None:
            return eight(self.photo.alpha)
        if self.painted is not None:
            return eight(self.painted) if self.painted.any() else None
        if not self.faces or self.portrait.matte.empty:
            return None
        return eight(self.portrait.matte.alpha)

    @cached_property
    def cut(self) -> Bytes | None:
        """The people's own color where they are mixed with the ground, as the file has it."""
        alpha = self.alpha
        if alpha is None:
            return None
        if self.photo.alpha is not None:
            return self.pixels
        return self._unmixed(alpha)

    @cached_property
    def plates(self) -> "OrderedDict[object, Bytes]":
        """Parts of the photo that were scaled for sheets, the latest last (`poster/plate.py`)."""
        return OrderedDict()

    @cached_property
    def stands(self) -> bool:
        """Whether the people make a good cutout: whole on top, cut off at the bottom at most."""
        alpha = self.alpha
        if alpha is None:
            return False
        top, left, right = alpha[0], alpha[:, 0], alpha[:, -1]
        high = alpha.shape[0] // 2
        return not (_covered(top) or _covered(left[:high]) or _covered(right[:high]))

    @cached_property
    def cut_sides(self) -> tuple[bool, bool]:
        """Whether the people are cut off at the left and at the right."""
        alpha = self.alpha
        if alpha is None:
            return False, False
        return _covered(alpha[:, 0]), _covered(alpha[:, -1])

    @cached_property
    def bare(self) -> npt.NDArray[np.bool_]:
        """Where no face is: what a palette is taken from (height × width)."""
        height, width = self.pixels.shape[:2]
        found = np.ones((height, width), np.bool_)
        for face in self.faces:
            head = face.inset(-0.1 * face.w, -0.1 * face.h)
            rows = slice(max(0, int(head.y)), max(0, int(head.bottom)))
            found[rows, max(0, int(head.x)) : max(0, int(head.right))] = False
        return found

    def _unmixed(self, alpha: Bytes) -> Bytes:
        """Give the rim the people's color: what the matte's estimate says, where alpha is not 1.

        Elsewhere the photo's pixels stay, to the bit.
        """
        front = self.portrait.matte.front
        screen = ToScreen(self.photo.space, 255)
        small = screen(np.rint(np.clip(front, 0, 1) * 255).astype(np.uint8))
        large = cv2.resize(small, self.size, interpolation=cv2.INTER_LINEAR)
        return np.where((alpha < 250)[..., None], large, self.pixels)


def head_of(face: Room) -> Room:
    """Return the room of a whole head, hair included, around the box of a face."""
    return Room(
        face.x - 0.16 * face.w,
        face.y - 0.34 * face.h,
        1.32 * face.w,
        1.42 * face.h,
    )


def _covered(line: Bytes) -> bool:
    return bool((line > 127).mean() > CUT)


def eight(alpha: npt.NDArray[np.generic]) -> Bytes:
    """Return alpha of 8 or 16 bits as 0..255."""
    if alpha.dtype == np.uint8:
        return np.asarray(alpha, np.uint8)
    return np.asarray(alpha.astype(np.uint16) >> 8, np.uint8)
