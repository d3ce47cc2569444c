"""A print in black-and-white has one tone: painted grounds get that of what stands before them."""

from collections.abc import Sequence

import numpy as np

from freckle.looks.pigments import gray
from freckle.looks.skin_tone import colorless
from freckle.looks.toning import toned
from freckle.pixels.color import hex_values
from freckle.recipe.recipe import Step


def printed(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return steps in which gray grounds of a black-and-white look are toned as the rest."""
    toning = [step for step in steps if step.edit.op == "split_toning"]
    if not toning or not colorless(steps):
        return tuple(steps)
    return tuple(_grounded(s, toning) if s.edit.op == "background" else s for s in steps)


def _grounded(step: Step, toning: Sequence[Step]) -> Step:
    own = {name: getattr(step.edit, name) for name in ("color", "second")}
    found = {name: _toned(color, toning) for name, color in own.items() if gray(color)}
    return step.model_copy(update={"edit": step.edit.model_copy(update=found)})


def _toned(color: str, toning: Sequence[Step]) -> str:
    values = toned(toning, np.array([hex_values(color)], np.float32))[0]
    return "#" + "".join(f"{round(255 * float(value)):02x}" for value in values)
