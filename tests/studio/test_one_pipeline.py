"""The screen at the photo's own size shows the file's own pixels, whatever a recipe does."""

import random
from typing import Any

import numpy as np
import pytest

from freckle.ops.background import BACKGROUND
from freckle.ops.catalogue import CATALOGUE
from freckle.ops.op import AnyOp, Canvas, Finish, Hand
from freckle.recipe.limits import limits_of
from freckle.recipe.recipe import Flip, Locks, Recipe, Step
from freckle.recipe.strokes import Mask, Stroke
from freckle.render.pyramid import View
from freckle.render.render import render
from freckle.studio.screen import on_checks
from freckle.studio.studio import Studio
from tests.studio.portraits import open_portrait
from tests.studio.test_studio import never

ROUNDS = 10
"""Parametrized over eight seeds: eighty recipes."""
FRAMES: tuple[dict[str, Any], ...] = (
    {"turn": "90"},
    {"mirror": True, "left": 0.1, "top": 0.05, "width": 0.7, "height": 0.8},
    {"angle": 3.5},
    {"angle": -7.25, "turn": "270", "flip": True, "ratio": "4:5"},
    {"ratio": "1:1", "head": 60},
)


def stroke(dice: random.Random) -> Stroke:
    points = tuple((dice.uniform(-0.4, 0.4), dice.uniform(-0.4, 0.4)) for _ in range(3))
    edge = dice.random() < 0.3
    return Stroke(points=points, size=dice.uniform(0.03, 0.2), feather=0.5, edge=edge)


def step(op: AnyOp, dice: random.Random) -> Step:
    values: dict[str, Any] = {}
    for name, (low, high) in limits_of(op.params).items():
        fields = op.params.model_fields[name].metadata
        least = max(low, *(float(m.ge) for m in fields if hasattr(m, "ge")), -100)
        values[name] = round(dice.uniform(least, high), 1)
    if op.name == "curve":
        values["points"] = ((0.0, 0.05), (0.5, dice.uniform(0.4, 0.6)), (1.0, 0.95))
    if isinstance(op, Finish):
        values["mode"] = dice.choice(("color", "gradient", "blur", "remove", "clean"))
    mask = Mask(base="empty", strokes=(stroke(dice),)) if isinstance(op, Hand) else None
    return Step(edit=op.params(**values), mask=mask)


def recipe(dice: random.Random) -> Recipe:
    """A few tools of every kind at random, and a frame for half of them."""
    ops = [op for op in CATALOGUE if not isinstance(op, Canvas | Finish)]
    steps = [step(op, dice) for op in ops if dice.random() < 6 / len(ops)]
    if dice.random() < 0.3:
        steps.append(step(BACKGROUND, dice))
    if dice.random() < 0.5:
        crop = next(op for op in CATALOGUE if isinstance(op, Canvas))
        steps.append(Step(edit=crop.params(**dice.choice(FRAMES))))
    flips = [Flip(x=dice.random(), y=dice.random(), action="heal")] * (dice.random() < 0.2)
    locks = Locks(natural=dice.random() < 0.5, skin_tone=dice.random() < 0.5)
    return Recipe(steps=tuple(steps), locks=locks, flips=tuple(flips))


@pytest.fixture(scope="module")
def open_studio() -> Studio:
    return open_portrait("astronaut")


@pytest.mark.parametrize("seed", range(8))
def test_at_full_size_screen_and_file_are_the_same_pixels(seed: int, open_studio: Studio) -> None:
    dice = random.Random(seed)  # noqa: S311 - any dice will do
    studio, photo = open_studio, open_studio.photo
    for _ in range(ROUNDS):
        wanted = recipe(dice)
        saved = render(photo, studio.portrait, wanted).photo
        width, height = dice.randint(90, 300), dice.randint(90, 300)
        left = dice.randint(0, max(0, saved.width - width))
        top = dice.randint(0, max(0, saved.height - height))
        width, height = min(width, saved.width - left), min(height, saved.height - top)
        view = View(left, top, width, height, width, height)
        drawn = studio.draw(wanted, view, never)
        assert drawn.full_size
        x, y, w, h = (round(v) for v in drawn.region)
        assert (w, h) == drawn.screen.shape[1::-1]
        part = saved.pixels[y : y + h, x : x + w]
        if saved.alpha is not None:
            part = on_checks(part, saved.alpha[y : y + h, x : x + w])
        names = [s.edit.op for s in wanted.steps]
        assert np.array_equal(drawn.screen, part), (names, np.abs(drawn.screen - 1.0 * part).max())


def test_a_background_that_is_gone_is_shown_as_checks_and_saved_as_alpha(
    open_studio: Studio,
) -> None:
    wanted = Recipe(steps=(Step(edit=BACKGROUND.params(mode="remove", softness=20)),))
    saved = render(open_studio.photo, open_studio.portrait, wanted).photo
    assert saved.alpha is not None
    view = View(60, 20, 300, 200, 300, 200)
    drawn = open_studio.draw(wanted, view, never)
    part = slice(20, 220), slice(60, 360)
    cover = saved.alpha[part][..., None] / np.float32(255)
    down, across = np.mgrid[:200, :300] // 8
    checks = np.where((down + across) % 2, 255.0, 204.0)[..., None]
    laid = np.rint(checks + cover * (saved.pixels[part] - checks))
    assert np.abs(laid - drawn.screen).max() <= 1
    assert 0.1 < (saved.alpha == 0).mean() < 0.9
