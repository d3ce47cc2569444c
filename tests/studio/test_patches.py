"""Frames of a drag as patches: laid over the picture at rest they are the whole frame."""

import numpy as np
import pytest

from freckle.recipe.recipe import Recipe
from freckle.studio.drawing import joined, patch
from freckle.studio.studio import Studio
from tests.studio.portraits import PORTRAITS, open_portrait
from tests.studio.test_studio import NATURAL, decibels, moved, never, whole

SHAPED = Recipe.from_plain(
    {
        "format": 1,
        "steps": [{"edit": {"op": "eye_size", "version": 1, "amount": 20}}],
    }
)


def dragged(studio: Studio, first: Recipe, recipes: list[Recipe], longest: int):
    """Lay the patches of a drag over its first picture; return that, and the drag's last frame."""
    view = whole(studio, longest)
    rest = studio.draw(first, view, never)
    shown, cover = rest.screen.copy(), rest.changed
    frame, sizes = rest, []
    for recipe in recipes:
        frame = studio.draw(recipe, view, never, quick=True)
        part = patch(frame, rest.ground, cover)
        assert part.is_patch
        cover = joined(cover, frame.changed)
        scale = frame.screen.shape[1] / frame.region[2]
        x, y = round(part.region[0] * scale), round(part.region[1] * scale)
        height, width = part.screen.shape[:2]
        shown[y : y + height, x : x + width] = part.screen
        sizes.append(height * width / frame.screen[..., 0].size)
    return shown, frame.screen, max(sizes)


@pytest.mark.parametrize("name", PORTRAITS[:3])
def test_patches_over_the_picture_at_rest_are_the_frame(name: str) -> None:
    studio = open_portrait(name)
    recipes = [moved(NATURAL, "eye_whites", amount) for amount in (5, 60, 30)]
    shown, frame, size = dragged(studio, NATURAL, recipes, 500)
    assert np.array_equal(shown, frame)
    assert size < 0.4
    assert decibels(studio.draw(recipes[-1], whole(studio, 500), never).screen, shown) > 45


def test_a_patch_takes_back_what_an_earlier_one_showed() -> None:
    studio = open_portrait("astronaut")
    recipes = [moved(NATURAL, "lip_tint", 30), moved(NATURAL, "eye_whites", 40), NATURAL]
    shown, frame, _ = dragged(studio, NATURAL, recipes, 400)
    assert np.array_equal(shown, frame)
    assert np.array_equal(shown, studio.draw(NATURAL, whole(studio, 400), never).screen)


def test_a_patch_holds_what_a_shape_moved() -> None:
    studio = open_portrait("astronaut")
    more = moved(SHAPED, "eye_size", 60)
    shown, frame, _ = dragged(studio, SHAPED, [more, moved(SHAPED, "eye_size", 0)], 400)
    assert np.array_equal(shown, frame)


def test_another_ground_is_drawn_whole() -> None:
    studio = open_portrait("astronaut")
    view = whole(studio, 400)
    studio.draw(NATURAL, view, never)
    frame = studio.draw(moved(NATURAL, "smooth", 9), view, never, quick=True)
    assert not patch(frame, "another", None).is_patch
    studio.draw(moved(NATURAL, "smooth", 50), view, never)
    later = studio.draw(moved(NATURAL, "smooth", 9), view, never, quick=True)
    assert not patch(later, frame.ground, None).is_patch
