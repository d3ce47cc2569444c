"""What is painted is seen while it is painted, and is what is saved."""

import statistics
import time

import numpy as np
import pytest

from freckle.analysis.portrait import Portrait
from freckle.ops.dodge_burn import Burn, Dodge
from freckle.ops.heal_brush import HealBrush
from freckle.ops.redness import Redness
from freckle.ops.restore import Restore
from freckle.photo import Photo
from freckle.recipe.presets import preset
from freckle.recipe.recipe import Recipe, Step
from freckle.recipe.strokes import Mask, Stroke
from freckle.render.pyramid import View
from freckle.studio.studio import Studio
from tests.brush.test_by_hand import CHEEK, CORNER, covered
from tests.studio.portraits import open_portrait

NATURAL = preset("natural").recipe


def never() -> bool:
    return False


def whole(studio: Studio, width: int | None = None) -> View:
    photo = studio.photo
    scale = 1 if width is None else width / photo.width
    size = round(photo.width * scale), round(photo.height * scale)
    return View(0, 0, photo.width, photo.height, *size)


def decibels(one: np.ndarray, other: np.ndarray) -> float:
    error = np.square(one.astype(float) - other).mean()
    return float(10 * np.log10(255**2 / max(error, 1e-9)))


def step(edit: object, *strokes: Stroke, base: str = "empty") -> Step:
    return Step.model_validate({"edit": edit, "mask": {"base": base, "strokes": strokes}})


def natural_with(*steps: Step) -> Recipe:
    return NATURAL.model_copy(update={"steps": (*NATURAL.steps, *steps)})


MOVES = {
    "dodge": step(Dodge(amount=60), CHEEK, CORNER),
    "burn": step(Burn(amount=60), CHEEK.model_copy(update={"edge": True})),
    "heal": step(HealBrush(), CHEEK.model_copy(update={"size": 0.05}), CORNER),
    "restore": step(Restore(), CHEEK),
    "redness": step(Redness(amount=80), CHEEK),
    "taken out": step(Redness(amount=80), CHEEK.model_copy(update={"mode": "remove"}), base="auto"),
}


@pytest.mark.parametrize("name", MOVES)
def test_the_preview_is_what_is_saved(name: str, photo: Photo) -> None:
    studio = Studio(photo)
    recipe = natural_with(MOVES[name])
    seen = studio.draw(recipe, whole(studio), never).screen
    saved = studio.rendering(recipe).photo.pixels
    plain = studio.draw(NATURAL, whole(studio), never).screen
    assert decibels(seen, saved) > 48
    assert not np.array_equal(seen, plain)


def test_brushes_taken_back_leave_no_trace(photo: Photo) -> None:
    studio = Studio(photo)
    view = whole(studio)
    before = studio.draw(NATURAL, view, never).screen
    for move in MOVES.values():
        studio.draw(natural_with(move), view, never)
    assert np.array_equal(studio.draw(NATURAL, view, never).screen, before)


def test_marks_and_brushes_are_healed_together_as_by_the_renderer(photo: Photo) -> None:
    studio = Studio(photo)
    heal, view = MOVES["heal"], whole(studio)
    teen = preset("teen").recipe
    both = teen.model_copy(update={"steps": (*teen.steps, heal)})
    for recipe in (Recipe(steps=(heal,)), both, teen, both):
        studio.draw(recipe, view, never)
    fresh = Studio(photo).draw(both, view, never).screen
    assert np.array_equal(studio.draw(both, view, never).screen, fresh)
    assert decibels(fresh, studio.rendering(both).photo.pixels) > 48


def test_what_is_restored_is_seen_as_the_original(photo: Photo, portrait: Portrait) -> None:
    studio = Studio(photo)
    seen = studio.draw(natural_with(MOVES["restore"]), whole(studio), never).screen
    place = covered(photo, portrait, CHEEK) == 1
    assert np.array_equal(seen[place], photo.pixels[place])


@pytest.mark.parametrize("name", ["dodge", "redness"])
def test_painting_costs_a_fraction_of_drawing_anew(name: str) -> None:
    studio = open_portrait("woman_mature_54_frontal_01.jpg")
    view = whole(studio, 1000)
    studio.analysis()
    started = time.thread_time()
    studio.draw(NATURAL, view, never)
    anew = time.thread_time() - started
    kept = MOVES[name]
    assert kept.mask is not None
    points = tuple((-0.3 + 0.01 * k, 0.1 + 0.05 * np.sin(k / 3)) for k in range(45))
    times = []
    for count in range(5, 45, 4):
        grown = Stroke(points=points[:count], size=0.12)
        mask = Mask(base="empty", strokes=(*kept.mask.strokes, grown))
        recipe = natural_with(kept.model_copy(update={"mask": mask}))
        started = time.thread_time()
        studio.draw(recipe, view, never, quick=True)
        times.append(time.thread_time() - started)
    assert statistics.median(times) < 0.5 * anew
