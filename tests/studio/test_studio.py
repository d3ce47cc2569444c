"""What is seen while editing is what is saved, and nothing works twice."""

import json
from dataclasses import replace

import cv2
import numpy as np
import pytest

from freckle.codec import SaveOptions, load_bytes
from freckle.errors import OutputError
from freckle.photo import Photo, Source
from freckle.recipe.presets import preset
from freckle.recipe.recipe import Flip, Recipe
from freckle.render.layers import Layers
from freckle.render.painting import Stopped
from freckle.render.pyramid import View
from freckle.render.render import render
from freckle.studio.delivery import Wish, one
from freckle.studio.studio import Studio
from tests.studio.portraits import PORTRAITS, open_portrait

NATURAL = preset("natural").recipe
PNG = SaveOptions(format="png")
TEEN = preset("teen").recipe


def never() -> bool:
    return False


def whole(studio: Studio, longest: int = 1600) -> View:
    width, height = studio.photo.width, studio.photo.height
    scale = min(1.0, longest / max(width, height))
    return View(0, 0, width, height, round(width * scale), round(height * scale))


def moved(recipe: Recipe, op: str, amount: float) -> Recipe:
    data = json.loads(recipe.to_json())
    for step in data["style"]["steps"]:
        if step["edit"]["op"] == op:
            step["edit"]["amount"] = amount
    return Recipe.from_plain(data)


