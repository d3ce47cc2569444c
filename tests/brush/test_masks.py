"""A mask painted by hand steers any paint."""

import numpy as np
import pytest

from freckle.analysis.portrait import Portrait
from freckle.ops.catalogue import CATALOGUE
from freckle.ops.op import Paint
from freckle.photo import Photo
from freckle.recipe.recipe import Locks, Recipe, Step
from freckle.recipe.strokes import Mask, Stroke
from freckle.render.layers import Layers
from freckle.render.render import render
from freckle.render.stencil import Stencils
from freckle.render.tasks import Task
from tests.brush.test_by_hand import CHEEK, covered

OPEN = Locks(natural=False, skin_tone=False)
SKIN = [op for op in CATALOGUE if isinstance(op, Paint) and "neck" in op.areas]
OUT = CHEEK.model_copy(update={"mode": "remove"})


def painted(portrait: Portrait, step: Step, *, hold: bool = False) -> np.ndarray:
    done = Layers(portrait.people[0].scene)
    op = next(op for op in CATALOGUE if op.name == step.edit.op)
    assert isinstance(op, Paint)
    done.add(Task(step, op, 1.0, hold))
    return done.result()


def in_frame(portrait: Portrait, *strokes: Stroke) -> np.ndarray:
    scene = portrait.people[0].scene
    stencil = Stencils(scene.frame, scene.regions).full(Mask(base="empty", strokes=strokes), [])
    assert stencil.hand is not None
    return stencil.hand.add


@pytest.mark.parametrize("op", SKIN, ids=lambda op: op.name)
def test_an_empty_mask_works_only_where_it_is_painted(op: Paint, portrait: Portrait) -> None:
    step = Step(edit=op.params(amount=60), mask=Mask(base="empty", strokes=(CHEEK,)))
    after, before = painted(portrait, step), portrait.people[0].scene.frame.lab
    # the coarse grid's cells reach two pixels beyond what was painted on it
    near = np.asarray(in_frame(portrait, CHEEK.model_copy(update={"size": 0.16}))) > 0
    assert not (after != before).any(axis=2)[~near].any()


@pytest.mark.parametrize("hold", [False, True])
def test_what_is_taken_out_stays_to_the_bit(hold: bool, portrait: Portrait) -> None:
    edit = next(op for op in SKIN if op.name == "even_tone").params(amount=80)
    after = painted(portrait, Step(edit=edit, mask=Mask(strokes=(OUT,))), hold=hold)
    before = portrait.people[0].scene.frame.lab
    inner = in_frame(portrait, CHEEK.model_copy(update={"size": 0.04, "feather": 0.0})) > 0
    assert np.array_equal(after[inner], before[inner])
    assert not np.array_equal(after, before)


def test_what_is_painted_in_counts_as_skin(photo: Photo, portrait: Portrait) -> None:
    hair = Stroke(points=((-0.1, -0.8), (0.1, -0.8)), size=0.1)
    edit = next(op for op in SKIN if op.name == "smooth").params(amount=60)
    plain, more = (
        render(photo, portrait, Recipe(steps=(Step(edit=edit, mask=mask),), locks=OPEN)).photo
        for mask in (None, Mask(strokes=(hair,)))
    )
    place = covered(photo, portrait, hair) > 0.9
    assert np.array_equal(plain.pixels[place], photo.pixels[place])
    moved = np.abs(more.pixels[place].astype(int) - photo.pixels[place])
    assert moved.mean() > 0
    assert moved.max() < 60


def test_an_automatic_mask_without_strokes_is_no_mask(photo: Photo, portrait: Portrait) -> None:
    edit = next(op for op in SKIN if op.name == "smooth").params(amount=40)
    plain, masked = (
        render(photo, portrait, Recipe(steps=(Step(edit=edit, mask=mask),), locks=OPEN)).photo
        for mask in (None, Mask())
    )
    assert np.array_equal(plain.pixels, masked.pixels)


def test_an_empty_mask_is_idle() -> None:
    edit = SKIN[0].params(amount=40)
    assert Recipe(steps=(Step(edit=edit, mask=Mask(base="empty", strokes=(OUT,))),)).neutral
    assert not Recipe(steps=(Step(edit=edit, mask=Mask(strokes=(OUT,))),)).neutral
