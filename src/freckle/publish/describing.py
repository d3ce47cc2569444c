"""Say what is in a portrait, for those who do not see it: how many, how near, before what.

Only what is measured is said. Nobody is named, and nothing is guessed about who they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from freckle.recipe.recipe import Recipe

Ground = Literal["plain", "blurred", "transparent", "color", "gradient", "picture", ""]
NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
FRAMINGS: Final = (
    (0.62, "close-up of the face"),
    (0.28, "head and shoulders"),
    (0.17, "from the waist up"),
    (0.0, "seen from some distance"),
)
"""Least height of a head in heights of the picture, and what such a picture is called."""
FRONT: Final = 14.0
"""Degrees up to which a head is turned toward the camera."""
GROUNDS: Final[dict[Ground, str]] = {
    "plain": "before a plain background",
    "blurred": "before a blurred background",
    "transparent": "cut out, without a background",
    "color": "before a background of one color",
    "gradient": "before a background of two colors",
    "picture": "before another picture as background",
}
MAKEUP: Final = {"lipstick": "lipstick", "eye_shadow": "eye shadow", "eyeliner": "eyeliner"}


@dataclass(frozen=True, slots=True)
class Head:
    """A head in the finished picture."""

    height: float
    """In heights of the picture."""
    yaw: float
    """Degrees, as `Pose` has it."""


def described(heads: Sequence[Head], recipe: Recipe, *, plain: bool, gray: bool) -> str:
    """Return an alternative text for a finished picture.

    `plain` says that its own ground is plain, `gray` that it has no color.
    """
    first = "Black-and-white portrait" if gray else "Portrait"
    if not heads:
        return f"{'Black-and-white photo' if gray else 'Photo'} without a visible face."
    count = len(heads)
    people = f"{NUMBERS[count]} {'person' if count == 1 else 'people'}" if count < 10 else ""
    parts = [f"{first} of {people or f'a group of {count} people'}", _framing(heads)]
    if count == 1:
        parts.append(_gaze(heads[0]))
    worn = [word for op, word in MAKEUP.items() if _asks(recipe, op)]
    if worn:
        parts.append(f"with {' and '.join(worn)}")
    parts.append(GROUNDS.get(ground_of(recipe, plain=plain), ""))
    return f"{', '.join(part for part in parts if part)}."


def ground_of(recipe: Recipe, *, plain: bool) -> Ground:
    """Say what the people stand before, in a picture whose own ground is plain or not."""
    modes = [
        str(getattr(step.edit, "mode", "keep"))
        for step in recipe.steps
        if step.edit.op == "background" and not step.idle
    ]
    new: dict[str, Ground] = {
        "remove": "transparent",
        "color": "color",
        "gradient": "gradient",
        "blur": "blurred",
        "image": "picture",
    }
    return new.get(modes[-1] if modes else "keep", "plain" if plain else "")


def _framing(heads: Sequence[Head]) -> str:
    tallest = max(head.height for head in heads)
    return next(words for least, words in FRAMINGS if tallest >= least)


def _gaze(head: Head) -> str:
    if abs(head.yaw) <= FRONT:
        return "facing the camera"
    return f"turned to the {'right' if head.yaw > 0 else 'left'} of the picture"


def _asks(recipe: Recipe, op: str) -> bool:
    return any(step.edit.op == op and not step.idle for step in recipe.steps)
