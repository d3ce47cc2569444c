"""Several answers to one prompt, which differ in light, palette, makeup and ground."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from freckle.errors import RecipeError
from freckle.looks.concepts import Concept, styles
from freckle.looks.glance import Glance
from freckle.looks.mixing import factor, mixed
from freckle.looks.reading import Asked, Reading, read
from freckle.looks.skin_tone import SKINS, Lab, Measure, held, settled, spared
from freckle.looks.vocabulary import Nearest
from freckle.ops.catalogue import BY_NAME
from freckle.recipe.recipe import Recipe, Step, in_order

Grounds = Literal["own", "any"]
MOST: Final = 8
ENOUGH: Final = 4.5
"""How far they are at least while there is a style that fits the words."""
APART: Final = 6.5
"""How far two candidates should be apart on usual colors (mean ΔE, 1976) before they are drawn."""
APART_GRAY: Final = 4.0
"""The same of black-and-white, where light alone tells them apart."""
BESIDE: Final = 0.8
"""How strongly a style works beside the words."""
MOST_SCALE: Final = 4.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for; raises `RecipeError` where it cannot be."""

    prompt: str
    style: str | None = None
    """A curated style, by key or label."""
    count: int = 1
    seed: int = 0
    weight: float = 7.0
    """How strongly words work, 1 to 20."""
    scale: float = 1.0
    """How much larger the picture is written, 1 to 4."""
    aspect: str | None = None
    """Width to height, as 4:5."""
    lock: bool = True
    """Whether skin keeps its tone."""
    grounds: Grounds = "own"
    """Whether candidates beside the first may replace the ground, where nobody asked for one."""

    def __post_init__(self) -> None:
        """Refuse numbers out of range."""
        bounds = (("candidates", self.count, 1, MOST), ("weight", self.weight, 1, 20))
        for name, value, low, high in (*bounds, ("scale", self.scale, 1, MOST_SCALE)):
            if not low <= value <= high:
                raise RecipeError(f"{value:g} is no {name}.", f"Choose {low:g} to {high:g}.")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One answer: an ordinary recipe."""

    name: str
    """`words`, or the key of the style that it is seen through."""
    label: str
    recipe: Recipe


@dataclass(frozen=True, slots=True)
class Answers:
    """What was understood, and what came of it."""

    reading: Reading
    candidates: tuple[Candidate, ...]

    def wearing(self, recipes: Iterable[Recipe]) -> "Answers":
        """Return the same candidates with other recipes, in their order."""
        pairs = zip(self.candidates, recipes, strict=True)
        return replace(self, candidates=tuple(replace(c, recipe=r) for c, r in pairs))


def style_named(name: str) -> Concept:
    """Return a curated style by its key or its label in any language. Raises `RecipeError`."""
    wanted = name.strip().casefold().replace(" ", "_")
    for each in styles():
        if wanted in {
            each.key,
            *(label.casefold().replace(" ", "_") for label in each.labels.values()),
        }:
            return each
    keys = ", ".join(each.key for each in styles())
    raise RecipeError(f"There is no style named {name!r}.", f"Styles: {keys}.")


def answer(wanted: Wanted, skins: Sequence[Lab] = SKINS, nearest: Nearest | None = None) -> Answers:
    """Read a prompt and return its candidates; the same question has the same answer.

    The first is the words as they are written, in the chosen style. The others see the words
    through styles that do not speak against them, chosen by the seed and far enough from each
    other. `skins` (CIELAB) are those whose tone is kept. Raises `RecipeError`.
    """
    reading = read(wanted.prompt, nearest)
    base = None if wanted.style is None else style_named(wanted.style)
    first = _made(wanted, reading, base, "words", "As written", turned=False)
    first = _kept(wanted, first, skins)
    made, glances = [first], [Glance.at(first.recipe.steps)]
    pool = _pool(wanted, reading, base)
    for number in range(1, wanted.count):
        found = _next(wanted, reading, pool, glances, skins, turned=number % 2 == 1)
        made.append(found)
        glances.append(Glance.at(found.recipe.steps))
        pool = [[style for style in part if style.key != found.name] for part in pool]
    return Answers(reading, tuple(made))


def settle(answers: Answers, measure: Measure) -> Answers:
    """Return answers whose candidates keep the lit skin's tone on a photo, as it is measured."""
    looks = [each.recipe for each in answers.candidates]
    steps = [in_order(settled(look.steps, measure)) for look in looks]
    pairs = zip(looks, steps, strict=True)
    return answers.wearing(look.model_copy(update={"steps": s}) for look, s in pairs)


