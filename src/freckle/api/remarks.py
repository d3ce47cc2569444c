"""What people should know although all went well, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from freckle.analysis.portrait import Portrait
from freckle.analysis.verdict import SMALLEST_RETOUCHED, Verdict
from freckle.ops.catalogue import BY_NAME
from freckle.recipe.recipe import Recipe
from freckle.recipe.selection import strangers
from freckle.render.render import Retouched
from freckle.render.tasks import allowed


@dataclass(frozen=True, slots=True)
class Remedies:
    """How a remedy is written where the sentence is read."""

    natural: str
    """Opens the natural lock."""
    skin_tone: str
    include: str
    """Takes in a face in doubt."""
    assign: str
    """Gives what the recipe has for {key} to somebody."""
    unchanged: str
    """What the result then is."""


IN_PYTHON: Final = Remedies(
    natural='lock={"natural": False}',
    skin_tone='lock={"skin_tone": False}',
    include="include=",
    assign='build_recipe(…, assign={{"{key}": photo.faces[0]}})',
    unchanged="the photo is unchanged.",
)
NOTHING: Final = "The recipe changes nothing"


def locks(recipe: Recipe, remedies: Remedies) -> list[str]:
    """Say which sliders the locks stop or hold."""
    found = []
    for step in recipe.steps:
        if not (step.edit.neutral or step.opacity == 0 or allowed(step, recipe)):
            label = BY_NAME[step.edit.op].label
            found.append(
                f"{label} rests while the skin tone is locked; {remedies.skin_tone} opens it."
            )
    if recipe.locks.natural and recipe.locked() != recipe:
        from freckle.report.measure import stops  # noqa: PLC0415 - rare
        from freckle.report.text import sentence  # noqa: PLC0415

        found += [sentence(stop, remedies.natural) for stop in stops(recipe)]
    return found


def missing(recipe: Recipe, portrait: Portrait, remedies: Remedies) -> list[str]:
    """Say for whom the recipe has settings who is not in the photo."""
    sentence = strangers(recipe, portrait.keys, remedies.assign)
    return [] if sentence is None else [sentence]


def people(portrait: Portrait, recipe: Recipe, done: Sequence[Retouched]) -> list[str]:
    """Say who was left alone and why, and which makeup had no place."""
    if _all_small(portrait):
        return []  # which is said as the reason
    from freckle.report.notices import notices  # noqa: PLC0415 - after the work

    return list(notices(portrait, recipe, done))


def reason(portrait: Portrait, recipe: Recipe, remedies: Remedies) -> str:
    """Say why nobody was worked on."""
    keys = set(portrait.keys)
    if not keys:
        return "No face was found"
    if keys <= set(recipe.excluded):
        return "Everybody is left alone"
    if _all_small(portrait):
        return f"The faces are narrower than {SMALLEST_RETOUCHED:.0f} pixels"
    return f"No face can be retouched without being named with {remedies.include}"


def _all_small(portrait: Portrait) -> bool:
    return all(person.verdict is Verdict.TOO_SMALL for person in portrait.people)
