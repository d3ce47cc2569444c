"""What is set for one person is theirs alone, and who is left alone keeps every pixel."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from freckle.analysis.portrait import Person, Portrait, analyze
from freckle.ops.even_tone import EvenTone
from freckle.ops.smooth import Smooth
from freckle.ops.tone import Warmth
from freckle.photo import Photo
from freckle.recipe.persons import assigned, settled, steps_of, strangers_of
from freckle.recipe.presets import preset
from freckle.recipe.recipe import Flip, Locks, Recipe, Step
from freckle.recipe.strokes import Mask, Stroke
from freckle.render.neighbors import outline_of
from freckle.render.pyramid import View
from freckle.render.render import render
from freckle.studio.studio import Studio

OPEN = Locks(natural=False, skin_tone=False)


def face_of(person: Person, photo: Photo) -> np.ndarray:
    inside = np.zeros((photo.height, photo.width), np.uint8)
    cv2.fillConvexPoly(inside, np.round(outline_of(person.face) - 0.5).astype(np.int32), 1)
    return inside.astype(bool)


def same(pixels: np.ndarray, photo: Photo, where: np.ndarray) -> bool:
    return np.array_equal(pixels[where], photo.pixels[where])


def strong(person: str | None, amount: float = 90) -> tuple[Step, ...]:
    edits = (Smooth(amount=amount, texture=70), EvenTone(amount=amount), Warmth(amount=amount))
    areas = ("face", "neck", "body")
    return tuple(
        Step(edit=edit, person=person, area=area)
        for edit in edits
        for area in (areas if isinstance(edit, Smooth) else areas[:1])
    )


def test_a_persons_step_replaces_everyones_of_that_tool_and_area() -> None:
    everyone = Step(edit=Smooth(amount=20))
    neck = Step(edit=Smooth(amount=20), area="neck")
    own = Step(edit=Smooth(amount=50), person="1-2")
    other = Step(edit=Warmth(amount=5))
    recipe = Recipe(steps=(everyone, neck, own, other))
    assert steps_of(recipe, "1-2") == [neck, own, other]
    assert steps_of(recipe, "3-4") == [everyone, neck, other]
    left = recipe.model_copy(update={"excluded": ("1-2",)})
    assert steps_of(left, "1-2") == []


@pytest.mark.parametrize("number", [0, 1])
def test_one_persons_settings_leave_the_other_to_the_bit(
    number: int, couple: Photo, portrait: Portrait
) -> None:
    person, other = portrait.people[number], portrait.people[1 - number]
    recipe = Recipe(steps=strong(person.key), locks=OPEN)
    pixels = render(couple, portrait, recipe).photo.pixels
    own, others = face_of(person, couple), face_of(other, couple) & ~face_of(person, couple)
    assert not same(pixels, couple, own)
    assert same(pixels, couple, others)


def test_two_people_get_what_is_set_for_each(couple: Photo, portrait: Portrait) -> None:
    one, two = portrait.people
    both = Recipe(steps=(*strong(one.key, 90), *strong(two.key, 30)), locks=OPEN)
    pixels = render(couple, portrait, both).photo.pixels
    for person, amount in ((one, 90), (two, 30)):
        alone = render(couple, portrait, Recipe(steps=strong(person.key, amount), locks=OPEN))
        where = face_of(person, couple)
        other = two if person is one else one
        where &= ~cv2.dilate(face_of(other, couple).astype(np.uint8), np.ones((9, 9))).astype(bool)
        inner = cv2.erode(where.astype(np.uint8), np.ones((9, 9))).astype(bool)
        assert np.array_equal(pixels[inner], alone.photo.pixels[inner])


def test_who_is_left_alone_keeps_every_pixel(couple: Photo, portrait: Portrait) -> None:
    child = portrait.people[1]
    stroke = Stroke(points=((0, 0),), size=1.0)
    dodge = Step.model_validate(
        {"edit": {"op": "dodge", "amount": 80}, "mask": Mask(base="empty", strokes=(stroke,))}
    )
    flip = Flip(x=0.75, y=0.5, action="heal")
    recipe = Recipe(
        steps=(*preset("beauty").recipe.steps, *strong(None), dodge),
        excluded=(child.key,),
        locks=OPEN,
        flips=(flip,),
    )
    done = render(couple, portrait, recipe)
    assert same(done.photo.pixels, couple, face_of(child, couple))
    assert not same(done.photo.pixels, couple, face_of(portrait.people[0], couple))
    assert [each.person.key for each in done.people] == [portrait.people[0].key]


def test_the_preview_shows_the_same_people(couple: Photo) -> None:
    studio = Studio(couple)
    one, two = studio.portrait.keys
    view = View(0, 0, couple.width, couple.height, couple.width, couple.height)
    for recipe in (
        Recipe(steps=strong(one), locks=OPEN),
        Recipe(steps=strong(None), excluded=(two,), locks=OPEN),
        Recipe(steps=(*strong(None, 20), *strong(two, 90)), locks=OPEN),
    ):
        seen = studio.draw(recipe, view, lambda: False).screen.astype(int)
        saved = studio.rendering(recipe).photo.pixels.astype(int)
        assert np.abs(seen - saved).max() <= 3


def test_keys_survive_opening_again_and_scaling(couple: Photo, portrait: Portrait) -> None:
    assert analyze(couple).keys == portrait.keys
    size = couple.width * 2 - 7, couple.height * 2 - 5
    larger = replace(couple, pixels=np.asarray(cv2.resize(couple.pixels, size), np.uint8))
    recipe = Recipe(steps=strong(portrait.people[0].key), excluded=(portrait.people[1].key,))
    found = settled(recipe, analyze(larger).keys)
    assert not strangers_of(found, analyze(larger).keys)


def test_only_what_can_only_be_one_person_is_settled() -> None:
    recipe = Recipe(steps=strong("40-50"), excluded=("70-50",))
    assert settled(recipe, ("41-49", "70-50")).steps[0].person == "41-49"
    assert settled(recipe, ("41-49", "39-51")).steps[0].person == "40-50"
    assert settled(recipe, ("45-50",)) == recipe
    assert strangers_of(recipe, ("70-50",)) == ["40-50"]
    moved = assigned(recipe, {"40-50": "10-20", "70-50": "30-20"})
    assert (moved.steps[0].person, moved.excluded) == ("10-20", ("30-20",))


def test_a_stranger_in_a_recipe_changes_nobody(couple: Photo, portrait: Portrait) -> None:
    recipe = Recipe(steps=strong("1-1"), locks=OPEN)
    assert np.array_equal(render(couple, portrait, recipe).photo.pixels, couple.pixels)