def _pool(wanted: Wanted, reading: Reading, base: Concept | None) -> list[list[Concept]]:
    """Return the styles that fit the words, and others, each as the seed shuffles them."""
    wants = reading.tags | (base.tags if base else frozenset())
    named = {word.meaning for word in reading.heard}

    def place(style: Concept) -> str:
        return hashlib.sha256(f"{wanted.seed} {style.key}".encode()).hexdigest()

    rest = [s for s in styles() if s is not base and s.key not in named]
    rest = [s for s in rest if not s.tags & reading.unwanted]
    if reading.colored:  # words that ask for colors are not answered in black-and-white
        rest = [s for s in rest if "mono" not in s.tags]
    fitting = [s for s in rest if not s.clashing & wants]
    others = [s for s in rest if s.clashing & wants and "mono" not in s.tags]
    return [sorted(fitting, key=place), sorted(others, key=place)]


def _next(
    wanted: Wanted,
    reading: Reading,
    pool: Sequence[Sequence[Concept]],
    before: Sequence[Glance],
    skins: Sequence[Lab],
    *,
    turned: bool,
) -> Candidate:
    """Return the first that is far from all before; else the farthest, fitting ones first."""
    best: tuple[float, Candidate] | None = None
    gray = "mono" in reading.tags
    for part in pool:
        for style in part:
            found = _seen(wanted, reading, style, turned=turned)
            glance = Glance.at(found.recipe.steps)
            nearest = min(glance.away(each) for each in before)
            if nearest >= (APART_GRAY if gray else APART):
                return _kept(wanted, found, skins)
            if best is None or nearest > best[0]:
                best = nearest, found
        if best is not None and best[0] >= ENOUGH:
            break
    if best is None:  # every style is ruled out: the words, lit from the other side
        best = 0.0, _made(wanted, reading, None, "turned", "From the other side", turned=True)
    return _kept(wanted, best[1], skins)


def _seen(wanted: Wanted, reading: Reading, style: Concept, *, turned: bool) -> Candidate:
    """Return the words seen through a style."""
    return _made(wanted, reading, style, style.key, style.labels["en"], turned=turned)


def _kept(wanted: Wanted, found: Candidate, skins: Sequence[Lab]) -> Candidate:
    """Return a candidate under which skins keep their tone, if that is wanted."""
    if not wanted.lock:
        return found
    steps = in_order(held(found.recipe.steps, skins))
    return replace(found, recipe=found.recipe.model_copy(update={"steps": steps}))


def _made(
    wanted: Wanted,
    reading: Reading,
    style: Concept | None,
    name: str,
    label: str,
    *,
    turned: bool,
) -> Candidate:
    asked = list(reading.asked)
    if style is not None:
        own = 1.0 if name == "words" or not asked else BESIDE
        settings = style.settings
        if name != "words" and wanted.grounds == "own":
            settings = {tool: v for tool, v in settings.items() if tool != "background"}
        asked.append(Asked(settings, own, style.key, style=True))
    steps = mixed(asked, reading.removed, factor(wanted.weight))
    if turned:
        steps = tuple(_turned(step) for step in steps)
    if wanted.lock:
        steps = spared(steps)
    return Candidate(name, label, Recipe(steps=in_order((*steps, *_framed(wanted)))))


def _turned(step: Step) -> Step:
    """Return a lamp on the other side."""
    if step.edit.op not in ("relight", "rim_light"):
        return step
    side = -getattr(step.edit, "side", 0.0)
    return step.model_copy(update={"edit": step.edit.model_copy(update={"side": side})})


def _framed(wanted: Wanted) -> Iterable[Step]:
    """Return the steps of shape and size."""
    if wanted.aspect is not None:
        yield Step(edit=_checked("crop", "aspect", ratio=wanted.aspect))
    if wanted.scale > 1:
        yield Step(edit=_checked("upscale", "scale", amount=round(100 * (wanted.scale - 1), 1)))


def _checked(tool: str, what: str, **values: Any) -> Any:
    try:
        return BY_NAME[tool].params(**values)
    except ValueError as error:
        said = next(iter(values.values()))
        raise RecipeError(f"{said!r} is no {what}.", "Write an aspect as 4:5.") from error
