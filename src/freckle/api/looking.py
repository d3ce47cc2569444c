"""Looks from words, on an opened photo."""

from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Final

from freckle.api.photos import OpenedPhoto, open_photo
from freckle.api.result import Result
from freckle.api.retouching import Source, retouched
from freckle.looks.beards import Beards
from freckle.looks.candidates import Answers, Wanted, answer, settle
from freckle.looks.cube import cube
from freckle.looks.drift import PersonDrift, drifts, skins_of
from freckle.looks.ground import plain_ground
from freckle.looks.laying import laid
from freckle.looks.meaning import by_meaning
from freckle.looks.reading import Reading
from freckle.looks.sitter import Sitter
from freckle.looks.skin_tone import SKINS
from freckle.looks.telling import table
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Canvas, Delivery
from freckle.recipe.recipe import Recipe
from freckle.recipe.selection import Selection
from freckle.recipe.sources import recipe_of
from freckle.render.pyramid import Pyramid
from freckle.studio.proof import Proof

STAND_IN: Final = "stand_in.jpg"


@dataclass(frozen=True, eq=False, repr=False)
class Look:
    """One candidate: an ordinary recipe for this photo, rendered when it is asked for."""

    photo: OpenedPhoto
    name: str
    """`words`, or the style that the words are seen through."""
    label: str
    recipe: Recipe

    def __repr__(self) -> str:
        """Say which candidate it is."""
        return f"<look {self.label!r} of {self.photo!r}>"

    @cached_property
    def result(self) -> Result:
        """The picture, rendered once."""
        with self.photo.lock:
            return retouched(self.photo, self.recipe, Selection())

    @cached_property
    def drift(self) -> list[PersonDrift]:
        """How far the skin of each person moved; looks move no landmark."""
        framed = [isinstance(BY_NAME[s.edit.op], Canvas | Delivery) for s in self.recipe.steps]
        done = self.result
        with self.photo.lock:
            if any(framed):  # pictures of one size are compared
                steps = (s for s, off in zip(self.recipe.steps, framed, strict=True) if not off)
                plain = self.recipe.model_copy(update={"steps": tuple(steps)})
                done = retouched(self.photo, plain, Selection())
            before, after = self.photo.content, done.content
            return drifts(before, after, self.photo.portrait, self.recipe)

    def cube(self, title: str | None = None) -> str:
        """Return the color part as the text of a `.cube` file."""
        return cube(self.recipe.steps, title or self.label)


@dataclass(frozen=True, eq=False, repr=False)
class Looks:
    """What was understood, and the candidates."""

    reading: Reading
    candidates: tuple[Look, ...]

    @property
    def words(self) -> list[tuple[str, str]]:
        """Each word of the prompt, and what it did."""
        return table(self.reading)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Words that nobody understood."""
        return self.reading.unknown


def stand_in() -> OpenedPhoto:
    """Open the portrait that stands in where somebody has none: Eileen Collins (NASA)."""
    return open_photo((files("freckle.api") / STAND_IN).read_bytes())


def look(  # noqa: PLR0913 - keywords, each by its name
    photo: OpenedPhoto | None,
    prompt: str,
    *,
    style: str | None = None,
    candidates: int = 1,
    seed: int = 0,
    weight: float = 7,
    scale: float = 1,
    aspect: str | None = None,
    skin_lock: bool = True,
    over: Source = "none",
) -> Looks:
    """Turn words into looks for a photo (None: the stand-in).

    The first candidate is the words as written, in `style` if one is named; the others, up to 8,
    see them through other styles, chosen by `seed`. `weight` (1 to 20, 7) says how strongly words
    work, `scale` (1 to 4) how much larger the picture gets, `aspect` its shape, as "4:5". With
    `skin_lock` skin keeps its tone. `over` is a retouch that stays below. The same question has
    the same answer. Raises `RecipeError`.
    """
    photo = stand_in() if photo is None else photo
    with photo.lock:
        wanted = Wanted(
            prompt,
            style=style,
            count=candidates,
            seed=seed,
            weight=weight,
            scale=scale,
            aspect=aspect,
            lock=skin_lock,
            grounds="any" if candidates > 1 and plain_ground(photo.portrait) else "own",
            beards=Beards.of(photo.portrait),
        )
        skins = skins_of(photo.portrait) or SKINS
        sitter = Sitter.of(photo.content, photo.portrait) if candidates > 1 else None
        answers: Answers = answer(wanted, skins, by_meaning(), sitter)
        if skin_lock:
            pyramid = Pyramid(photo.content.pixels)
            proof = Proof.of(photo.content, pyramid, photo.portrait)
            answers = settle(answers, proof.measure)
    below = recipe_of(over)
    return Looks(
        answers.reading,
        tuple(
            Look(photo, each.name, each.label, laid(below, each.recipe))
            for each in answers.candidates
        ),
    )
