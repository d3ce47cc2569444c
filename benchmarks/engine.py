"""Call freckle as a function of pixels, and as a job from file to file."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.harness import Retouch
from benchmarks.measures import Circle
from benchmarks.mesh import RGB8
from freckle.analysis.portrait import Portrait, analyze
from freckle.analysis.scene import Scene
from freckle.cli.main import main
from freckle.photo import Photo, Source
from freckle.pixels.memory import give_back
from freckle.recipe.presets import preset
from freckle.recipe.recipe import Recipe
from freckle.render.marks import choose
from freckle.render.pipeline import Pipeline
from freckle.render.render import Rendering, render

Heals = Callable[[RGB8], list[Circle]]
"""An upright sRGB picture → the spots healed in it (x, y, radius in pixels)."""

NATURAL: Final = "natural"


def fading(name: str = NATURAL) -> Retouch:
    """Return a preset with the switch on that takes the brown marks acne leaves."""
    recipe = preset(name).recipe
    steps = [
        step.model_copy(update={"edit": step.edit.model_copy(update={"keep_post_acne": False})})
        if step.edit.op == "blemishes"
        else step
        for step in recipe.steps
    ]
    return _retouching(recipe.model_copy(update={"steps": tuple(steps)}))


def engine(name: str = NATURAL) -> Retouch:
    """Return a preset as a function of pixels: analysis, retouch, and what was healed."""
    return _retouching(preset(name).recipe)


def _retouching(recipe: Recipe) -> Retouch:
    def retouch(pixels: RGB8) -> tuple[RGB8, list[Circle]]:
        photo = _photo(pixels)
        found = render(photo, analyze(photo), recipe)
        return np.asarray(found.photo.pixels, np.uint8), healed(found)

    return retouch


def healing(name: str = NATURAL) -> Heals:
    """Return where a preset heals, as a function of pixels.

    Nothing is painted, and people are looked at one by one, so that a crowd takes no more memory
    than the photo and one of them.
    """
    recipe = preset(name).recipe

    def heals(pixels: RGB8) -> list[Circle]:
        photo = _photo(pixels)
        found = []
        for person in analyze(photo).people:
            found += _chosen(photo, Portrait((replace(person),), photo), recipe)
            give_back()
        return found

    return heals


def _chosen(photo: Photo, portrait: Portrait, recipe: Recipe) -> list[Circle]:
    """Return the spots that a recipe heals on the people of a portrait."""
    plan = Pipeline(photo, lambda: portrait).plan(recipe)
    return [
        circle
        for person, steps in plan.people
        for circle in _circles(person.scene, choose(photo, person.scene, plan.recipe, steps).healed)
    ]


def _photo(pixels: RGB8) -> Photo:
    return Photo(pixels.copy(), Source("png", hashlib.sha256(pixels.tobytes()).hexdigest()))


def retouch_file(source: Path, target: Path, name: str = NATURAL) -> None:
    """Run `freckle retouch` in this process. Raises `RuntimeError` when it fails."""
    code = main(["retouch", str(source), "-o", str(target), "--preset", name, "--quiet"])
    if code:
        raise RuntimeError(f"freckle retouch {source.name} ended with {code}.")


def healed(rendering: Rendering) -> list[Circle]:
    """Return the spots that were healed: x, y, radius in pixels of the upright photo."""
    scenes = (person.scene for person in rendering.people)
    return [circle for scene in scenes for circle in _circles(scene, scene.healed)]


def _circles(scene: Scene, numbers: Iterable[int]) -> list[Circle]:
    """Return some marks of a scene in pixels of the photo."""
    to_photo = scene.frame.to_photo
    circles = []
    for spot in (scene.spots[number] for number in sorted(numbers)):
        x, y = to_photo(np.array([[spot.x, spot.y]], np.float32))[0]
        circles.append((float(x), float(y), float(spot.radius * to_photo.scale)))
    return circles