def decibels(one: np.ndarray, other: np.ndarray) -> float:
    error = np.mean((one.astype(float) - other) ** 2)
    return float("inf") if error == 0 else float(10 * np.log10(255**2 / error))


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the tools that worked."""
    seen: list[str] = []
    work = Layers.work

    def watch(layers, task, *rest, **more):
        seen.append(task.op.name)
        return work(layers, task, *rest, **more)

    monkeypatch.setattr(Layers, "work", watch)
    return seen


@pytest.mark.parametrize("name", PORTRAITS)
def test_export_equals_preview(name: str):
    studio = open_portrait(name)
    view = whole(studio, 900)
    shown = studio.draw(NATURAL, view, never).screen
    saved = render(studio.photo, studio.portrait, NATURAL).photo.pixels
    small = cv2.resize(saved, (shown.shape[1], shown.shape[0]), interpolation=cv2.INTER_AREA)
    assert decibels(small, shown) >= 46
    before = studio.original(view).screen
    assert decibels(small, shown) > decibels(small, before) + 3  # the edit itself is in it


@pytest.mark.parametrize("name", PORTRAITS[:3])
def test_at_full_size_the_preview_is_the_export_to_a_step_of_255(name: str):
    studio = open_portrait(name)
    (person, *_) = studio.portrait.people
    box = person.face.box.clip(studio.photo.width, studio.photo.height)
    view = View(box.left, box.top, box.width, box.height, box.width, box.height)
    drawing = studio.draw(NATURAL, view, never)
    assert drawing.full_size
    saved = render(studio.photo, studio.portrait, NATURAL).photo.pixels[box.slices]
    off = np.abs(drawing.screen.astype(int) - saved)
    assert off.max() <= 2
    assert np.mean(off > 0) < 0.02


def test_a_part_is_the_same_part_of_the_whole(studio: Studio):
    full = studio.draw(NATURAL, whole(studio), never).screen
    part = studio.draw(NATURAL, View(120, 40, 260, 200, 260, 200), never)
    assert part.region == (120, 40, 260, 200)
    assert np.abs(part.screen.astype(int) - full[40:240, 120:380]).max() <= 1


def test_nothing_asked_is_the_original_to_the_bit(studio: Studio):
    view = whole(studio, 300)
    assert np.array_equal(studio.draw(Recipe(), view, never).screen, studio.original(view).screen)
    assert np.array_equal(studio.original(whole(studio)).screen, studio.photo.pixels[..., :3])


def test_the_same_again_costs_no_work(studio: Studio, counted: list[str]):
    studio.draw(NATURAL, whole(studio, 400), never)
    counted.clear()
    studio.draw(NATURAL, whole(studio, 500), never)
    studio.draw(NATURAL, View(100, 100, 200, 200, 200, 200), never)
    assert counted == []


def test_a_moved_slider_redoes_only_what_follows(studio: Studio, counted: list[str]):
    view = whole(studio, 400)
    studio.draw(NATURAL, view, never)
    order = [step.edit.op for step in NATURAL.steps]
    counted.clear()
    changed = moved(NATURAL, order[-3], 1)
    studio.draw(changed, view, never)
    assert counted == order[-3:]


def test_while_dragging_only_the_moved_tool_works(studio: Studio, counted: list[str]):
    view = whole(studio, 400)
    studio.draw(NATURAL, view, never)
    counted.clear()
    for amount in (20, 21, 22):
        studio.draw(moved(NATURAL, "smooth", amount), view, never, quick=True)
    assert counted == ["smooth"] * 3


@pytest.mark.parametrize("name", PORTRAITS[:3])
def test_a_quick_frame_is_close_and_rest_makes_it_exact(name: str):
    studio = open_portrait(name)
    view = whole(studio, 450)
    studio.draw(NATURAL, view, never)
    for op, amount in (("smooth", 10), ("even_tone", 0), ("blemishes", 90)):
        recipe = moved(NATURAL, op, amount)
        quick = studio.draw(recipe, view, never, quick=True).screen
        rested = studio.draw(recipe, view, never).screen
        assert decibels(quick, rested) > 40
    fresh = Studio(studio.photo).draw(recipe, view, never).screen
    assert np.array_equal(rested, fresh)


def test_a_tool_moved_on_top_of_old_work_works_again_at_rest(studio: Studio, counted: list[str]):
    studio.draw(NATURAL, whole(studio, 400), never)
    view = View(100, 0, 300, 300, 300, 300)  # not drawn at rest yet: tools work in full
    recipe = moved(NATURAL, "even_tone", 45)
    studio.draw(recipe, view, never, quick=True)
    recipe = moved(recipe, "shine", 60)
    studio.draw(recipe, view, never, quick=True)
    counted.clear()
    rested = studio.draw(recipe, view, never).screen
    assert "shine" in counted
    assert "even_tone" not in counted  # which stood on nothing old
    assert np.array_equal(rested, Studio(studio.photo).draw(recipe, view, never).screen)


def test_work_given_up_is_taken_up_again(studio: Studio):
    recipe, view = moved(NATURAL, "even_tone", 11), whole(studio, 400)
    studio.draw(NATURAL, view, never)
    checks = iter([False, False, True])
    with pytest.raises(Stopped):
        studio.draw(recipe, view, lambda: next(checks))
    after = studio.draw(recipe, view, never).screen
    fresh = open_portrait("astronaut").draw(recipe, view, never).screen
    assert np.array_equal(after, fresh)


def test_marks_healed_come_back_to_the_bit():
    studio = open_portrait("man_young_acne_frontal_01.jpg")
    view = whole(studio)
    before = studio.draw(Recipe(), view, never).screen
    healed = studio.draw(TEEN, view, never).screen
    assert not np.array_equal(before, healed)
    assert np.array_equal(studio.draw(Recipe(), view, never).screen, before)
    assert np.array_equal(studio.draw(TEEN, view, never).screen, healed)


def test_a_mark_kept_by_hand_stays():
    studio = open_portrait("man_young_acne_frontal_01.jpg")
    width, height = studio.photo.width, studio.photo.height
    box = View(0, 0, width, height, width, height)
    chosen = studio.draw(TEEN, box, never).screen
    before = studio.original(box).screen
    spots = studio.analysis()["faces"][0]["spots"]
    for spot in spots:
        x, y = int(spot["x"]), int(spot["y"])
        near = slice(y - 2, y + 3), slice(x - 2, x + 3)
        apart = [np.hypot(s["x"] - x, s["y"] - y) > 40 for s in spots if s is not spot]
        saved = np.abs(chosen[near].astype(int) - before[near]).mean()
        if all(apart) and saved > 10:
            break
    keep = Flip(x=spot["x"] / width, y=spot["y"] / height, action="keep")
    kept = studio.draw(TEEN.model_copy(update={"flips": (keep,)}), box, never).screen
    assert np.abs(kept[near].astype(int) - before[near]).mean() < saved / 3


def test_looking_at_a_crowd_can_be_given_up_and_people_come_before_their_marks():
    studio = open_portrait("man_young_acne_frontal_01.jpg")
    (quick,) = studio.analysis(quick=True)["faces"]
    assert "scene" not in vars(studio.portrait.people[0]), "nobody's marks were looked for"
    with pytest.raises(Stopped):
        studio.analysis(lambda: True)
    (full,) = studio.analysis()["faces"]
    assert full["spots"]
    assert quick == {**full, "spots": [], "skin": None}


def test_a_photo_without_a_face_is_drawn_as_it_is():
    pixels = np.random.default_rng(1).integers(0, 255, (300, 401, 3), np.uint8)
    studio = Studio(Photo(pixels, Source(format="png", digest="")))
    view = whole(studio)
    assert np.array_equal(studio.draw(NATURAL, view, never).screen, pixels)
    assert studio.analysis() == {"faces": [], "people": 0}
    assert studio.report(NATURAL)["texture_kept"] is None
    assert studio.preset(NATURAL, 160).shape == (160, 160, 3)


def test_sixteen_bits_and_gray_are_drawn(studio: Studio):
    deep = studio.photo.pixels.astype(np.uint16) * 257
    wide = Studio(Photo(deep, replace(studio.photo.source, gray=False)))
    view = whole(studio, 400)
    shallow = studio.draw(NATURAL, view, never).screen
    assert decibels(wide.draw(NATURAL, view, never).screen, shallow) > 45
    gray = cv2.cvtColor(cv2.cvtColor(studio.photo.pixels, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    one = Studio(Photo(gray, replace(studio.photo.source, gray=True)))
    drawn = one.draw(NATURAL, view, never).screen
    assert np.array_equal(drawn[..., 0], drawn[..., 1])
    assert np.array_equal(drawn[..., 0], drawn[..., 2])


def test_the_report_has_one_figure_for_the_whole_photo(studio: Studio):
    report = studio.report(NATURAL)
    assert 0.5 < report["texture_kept"] <= 1.01
    assert abs(report["tone_shift"]) < 5
    assert report["healed"] + report["kept"] == sum(
        count["healed"] + count["kept"] for f in report["faces"] for count in f["counts"].values()
    )
    json.dumps(report)


def test_the_heat_map_is_hot_where_the_photo_changed_and_nowhere_else(studio: Studio):
    heat = studio.heatmap(NATURAL, 512)
    changed = render(studio.photo, studio.portrait, NATURAL).photo.pixels != studio.photo.pixels
    quiet = ~cv2.dilate(changed.any(axis=2).astype(np.uint8), np.ones((5, 5))).astype(bool)
    assert heat.shape == (512, 512, 3)
    assert (heat[quiet].max(axis=1) == heat[quiet].min(axis=1)).all()
    assert (heat[changed.any(axis=2)].max(axis=1) > heat[changed.any(axis=2)].min(axis=1)).any()


def test_an_export_is_the_renderers_own_file(studio: Studio):
    ending, data = one(studio, NATURAL, Wish(PNG))
    assert ending == ".png"
    again = load_bytes(data)
    saved = render(studio.photo, studio.portrait, NATURAL).photo
    assert np.array_equal(again.pixels, saved.pixels)
    smaller = load_bytes(one(studio, NATURAL, Wish(PNG, (100, None)))[1])
    assert (smaller.width, smaller.height) == (100, 100)
    with pytest.raises(OutputError, match="larger"):
        one(studio, NATURAL, Wish(size=(5000, None)))


def test_presets_are_told_apart_by_their_pictures(studio: Studio):
    one, other = (studio.preset(preset(name).recipe, 160) for name in ("natural", "teen"))
    assert one.shape == other.shape
    assert not np.array_equal(one, other)


def test_a_drag_shows_what_comes_to_rest(studio: Studio) -> None:
    view = whole(studio, 300)
    studio.draw(NATURAL, view, never)
    for op, amount in (("smooth", 60.0), ("even_tone", 5.0), ("eye_whites", 35.0)):
        steps = tuple(
            s.model_copy(update={"edit": s.edit.model_copy(update={"amount": amount})})
            if s.edit.op == op
            else s
            for s in NATURAL.steps
        )
        recipe = NATURAL.model_copy(update={"steps": steps})
        dragged = studio.draw(recipe, view, never, quick=True).screen
        assert decibels(studio.draw(recipe, view, never).screen, dragged) >= 50
        studio.draw(NATURAL, view, never)
