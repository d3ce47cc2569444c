"""Several answers to one prompt, which differ in light, palette, makeup and ground."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

import numpy as np

from freckle.errors import RecipeError
from freckle.looks.beards import NOBODY, Beards
from freckle.looks.concepts import Concept, styles
from freckle.looks.directions import Direction, alike, directions
from freckle.looks.mixing import factor, mixed
from freckle.looks.prints import printed
from freckle.looks.reading import Asked, Reading, read
from freckle.looks.sitter import Sitter
from freckle.looks.skin_tone import SKINS, Lab, Measure, held, settled, spared
from freckle.looks.vocabulary import Nearest
from freckle.ops.catalogue import BY_NAME
from freckle.pixels.color import Floats
from freckle.recipe.recipe import Recipe, Step, in_order

Grounds = Literal["own", "any"]
MOST: Final = 8
APART: Final = 8.0
"""How far candidates should be apart (mean ΔE, 1976) on the `Sitter`, on which a look is told from
another one by up to half more than on the photo."""
NEAR: Final = 6.0
"""How near the next one may be before a style is tried a second time, varied otherwise."""
TRIED: Final = 60
"""Directions that are looked at for one candidate."""
HELD: Final = 6
"""How many of them are held to the skin's tone; then the farthest so far is taken."""
MOST_SCALE: Final = 4.0
WORDS: Final = "words"
AS_WRITTEN: Final = {
    "en": "As written",
    "es": "Como está escrito",
    "zh": "如文字所述",
    "de": "Wie geschrieben",
    "fr": "Tel quel",
}
TURNED: Final = {
    "en": "From the other side",
    "es": "Desde el otro lado",
    "zh": "换一侧光",
    "de": "Von der anderen Seite",
    "fr": "De l’autre côté",
}


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
    beards: Beards = NOBODY
    """Who is spared makeup that no word names."""

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
    """`words`, or the keys of the style and the light that they are seen through."""
    labels: Mapping[str, str]
    """What it is called, by language."""
    recipe: Recipe

    @property
    def label(self) -> str:
        """What it is called in English."""
        return self.labels["en"]


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


def answer(
    wanted: Wanted,
    skins: Sequence[Lab] = SKINS,
    nearest: Nearest | None = None,
    sitter: Sitter | None = None,
) -> Answers:
    """Read a prompt and return its candidates; the same question has the same answer.

    The first is the words as they are written, in the chosen style. The others see the words
    through styles and lights that do not speak against them, as the seed shuffles them, each far
    enough from all before, as it looks on the `sitter`. `skins` (CIELAB) are those whose tone is
    kept. Raises `RecipeError`.
    """
    reading = read(wanted.prompt, nearest)
    base = None if wanted.style is None else style_named(wanted.style)
    sitting = _Sitting(wanted, reading, skins, sitter or Sitter.usual())
    sitting.take(sitting.written(base))
    left = sitting.deck = directions(reading, base, wanted.seed) if wanted.count > 1 else []
    for _ in range(1, wanted.count):
        left = sitting.go_on(left)
    return Answers(reading, tuple(sitting.taken))


