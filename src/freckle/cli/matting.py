"""`--matting-model`: a network of the user's own cuts people out."""

import os
from pathlib import Path

from freckle.cli.parser import Arguments
from freckle.cli.terminal import note
from freckle.vision.matting import SETTING, opened


def take_matting_model(arguments: Arguments) -> None:
    """Have this command, and processes that it starts, use the model; say whose it is.

    The setting names it where the option does not. Raises `RecipeError` where it is of no use.
    """
    file = arguments.matting_model
    if file is not None:
        os.environ[SETTING] = str(file.absolute())
    if name := os.environ.get(SETTING):
        note(f"People are cut out by {opened(Path(name)).told}.")
