"""Presets of other programs as recipes: color tables, and what Lightroom exports."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from freckle.codec.files import read_stream
from freckle.errors import RecipeError
from freckle.looks.camera_raw import read_settings
from freckle.looks.cube_read import read_cube
from freckle.looks.developed import developed
from freckle.ops.reference import Reference
from freckle.pixels.table import NODES
from freckle.recipe.recipe import Recipe, Step

ENDINGS: Final = (".cube", ".xmp")
MOST_BYTES: Final = 96 << 20
"""A table of 144³ has some 80 MB."""
NOTICED: Final = 1.5 / 255
"""A difference that may be seen."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A recipe, the settings of the file that it carries, and what was left out, in words."""

    recipe: Recipe
    carried: tuple[str, ...]
    left: tuple[str, ...]


def import_preset(path: Path) -> Imported:
    """Return what a `.cube` or `.xmp` file asks for. Raises `RecipeError`."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise RecipeError(
            f"{path.name!r} is no preset that can be imported.", "Give a .cube or an .xmp file."
        )
    return read_preset(_content(path), ending)


def read_preset(content: bytes, ending: str) -> Imported:
    """Return what a file's bytes ask for; `ending` is one of `ENDINGS`. Raises `RecipeError`."""
    return _table(content) if ending == ".cube" else _preset(content)


def _table(content: bytes) -> Imported:
    taken = read_cube(content)
    step = Step(edit=Reference(table=taken.table.text()))
    if taken.strays <= NOTICED:
        return Imported(Recipe(steps=(step,)), ("table",), ())
    far = f"up to {255 * taken.strays:.0f} of 255 away from the file's own colors"
    return Imported(Recipe(steps=(step,)), ("table",), (f"detail finer than {NODES} nodes: {far}",))


def _preset(content: bytes) -> Imported:
    found = developed(read_settings(content))
    if not found.steps:
        raise RecipeError(
            f"Nothing in this preset is for freckle ({len(found.left)} other settings).",
            "Presets for light, color, curve, split toning, grain and vignette can be imported.",
        )
    return Imported(Recipe(steps=found.steps), found.carried, found.left)


def _content(path: Path) -> bytes:
    try:
        content = read_stream(path, MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise RecipeError(
            f"The preset {path.name!r} cannot be read.", "Check its name and that you may read it."
        ) from error
    if len(content) > MOST_BYTES:
        raise RecipeError(f"{path.name!r} is too large to be a preset.", "Choose another file.")
    return content
