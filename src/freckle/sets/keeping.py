"""Which rules of a style guide a picture breaks."""

from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np

from freckle.api.photos import OpenedPhoto
from freckle.ops.catalogue import BY_NAME
from freckle.pixels.color import Floats, lab
from freckle.recipe.recipe import Recipe
from freckle.sets.checks import ground_of
from freckle.sets.guides import Guide
from freckle.sets.heads import head_of
from freckle.sets.matching import scale_of

SHAPES: Final = 0.01
"""How far a shape may be from what is asked for: pictures have whole pixels."""


def broken(photo: OpenedPhoto, recipe: Recipe | None, guide: Guide) -> list[str]:
    """Return in sentences what of a guide a finished picture, and its recipe, does not keep."""
    return [*_framed(photo, guide), *_heads(photo, guide), *_ground(photo, guide),
            *_recipe(recipe, guide)]  # fmt: skip


def _framed(photo: OpenedPhoto, guide: Guide) -> Iterator[str]:
    if guide.shape is not None:
        wide, tall = map(int, guide.shape.split(":"))
        if abs(photo.width / photo.height / (wide / max(tall, 1)) - 1) > SHAPES:
            yield f"shape {photo.width} × {photo.height}, not {guide.shape}"
    if guide.least is not None and max(photo.width, photo.height) < guide.least:
        yield f"longer side {max(photo.width, photo.height)} pixels, {guide.least} at least"


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


def _heads(photo: OpenedPhoto, guide: Guide) -> Iterator[str]:
    if guide.head is None and guide.eyes is None and guide.level is None:
        return
    found = head_in(photo)
    if found is None:
        yield "no face"
        return
    tall, high, roll = found
    for name, value, limits in (("head", tall, guide.head), ("eyes", high, guide.eyes)):
        if limits is not None and not limits[0] - 0.5 <= value <= limits[1] + 0.5:
            yield f"{name} at {value:.1f} percent of the height, {limits[0]:g} to {limits[1]:g}"
    if guide.level is not None and abs(roll) > guide.level:
        yield f"the head leans by {roll:.1f}°, {guide.level:g}° at most"


def _ground(photo: OpenedPhoto, guide: Guide) -> Iterator[str]:
    if guide.background is None:
        return
    usual = ground_in(photo)
    if usual is None:
        yield "no background to be seen"
        return
    rgb = [int(guide.background[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    wanted = lab(np.array([[rgb]], np.float32))[0, 0]
    far = float(cv2.norm(usual, wanted))
    if far > guide.near:
        yield f"background ΔE {far:.1f} from {guide.background}, {guide.near:g} at most"


def _recipe(recipe: Recipe | None, guide: Guide) -> Iterator[str]:
    for step in () if recipe is None else recipe.steps:
        if step.idle:
            continue
        op = step.edit.op
        if op in guide.without or BY_NAME[op].panel in guide.without:
            yield f"{op} is used"
        for name, cap in guide.caps.items():
            tool, _, param = name.partition(".")
            value = getattr(step.edit, param or "amount", None) if tool == op else None
            if isinstance(value, float | int) and abs(value) > cap:
                yield f"{name} at {value:g}, {cap:g} at most"
