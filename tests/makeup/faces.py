"""Portraits, opened once, and outlines of their lips drawn by hand."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from freckle.analysis.portrait import Person, analyze
from freckle.analysis.scene import Scene
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Paint
from freckle.recipe.recipe import Step
from freckle.render.layers import Layers
from freckle.render.tasks import Task
from tests.studio.portraits import PORTRAITS as FACES
from tests.studio.portraits import read

OUTLINES: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "outlines.json").read_text()
)
"""By file name without ending; `outer` and `inner` in unit coordinates, drawn from the picture."""
VARIED = (
    "astronaut",
    "woman_dark_skin_smile_teeth_01.jpg",
    "man_curly_beard_frontal_01.jpg",
    "woman_freckles_threequarter_01.jpg",
)
__all__ = ["FACES", "OUTLINES", "VARIED", "drawn", "painted", "person", "scene_of", "without"]


@cache
def person(name: str) -> Person:
    """The largest face of a portrait; its file name may lack the ending."""
    full = name if "." in name or name == "astronaut" else f"{name}.jpg"
    return analyze(read(full)).people[0]


def scene_of(name: str) -> Scene:
    return person(name).scene


def painted(scene: Scene, *steps: tuple[str, dict[str, Any]]) -> Any:
    """The frame in CIELAB after ops, as the renderer paints them."""
    done = Layers(scene)
    for name, values in steps:
        op = BY_NAME[name]
        assert isinstance(op, Paint)
        step = Step(edit=op.params(**values))
        if not step.edit.neutral:
            done.add(Task(step, op, 1.0, hold=False))
    return done.result()


def drawn(name: str) -> Any:
    """The lips that a hand drew, as a mask of the frame."""
    who = person(name)
    outline = OUTLINES[name]
    lips = _fill(who, outline["outer"])
    return lips * (1 - _fill(who, outline["inner"])) if outline["inner"] else lips


def opening(name: str) -> Any:
    """What shows between the lips that a hand drew, as a mask of the frame."""
    return _fill(person(name), OUTLINES[name]["inner"])


def _fill(who: Person, units: list[list[float]]) -> Any:
    size = np.array([who.photo.width, who.photo.height])
    frame = who.scene.frame
    points = frame.to_photo.inverse()((np.array(units) * size).astype(np.float32))
    canvas = np.zeros(frame.size, np.uint8)
    fixed = np.round((points - 0.5) * 16).astype(np.int32)
    cv2.fillPoly(canvas, [fixed], 255, cv2.LINE_AA, 4)
    return canvas.astype(np.float32) / 255


def without(low: Any, sigma: float) -> Any:
    """A picture without its slow part: its grain."""
    return low - cv2.GaussianBlur(low, (0, 0), sigma)