@dataclass(slots=True)
class _Sitting:
    """The candidates that are found so far, and how each of them looks."""

    wanted: Wanted
    reading: Reading
    skins: Sequence[Lab]
    sitter: Sitter
    taken: list[Candidate] = field(default_factory=list)
    seen: list[Floats] = field(default_factory=list)
    drawn: dict[str, Floats] = field(default_factory=dict)
    deck: Sequence[Direction] = ()
    """All directions, in the order in which they are tried."""

    def take(self, found: Candidate) -> None:
        """Add one."""
        self.taken.append(found)
        self.seen.append(self.sitter.drawn(found.recipe.steps))

    def written(self, base: Concept | None) -> Candidate:
        """Return the words as they are written, in a style if one is named."""
        style = () if base is None else (Asked(base.settings, 1.0, base.key, style=True),)
        asked = (*self.reading.asked, *style)
        return self._held(self._made(asked, WORDS, AS_WRITTEN, turned=False))

    def go_on(self, left: Sequence[Direction]) -> list[Direction]:
        """Take the first direction that is far from all before; else the farthest of those tried.

        Return what is left for the next one: no style and nothing that varies it comes twice,
        unless all else would look the same.
        """
        best = self._best(left)
        if best is None or best[0] < NEAR:
            names = {each.name for each in self.taken}
            again = self._best([each for each in self.deck if each.name not in names])
            best = max(filter(None, (best, again)), key=lambda each: each[0], default=None)
        if best is None:  # every style is ruled out: the words, lit from the other side
            turned = self._made(self.reading.asked, "turned", TURNED, turned=True)
            self.take(self._held(turned))
            return []
        self.take(best[2])
        return [each for each in left if not self._alike(each, best[1])]

    def _alike(self, one: Direction, other: Direction) -> bool:
        """Whether two directions are too much of one thing; one in black-and-white is enough."""
        mono = "mono" in one.style.tags & other.style.tags - self.reading.tags
        return alike(one, other) or mono

    def _best(self, left: Sequence[Direction]) -> tuple[float, Direction, Candidate] | None:
        """Return the first direction far from all before, or the farthest of those tried."""
        best: tuple[float, Direction, Candidate] | None = None
        for direction in self._promising(left[:TRIED]):
            found = self._held(self._through(direction))
            away = self._away(self.sitter.drawn(found.recipe.steps))
            if best is None or away > best[0]:
                best = away, direction, found
            if away >= APART:
                break
        return best

    def _promising(self, left: Sequence[Direction]) -> Iterator[Direction]:
        """Yield directions that are far before skin is held, in order; at last the farthest."""
        near: list[tuple[float, int]] = []
        tries = 0
        for number, direction in enumerate(left):
            away = self._away(self._drawn(direction))
            if away < APART:
                near.append((-away, number))
            elif tries < HELD:
                tries += 1
                yield direction
        yield from (left[number] for _, number in sorted(near)[: max(1, HELD // 2 - tries)])

    def _drawn(self, direction: Direction) -> Floats:
        """Return how a direction looks before skin is held; each is drawn once."""
        key = f"{direction.name} {direction.turned}"
        if key not in self.drawn:
            self.drawn[key] = self.sitter.drawn(self._through(direction).recipe.steps)
        return self.drawn[key]

    def _away(self, drawn: Floats) -> float:
        return min(float(np.linalg.norm(drawn - each, axis=2).mean()) for each in self.seen)

    def _through(self, direction: Direction) -> Candidate:
        """Return the words seen in a direction."""
        roomy = self.reading.roomy
        asked = direction.asked(
            makeup=self.reading.made_up,
            ground=roomy or self.wanted.grounds == "any",
            alone=not self.reading.asked,
        )
        gone = {"relight"} if direction.relit else set[str]()
        gone |= {"background"} if roomy and direction.grounded else set()
        said = self.reading.without(gone)
        named = direction.name, direction.labels
        return self._made((*said, *asked), *named, turned=direction.turned)

    def _made(
        self, asked: Sequence[Asked], name: str, labels: Mapping[str, str], *, turned: bool
    ) -> Candidate:
        wanted, reading = self.wanted, self.reading
        steps = mixed(asked, reading.removed, factor(wanted.weight))
        if turned:
            steps = tuple(_turned(step) for step in steps)
        if wanted.lock:
            steps = spared(steps)
        steps = printed(wanted.beards.spared(steps, reading.painted))
        return Candidate(name, labels, Recipe(steps=in_order((*steps, *_framed(wanted)))))

    def _held(self, found: Candidate) -> Candidate:
        """Return a candidate under which skins keep their tone, if that is wanted."""
        if not self.wanted.lock:
            return found
        steps = in_order(held(found.recipe.steps, self.skins))
        return replace(found, recipe=found.recipe.model_copy(update={"steps": steps}))


def settle(answers: Answers, measure: Measure) -> Answers:
    """Return answers whose candidates keep the lit skin's tone on a photo, as it is measured."""
    looks = [each.recipe for each in answers.candidates]
    steps = [in_order(settled(look.steps, measure)) for look in looks]
    pairs = zip(looks, steps, strict=True)
    return answers.wearing(look.model_copy(update={"steps": s}) for look, s in pairs)


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
