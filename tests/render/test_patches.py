"""Healed marks are kept: the same to the bit, and not worked out again."""

import numpy as np
import pytest

from freckle.analysis.portrait import analyze
from freckle.analysis.scene import Scene
from freckle.photo import Pixels
from freckle.render import heal as healing
from freckle.render.heal import heal
from freckle.render.patches import MOST_BYTES, Patch, Patches
from tests.studio.portraits import read


@pytest.fixture(scope="module")
def scene() -> Scene:
    return analyze(read("astronaut")).people[0].scene


def healed(scene: Scene, chosen: list[int], patches: Patches | None) -> Pixels:
    pixels = read("astronaut").pixels.copy()
    heal(pixels, scene, chosen, patches)
    return pixels


def test_what_is_kept_is_what_would_be_made_anew(scene: Scene):
    kept, many = Patches(), len(scene.spots)
    for share in (0.3, 0.6, 0.9, 0.5):
        chosen = list(range(round(share * many)))
        assert np.array_equal(healed(scene, chosen, kept), healed(scene, chosen, None))


def test_a_choice_that_was_made_before_costs_no_work(scene: Scene, monkeypatch: pytest.MonkeyPatch):
    kept, chosen = Patches(), list(range(len(scene.spots)))
    first = healed(scene, chosen, kept)

    def worked(*_: object) -> None:
        raise AssertionError("a mark was worked out again")

    monkeypatch.setattr(healing, "_filled", worked)
    assert np.array_equal(healed(scene, chosen, kept), first)
    with pytest.raises(AssertionError):
        healed(scene, chosen, Patches())


def test_patches_that_were_not_used_for_long_are_forgotten():
    kept = Patches()
    large = np.zeros((1 << 10, 1 << 10, 16), np.uint8)  # 16 MB
    patch = Patch(box=scene_box(), pixels=large, donor=None)
    for name in range(MOST_BYTES // large.nbytes):
        kept.keep(name, patch)
    assert kept.get(0) is patch
    kept.keep("one more", patch)
    assert kept.get(1) is None
    assert kept.get(0) is patch


def scene_box() -> healing.Box:
    return healing.Box(0, 0, 1, 1)
