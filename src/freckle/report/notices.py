"""What people should know of a result: who was left alone and why, and what was not painted."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Protocol

from freckle.analysis.portrait import Person, Portrait
from freckle.analysis.regions import Region
from freckle.analysis.verdict import Verdict
from freckle.ops.catalogue import BY_NAME
from freckle.recipe.persons import concerns, steps_of
from freckle.recipe.recipe import Recipe, Step
from freckle.render.deeds import Deed
from freckle.report.figures import Unpainted

EYES: Final = ("right eye", "left eye")
FEATURES: Final[Mapping[Region, tuple[str, ...]]] = {
    Region.LIP_COLOR: ("lips",),
    Region.LIDS: EYES,
    Region.LASH_LINES: EYES,
    Region.IRISES: EYES,
}
"""What a tool of makeup paints on, by the region that it works in."""
COVERED: Final = 1 / 3
"""Share of a feature that must be seen for makeup to be painted; below, it is covered."""
PAINTED: Final = 0.3
"""Mean ΔE from which paint can be seen."""
MOST_NAMED: Final = 5
"""Faces that a sentence names by their numbers; more are counted."""


class Done(Protocol):
    """What a renderer hands over for one person."""

    @property
    def person(self) -> Person:
        """Who."""

    @property
    def deeds(self) -> Sequence[Deed]:
        """What each tool did."""


def notices(portrait: Portrait, recipe: Recipe, done: Iterable[Done]) -> tuple[str, ...]:
    """Return one sentence for each thing that people should know; faces count from 1."""
    numbers = {person.key: k for k, person in enumerate(portrait.people, 1)}
    found = left_alone(portrait, recipe)
    for each in done:
        where = f" on face {numbers[each.person.key]}" if len(numbers) > 1 else ""
        found += [_sentence(group, where) for group in _grouped(unpainted(each, recipe))]
    return tuple(found)


def left_alone(portrait: Portrait, recipe: Recipe) -> list[str]:
    """Say which faces a recipe leaves alone although nobody asked for it, and why."""
    why: dict[Verdict, list[int]] = {}
    for number, person in enumerate(portrait.people, 1):
        if person.key not in recipe.excluded and not concerns(recipe, person):
            why.setdefault(person.verdict, []).append(number)
    return [_alone(verdict, numbers) for verdict, numbers in why.items()]


def _alone(verdict: Verdict, numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"Face {numbers[0]} is left alone: {verdict.reason}."
    if len(numbers) > MOST_NAMED:
        return f"{len(numbers)} faces are left alone: {verdict.reasons}."
    named = ", ".join(map(str, numbers[:-1]))
    return f"Faces {named} and {numbers[-1]} are left alone: {verdict.reasons}."


def unpainted(each: Done, recipe: Recipe) -> tuple[Unpainted, ...]:
    """Return the makeup that a recipe asks for and that could not be seen on covered features."""
    steps = [step for step in steps_of(recipe, each.person.key) if _paints(step, recipe)]
    if not steps:
        return ()
    seen: Mapping[str, float] = each.person.regions.seen
    far = {deed.op: deed.delta_e or 0.0 for deed in each.deeds}
    found = {}
    for step in steps:
        op = BY_NAME[step.edit.op]
        features = {name for region in op.needs for name in FEATURES.get(region, ())}
        hidden = tuple(n for n in sorted(features) if seen.get(n, 1.0) < COVERED)
        whole = bool(hidden) and len(hidden) == len(features)
        if hidden and not (whole and far.get(op.name, 0.0) >= PAINTED):
            found[op.name] = Unpainted(op.name, op.label, hidden, whole)
    return tuple(found.values())


def _paints(step: Step, recipe: Recipe) -> bool:
    op = BY_NAME[step.edit.op]
    return op.panel == "makeup" and not step.idle and recipe.amounts.get("makeup", 100.0) > 0


def _grouped(found: Iterable[Unpainted]) -> list[list[Unpainted]]:
    groups: dict[tuple[str, ...], list[Unpainted]] = {}
    for one in found:
        groups.setdefault(one.covered, []).append(one)
    return list(groups.values())


def _sentence(group: list[Unpainted], where: str) -> str:
    labels = _listed([group[0].label, *(one.label.lower() for one in group[1:])])
    verb = "was" if len(group) == 1 else "were"
    covered = "eyes" if group[0].covered == tuple(sorted(EYES)) else _listed(group[0].covered)
    be = "is" if covered.endswith("eye") else "are"
    if group[0].whole:
        return f"{labels} {verb} not painted{where}: the {covered} {be} covered."
    return f"{labels} {verb} painted on one eye only{where}: the {covered} {be} covered."


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
