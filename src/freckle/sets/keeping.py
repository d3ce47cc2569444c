"""Which rules of a style guide a picture breaks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import cv2
import numpy as np

from freckle.api.photos import OpenedPhoto
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Params
from freckle.pixels.color import Floats, lab
from freckle.recipe.recipe import Recipe
from freckle.sets.checks import ground_of
from freckle.sets.guides import Guide, Range
from freckle.sets.heads import head_of
from freckle.sets.matching import scale_of

SHAPES: Final = 0.01
"""How far a shape may be from what is asked for: pictures have whole pixels."""
PAINTED: Final = {"color": ("color",), "gradient": ("color", "second")}
"""Colors of each kind of ground that has any."""


Rule = Literal["shape", "least", "face", "head", "eyes", "level", "ground", "background",
               "used", "cap", "color"]  # fmt: skip
SENTENCES: Final[dict[Rule, str]] = {
    "shape": "shape {found}, not {asked}",
    "least": "longer side {found} pixels, {asked} at least",
    "face": "no face",
    "head": "head at {found} percent of the height, {asked}",
    "eyes": "eyes at {found} percent of the height, {asked}",
    "level": "the head leans by {found}°, {asked}° at most",
    "ground": "no background to be seen",
    "background": "background ΔE {found} from {what}, {asked} at most",
    "used": "{what} is used",
    "cap": "{what} at {found}, {asked} at most",
    "color": "{found} is none of the guide's colors",
}


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that is broken: what was found, what is asked for."""

    rule: Rule
    found: str = ""
    asked: str = ""
    what: str = ""
    """The tool or slider, or the background's color."""

    def __str__(self) -> str:
        """Say it in one sentence."""
        return SENTENCES[self.rule].format(found=self.found, asked=self.asked, what=self.what)


def broken(photo: OpenedPhoto, recipe: Recipe | None, guide: Guide) -> list[Breach]:
    """Return what of a guide a finished picture, and its recipe, does not keep."""
    size = photo.width, photo.height
    return [*in_plan(size, recipe, guide), *in_picture(photo, guide)]


def in_plan(size: tuple[int, int], recipe: Recipe | None, guide: Guide) -> list[Breach]:
    """Return what a picture of so many pixels and its recipe break; no pixel is looked at."""
    return [*_framed(size, guide), *_recipe(recipe, guide)]


def in_picture(photo: OpenedPhoto, guide: Guide) -> list[Breach]:
    """Return what the look of a finished picture breaks; any size of it does."""
    return [*_heads(photo, guide), *_ground(photo, guide)]


def looked_at(guide: Guide) -> bool:
    """Whether a guide has rules for which the picture itself must be looked at."""
    asked = guide.head, guide.eyes, guide.level, guide.background
    return any(each is not None for each in asked)


def _framed(size: tuple[int, int], guide: Guide) -> Iterator[Breach]:
    width, height = size
    if guide.shape is not None:
        wide, tall = map(int, guide.shape.split(":"))
        if abs(width / height / (wide / max(tall, 1)) - 1) > SHAPES:
            yield Breach("shape", f"{width} × {height}", guide.shape)
    if guide.least is not None and max(width, height) < guide.least:
        yield Breach("least", f"{max(width, height)}", f"{guide.least}")


def head_in(photo: OpenedPhoto) -> tuple[float, float, float] | None:
    """Return the head's and the eyes' height in percent of the photo's, and its lean in degrees."""
    people = [person for person in photo.portrait.people if person.editable]
    if not people:
        return None
    face = people[0].face
    head = head_of(face, None, level=False)
    high = 100 * (1 - head.eyes / photo.height)
    return 100 * scale_of(head) / photo.height, high, face.pose.roll


def ground_in(photo: OpenedPhoto) -> Floats | None:
    """Return the usual color of the background (CIELAB, 3); None where there is none."""
    values = ground_of(photo.content, photo.portrait.quick_matte.alpha)
    return np.median(values, axis=0).astype(np.float32) if len(values) else None


def _heads(photo: OpenedPhoto, guide: Guide) -> Iterator[Breach]:
    if guide.head is None and guide.eyes is None and guide.level is None:
        return
    found = head_in(photo)
    if found is None:
        yield Breach("face")
        return
    tall, high, roll = found
    ranges: tuple[tuple[Rule, float, Range | None], ...] = (
        ("head", tall, guide.head),
        ("eyes", high, guide.eyes),
    )
    for name, value, limits in ranges:
        if limits is not None and not limits[0] - 0.5 <= value <= limits[1] + 0.5:
            yield Breach(name, f"{value:.1f}", f"{limits[0]:g} to {limits[1]:g}")
    if guide.level is not None and abs(roll) > guide.level:
        yield Breach("level", f"{roll:.1f}", f"{guide.level:g}")


def _ground(photo: OpenedPhoto, guide: Guide) -> Iterator[Breach]:
    if guide.background is None:
        return
    usual = ground_in(photo)
    if usual is None:
        yield Breach("ground")
        return
    rgb = [int(guide.background[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    wanted = lab(np.array([[rgb]], np.float32))[0, 0]
    far = float(cv2.norm(usual, wanted))
    if far > guide.near:
        yield Breach("background", f"{far:.1f}", f"{guide.near:g}", guide.background)


def _recipe(recipe: Recipe | None, guide: Guide) -> Iterator[Breach]:
    for step in () if recipe is None else recipe.steps:
        if step.idle:
            continue
        op = step.edit.op
        if op in guide.without or BY_NAME[op].panel in guide.without:
            yield Breach("used", what=op)
        for name, cap in guide.caps.items():
            tool, _, param = name.partition(".")
            value = getattr(step.edit, param or "amount", None) if tool == op else None
            if isinstance(value, float | int) and abs(value) > cap:
                yield Breach("cap", f"{value:g}", f"{cap:g}", name)
        yield from _colors(step.edit, guide)


def _colors(edit: Params, guide: Guide) -> Iterator[Breach]:
    """Tell of painted grounds in colors that are not the house's."""
    if edit.op != "background" or not guide.colors:
        return
    known = {*guide.colors.values(), guide.background}
    for name in PAINTED.get(getattr(edit, "mode", ""), ()):
        color = str(getattr(edit, name)).lower()
        if color not in known:
            yield Breach("color", color)
