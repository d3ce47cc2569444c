"""What is drawn for the golden pictures: every preset, and every op at twice its Natural value."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from freckle.analysis.portrait import Portrait, analyze
from freckle.codec import load
from freckle.ops.background import Background
from freckle.ops.catalogue import CATALOGUE
from freckle.ops.op import AnyOp, Hand
from freckle.ops.tone import SkinLightness
from freckle.photo import Photo
from freckle.pixels.table import NODES, Table
from freckle.recipe.limits import limits_of
from freckle.recipe.presets import PRESETS, natural_values
from freckle.recipe.recipe import Locks, Recipe, Step
from freckle.recipe.strokes import Mask, Stroke
from freckle.render.enlarge import delivered
from freckle.render.render import render

HERE: Final = Path(__file__).resolve().parent
PICTURES: Final = HERE / "pictures"
ORIGINAL: Final = HERE / "astronaut.png"
"""The head of Eileen Collins from scikit-image's astronaut (NASA, public domain), 160 × 192."""

RGB8 = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a picture may be from the accepted one, in ΔE (CIE 2000).

    One step of one channel is .2 to .6; other processors may round a few pixels the other way.
    """

    most: float = 0.35
    """Of 99.9 % of the pixels."""
    peak: float = 1.2
    """Of every pixel."""


@dataclass(frozen=True, slots=True)
class Case:
    """One golden picture."""

    name: str
    recipe: Recipe
    tolerance: Tolerance = Tolerance()

    @property
    def path(self) -> Path:
        """Where the accepted picture lies."""
        return PICTURES / f"{self.name}.png"


BRUSHED: Final = Mask(
    base="empty",
    strokes=(
        Stroke(points=((-0.3, -0.1), (-0.25, 0.15)), size=0.08),
        Stroke(points=((0.97, 0.05), (0.96, 0.3)), size=0.03, space="photo", strength=0.7),
        Stroke(mode="remove", points=((-0.25, 0.12),), size=0.06),
    ),
)
"""Where the tools that work by hand are painted: over a cheek, and beside the face."""
FAINT: Final = {"crows_feet", "under_eye_lines"}
"""Ops whose change at twice Natural is within rounding on so small a face: drawn at their cap."""


_NODE: Final = np.linspace(0, np.pi, NODES, dtype=np.float32)
LEARNT: Final = Table(
    np.stack(np.meshgrid(*[np.sin(_NODE) * k for k in (0.06, 0.02, -0.08)], indexing="ij"), axis=-1)
).text()
"""A table that warms the middle tones."""

GRADES: Final[dict[str, dict[str, Any]]] = {
    "adjust": {
        "exposure": 8,
        "contrast": 30,
        "highlights": -40,
        "shadows": 40,
        "temperature": 25,
        "tint": 8,
        "vibrance": 50,
        "clarity": 40,
    },
    "curve": {"points": ((0.0, 0.06), (0.3, 0.22), (0.7, 0.8), (1.0, 0.96))},
    "split_toning": {"highlights": 60, "shadows": 60, "skin": 40},
    "reference": {"table": LEARNT},
    "palette": {"amount": 80, "skin": 40},
    "bloom": {"amount": 80, "size": 60},
    "vignette": {"amount": -60},
    "grain": {"amount": 60, "size": 70},
    "background": {"mode": "color", "color": "#3a7d44", "softness": 10},
    "crop": {"turn": "90", "mirror": True, "angle": 4, "ratio": "4:5", "head": 60},
    "upscale": {"amount": 60},
    "skin_hue": {"yellow": -40, "red": 30},
}
"""What the tools for the whole picture, and one without an amount, are drawn at."""


def alone(op: AnyOp) -> Recipe:
    """Return a recipe of one op at twice its Natural value, or at its cap where that is 0."""
    if op.name in GRADES:
        return Recipe(steps=(Step(edit=op.params(**GRADES[op.name])),))
    values = natural_values(op.params)
    natural = values.get("amount", 0.0)
    floor, cap = limits_of(op.params)["amount"]
    amount = cap if natural == 0 or op.name in FAINT else 2 * natural
    values["amount"] = min(max(amount, floor), cap)
    locks = Locks(skin_tone=op.name != "skin_lightness")
    if not isinstance(op, Hand):
        return Recipe(steps=(Step(edit=op.params(**values)),), locks=locks)
    step = Step(edit=op.params(**values), mask=BRUSHED)
    # what is brought back must have been changed, and who is cut out must be seen
    below = (Step(edit=SkinLightness(amount=12)),) if op.work == "restore" else ()
    after = (Step(edit=Background(**GRADES["background"])),) if op.work == "matte" else ()
    return Recipe(steps=(*below, step, *after), locks=Locks(skin_tone=False))


def finished(name: str, **values: Any) -> Case:
    """Return a case of another ground, or of the real one."""
    return Case(f"ground-{name}", Recipe(steps=(Step(edit=Background(**values)),)))


GROUNDS: Final = (
    finished("clean", mode="clean", marks=100, even=100),
    finished("shadow", mode="color", color="#d8d4cc", shadow=60, contact=60),
)


def cases() -> tuple[Case, ...]:
    """Return every case: presets first, then ops in the catalogue's order, then grounds."""
    presets = [Case(f"preset-{preset.name}", preset.recipe) for preset in PRESETS]
    ops = [Case(f"op-{op.name}", alone(op)) for op in CATALOGUE]
    return (*presets, *ops, *GROUNDS)


class Sitting:
    """The photo, looked at once, and drawn once for each case."""

    def __init__(self) -> None:
        """Open and analyze the photo."""
        self.photo: Photo = load(ORIGINAL)
        self.portrait: Portrait = analyze(self.photo)

    def draw(self, case: Case) -> RGB8:
        """Render a case."""
        done = render(self.photo, self.portrait, case.recipe).photo
        return np.asarray(delivered(done, case.recipe).pixels, np.uint8)
