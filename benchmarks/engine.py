"""Call freckle as a function of pixels, and as a job from file to file."""

import hashlib
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.harness import Retouch
from benchmarks.measures import Circle
from benchmarks.mesh import RGB8
from freckle.analysis.portrait import analyze
from freckle.cli.main import main
from freckle.photo import Photo, Source
from freckle.recipe.presets import preset
from freckle.recipe.recipe import Recipe
from freckle.render.render import Rendering, render

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
        digest = hashlib.sha256(pixels.tobytes()).hexdigest()
        photo = Photo(pixels.copy(), Source("png", digest))
        found = render(photo, analyze(photo), recipe)
        return np.asarray(found.photo.pixels, np.uint8), healed(found)

    return retouch


def retouch_file(source: Path, target: Path, name: str = NATURAL) -> None:
    """Run `freckle retouch` in this process. Raises `RuntimeError` when it fails."""
    code = main(["retouch", str(source), "-o", str(target), "--preset", name, "--quiet"])
    if code:
        raise RuntimeError(f"freckle retouch {source.name} ended with {code}.")


def healed(rendering: Rendering) -> list[Circle]:
    """Return the spots that were healed: x, y, radius in pixels of the upright photo."""
    circles = []
    for person in rendering.people:
        to_photo = person.scene.frame.to_photo
        for index in sorted(person.scene.healed):
            spot = person.scene.spots[index]
            x, y = to_photo(np.array([[spot.x, spot.y]], np.float32))[0]
            circles.append((float(x), float(y), float(spot.radius * to_photo.scale)))
    return circles
