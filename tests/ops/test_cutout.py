"""Who is cut out, said by hand: strokes add to people and take away, and change nothing alone."""

from typing import Any

import numpy as np

from freckle.analysis.matte import PEAK
from freckle.analysis.portrait import Portrait
from freckle.ops.background import Background
from freckle.ops.crop import Crop
from freckle.ops.cutout import Cutout
from freckle.photo import Photo
from freckle.poster.subject import Subject
from freckle.recipe.recipe import Recipe, Step
from freckle.recipe.strokes import Mask, Stroke
from freckle.render.people import people_by_hand, people_in
from freckle.render.render import render

GREEN = (0, 0xB1, 0x40)


def painted(*strokes: Stroke, amount: float = 100) -> Step:
    return Step(edit=Cutout(amount=amount), mask=Mask(base="auto", strokes=strokes))


def before_green(photo: Photo, portrait: Portrait, *steps: Step) -> Any:
    ground = Step(edit=Background(mode="color", color="#00b140"))
    return render(photo, portrait, Recipe(steps=(*steps, ground))).photo.pixels


def test_what_is_painted_in_keeps_every_bit_and_what_is_painted_out_goes(
    photo: Photo, portrait: Portrait
) -> None:
    corner = Stroke(points=((0.06, 0.06),), size=0.1, feather=0.2, space="photo")
    cheek = Stroke(mode="remove", points=((-0.15, 0.05),), size=0.2, feather=0.2)
    plain = before_green(photo, portrait)
    x, y = round(0.06 * photo.width), round(0.06 * photo.height)
    spot = slice(y - 4, y + 5), slice(x - 4, x + 5)
    assert (portrait.matte.alpha[spot] == 0).all(), "the corner is ground"
    done = before_green(photo, portrait, painted(corner, cheek))
    assert np.array_equal(done[spot], photo.pixels[spot])
    face = portrait.people[0].face
    left, top = face.to_units.inverse()(np.array([[-0.15, 0.05]], np.float32))[0]
    cut = slice(int(top) - 3, int(top) + 4), slice(int(left) - 3, int(left) + 4)
    assert (done[cut] == GREEN).all()
    assert np.array_equal(plain[cut], photo.pixels[cut])
    changed = (done != plain).any(axis=2)
    assert 0 < changed.mean() < 0.1, "elsewhere nothing moves"


def test_the_later_stroke_counts_and_amount_is_how_far(photo: Photo, portrait: Portrait) -> None:
    there = Stroke(points=((0.06, 0.06),), size=0.1, feather=0.2, space="photo")
    gone = Stroke(mode="remove", points=((0.06, 0.06),), size=0.16, feather=0, space="photo")
    plain = before_green(photo, portrait)
    assert np.array_equal(before_green(photo, portrait, painted(there, gone)), plain)
    half = before_green(photo, portrait, painted(there, amount=50)).astype(int)
    whole = before_green(photo, portrait, painted(there)).astype(int)
    x, y = round(0.06 * photo.width), round(0.06 * photo.height)
    red = [each[y, x, 0] for each in (plain, half, whole)]
    assert min(red[0], red[2]) < red[1] < max(red[0], red[2])


def test_alone_it_changes_nothing_and_nobody_is_retouched(photo: Photo, portrait: Portrait) -> None:
    stroke = Stroke(mode="remove", points=((0.5, 0.5),), size=0.3, space="photo")
    recipe = Recipe(steps=(painted(stroke),))
    done = render(photo, portrait, recipe)
    assert done.photo is photo
    assert done.people == ()


def test_strokes_belong_to_the_photo_and_the_ground_to_the_style() -> None:
    stroke = Stroke(points=((0.5, 0.5),), size=0.1, space="photo")
    ground = Step(edit=Background(mode="color"))
    recipe = Recipe(steps=(painted(stroke), ground))
    assert [step.edit.op for step in recipe.style.steps] == ["background"]
    assert [step.edit.op for step in recipe.here.steps] == ["cutout"]
    assert Recipe.parse(recipe.to_json()) == recipe


def test_a_shadow_and_a_clean_ground_follow_the_hand(photo: Photo, portrait: Portrait) -> None:
    corner = Stroke(points=((0.06, 0.06),), size=0.1, feather=0.2, space="photo")
    x, y = round(0.06 * photo.width), round(0.06 * photo.height)
    ground = Step(edit=Background(mode="color", color="#c0c0c0", shadow=90, distance=60, fall=0))
    with_it, without = (
        render(photo, portrait, Recipe(steps=(*steps, ground))).photo.pixels.astype(int)
        for steps in ((painted(corner),), ())
    )
    beside = slice(y - 2, y + 3), slice(x + 20, x + 24)
    assert (without[beside] - with_it[beside]).mean() > 20, "it throws a shadow, too"
    clean = Step(edit=Background(mode="clean", marks=100, even=100))
    kept = render(photo, portrait, Recipe(steps=(painted(corner), clean))).photo.pixels
    spot = slice(y - 4, y + 5), slice(x - 4, x + 5)
    assert np.array_equal(kept[spot], photo.pixels[spot])


def test_the_people_of_a_finished_picture_are_those_painted_in_its_frame(
    photo: Photo, portrait: Portrait
) -> None:
    corner = Stroke(points=((0.06, 0.06),), size=0.1, feather=0.2, space="photo")
    mirrored = Recipe(steps=(painted(corner), Step(edit=Crop(mirror=True))))
    done = render(photo, portrait, mirrored).photo
    found = people_in(photo, portrait, mirrored, done)
    x, y = round(0.06 * photo.width), round(0.06 * photo.height)
    assert found[y, photo.width - 1 - x] == PEAK
    assert found[y, x] == 0
    plain = Recipe(steps=mirrored.steps[1:])
    assert people_by_hand(photo, portrait, plain, done) is None
    assert np.array_equal(people_in(photo, portrait, plain, done), portrait.matte.alpha[:, ::-1])
    subject = Subject.made(photo, portrait, mirrored, done)
    assert subject.alpha is not None
    assert subject.alpha[y, photo.width - 1 - x] == 255
    assert subject.alpha[y, x] == 0
