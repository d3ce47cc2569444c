"""`freckle upscale`: a photo larger, for print or screen."""

import re
from typing import Any, Final

from freckle.cli.outputs import check_outputs, inputs_of, outputs_of
from freckle.cli.parser import Arguments, UsageError
from freckle.cli.retouch import carried_out
from freckle.ops.upscale import INCH
from freckle.recipe.recipe import Recipe
from freckle.recipe.selection import Selection
from freckle.recipe.settings import with_setting

SIZE: Final = re.compile(r"(\d{1,5})x(\d{1,5})")
PAPER: Final = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)x(\d{1,4}(?:\.\d{1,2})?)(cm|mm|in)@(\d{1,4})")
UNITS: Final = {"cm": 1.0, "mm": 0.1, "in": INCH}
"""Centimeters."""


def run(arguments: Arguments) -> int:
    """Enlarge a photo. Raises `Refusal`, `OutputError` or `UsageError`."""
    recipe = Recipe()
    for name, value in asked(arguments).items():
        recipe = with_setting(recipe, f"upscale.{name}", value)
    outputs = outputs_of(arguments)
    check_outputs(inputs_of(arguments), outputs)
    return carried_out(arguments, outputs, recipe, Selection())


def asked(arguments: Arguments) -> dict[str, Any]:
    """Return the settings that the arguments stand for. Raises `UsageError`."""
    texture = {} if arguments.texture is None else {"texture": arguments.texture}
    return {**_size(arguments), **texture}


def _size(arguments: Arguments) -> dict[str, Any]:
    """Return the settings that the size asked for stands for."""
    if arguments.size is not None:
        found = SIZE.fullmatch(arguments.size.lower())
        if found is None or "0" in found.groups():
            raise UsageError(f"{arguments.size!r} is no size. Write it as 3000x2000.")
        return {"width": found[1], "height": found[2]}
    if arguments.paper is not None:
        wide, tall, dpi = paper(arguments.paper)
        return {"print_width": wide, "print_height": tall, "dpi": dpi}
    return {"amount": 100 * (int(arguments.factor or 2) - 1)}


def paper(text: str) -> tuple[float, float, int]:
    """Return a sheet's width and height in centimeters, and pixels an inch. Raises `UsageError`."""
    found = PAPER.fullmatch(text.lower())
    if found is None or not float(found[1]) or not float(found[2]):
        raise UsageError(f"{text!r} is no size of paper. Write it as 30x40cm@300.")
    wide, tall = (float(found[k]) * UNITS[found[3]] for k in (1, 2))
    return wide, tall, int(found[4])
