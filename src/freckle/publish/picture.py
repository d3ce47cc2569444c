"""The picture of a post, and the words for it: from a finished photo, within a place's limits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np

from freckle.analysis.portrait import Portrait, analyze
from freckle.analysis.verdict import Verdict
from freckle.codec import encode, load_bytes
from freckle.geometry import Box
from freckle.photo import Photo
from freckle.publish.describing import Head, described
from freckle.publish.ground import plain
from freckle.publish.post import Limits, fitted
from freckle.recipe.exports import Export, export
from freckle.recipe.recipe import Recipe
from freckle.render.export import exported, heads_in, options_of
from freckle.render.frame import head_of
from freckle.render.render import Rendering

GRAY: Final = 3.0
"""Mean spread of red, green and blue (of 255) below which a picture has no color."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished photo, and what its file says of it."""

    photo: Photo
    heads: Sequence[Box]
    """Those in it, in its pixels."""
    disclosure: str | None
    """A plain line for the metadata on what was done; None: nothing is said."""
    enlarged: bool = False

    @classmethod
    def of(cls, photo: Photo, rendering: Rendering, portrait: Portrait, told: str | None) -> Self:
        """Return a rendering as posts need it; `photo` is it, delivered."""
        heads = heads_in(rendering, portrait, photo.width)
        enlarged = any(deed.op == "upscale" for deed in rendering.done)
        return cls(photo, heads, told, enlarged)

    def pictured(self, preset: str, limits: Limits) -> tuple[bytes, tuple[int, int]]:
        """Return a JPEG as an export preset wants it, within limits, and its size.

        The location never goes along. Raises `PublishError`, `OutputError`.
        """
        wanted = replace(export(preset), format="jpeg", location=False, metadata=True)
        longest = max(wanted.longest, wanted.width, wanted.height)
        longest = longest or max(self.photo.width, self.photo.height)

        def make(side: int, quality: int) -> tuple[bytes, tuple[int, int]]:
            made = exported(self.photo, replace(reduced(wanted, side), quality=quality), self.heads)
            how = options_of(made, replace(wanted, quality=quality))
            told = replace(how, disclosure=self.disclosure, enlarged=self.enlarged)
            # what is transparent lies on white here: places take JPEG
            data = encode(made, replace(told, format="jpeg", quality=quality))
            return data, (made.width, made.height)

        return fitted(make, longest, limits)


def label_of(disclosure: str) -> str:
    """Return the line that says below a caption what was done."""
    return f"freckle: {disclosure}."


def alt_of(data: bytes, recipe: Recipe) -> str:
    """Describe a finished picture from its file, in which people are looked for anew.

    It may be cropped, and somebody may be no longer in it.
    """
    shown = load_bytes(data)
    portrait = analyze(shown)
    heads = [
        Head(head_of(person).height / shown.height, person.face.pose.yaw)
        for person in portrait.people
        if person.verdict is not Verdict.NOT_HUMAN
    ]
    pixels = shown.pixels.astype(np.int32).reshape(shown.height * shown.width, -1)
    gray = bool(np.ptp(pixels, axis=1).mean() < GRAY)
    return described(heads, recipe, plain=plain(shown, portrait), gray=gray)


def reduced(wanted: Export, side: int) -> Export:
    """Return a preset whose longer side has at most so many pixels."""
    now = max(wanted.width, wanted.height)
    if not now:
        return replace(wanted, longest=side)
    scale = min(1.0, side / now)
    return replace(wanted, width=round(wanted.width * scale), height=round(wanted.height * scale))
