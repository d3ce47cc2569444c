"""The laws of every op in the catalogue; each must be able to fail, and two tests show that."""

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis.portrait import Portrait, analyze
from freckle.analysis.regions import Region
from freckle.errors import RecipeError
from freckle.ops.catalogue import BY_NAME, CATALOGUE, describe
from freckle.ops.described import strings_under
from freckle.ops.op import AnyOp, Heal, Paint
from freckle.photo import Photo
from freckle.recipe.limits import limits_of
from freckle.recipe.presets import PRESETS, preset
from freckle.recipe.recipe import Flip, Locks, Recipe, Step
from freckle.render.layers import Layers
from freckle.render.render import render
from freckle.render.tasks import Task
from tests.ops.conftest import photo_of

OPEN = Locks(natural=False, skin_tone=False)
PAINTS = [op for op in CATALOGUE if isinstance(op, Paint)]
DONE: dict[str, dict[float, Any]] = {}


def named(op: AnyOp) -> str:
    return op.name


def sliders_of(op: AnyOp) -> list[str]:
    """The sliders that stand for an op: its amount, or all where they are of one rank."""
    return ["amount"] if "amount" in op.params.model_fields else list(limits_of(op.params))


def at(op: AnyOp, amount: float, **more: Any) -> Recipe:
    values = dict.fromkeys(sliders_of(op), amount)
    if "texture" in op.params.model_fields:
        values["texture"] = 60
    return Recipe(steps=(Step(edit=op.params(**values), **more),), locks=OPEN)


def outside(op: Paint[Any], portrait: Portrait, after: Any) -> int:
    """Pixels that moved although every mask of the op is 0 there."""
    scene = portrait.people[0].scene
    free = np.all([scene.regions[r] == 0 for r in op.needs], axis=0)
    return int((after != scene.frame.lab).any(axis=2)[free].sum())


def painted(op: Paint[Any], portrait: Portrait, amount: float) -> Any:
    """Return the working picture of the first person after an op; several laws look at it."""
    known = DONE.setdefault(op.name, {}) if BY_NAME[op.name] is op else {}
    if amount not in known:
        known[amount] = worked(op, portrait, amount)
        known[amount].flags.writeable = False
    return known[amount]


def worked(op: Paint[Any], portrait: Portrait, amount: float) -> Any:
    done = Layers(portrait.people[0].scene)
    done.add(Task(at(op, amount).steps[0], op, 1.0, hold=False))
    return done.result()


@pytest.mark.parametrize("op", CATALOGUE, ids=named)
def test_all_sliders_at_zero_give_the_very_pixels(
    op: AnyOp, photo: Photo, portrait: Portrait
) -> None:
    assert np.array_equal(render(photo, portrait, at(op, 0)).photo.pixels, photo.pixels)


@pytest.mark.parametrize("op", PAINTS, ids=named)
def test_nothing_moves_outside_the_masks(op: Paint[Any], portrait: Portrait) -> None:
    assert outside(op, portrait, painted(op, portrait, 100)) == 0


@pytest.mark.parametrize("op", PAINTS, ids=named)
def test_shape_and_finiteness_are_kept(op: Paint[Any], portrait: Portrait) -> None:
    after = painted(op, portrait, 100)
    before = portrait.people[0].scene.frame.lab
    assert (after.shape, after.dtype) == (before.shape, before.dtype)
    assert np.isfinite(after).all()


@pytest.mark.parametrize("op", PAINTS, ids=named)
def test_more_amount_is_not_less_change(op: Paint[Any], portrait: Portrait) -> None:
    before = portrait.people[0].scene.frame.lab
    moved = [float(np.abs(painted(op, portrait, a) - before).mean()) for a in (25, 50, 100)]
    assert moved[0] <= moved[1] * 1.001 + 1e-7
    assert moved[1] <= moved[2] * 1.001 + 1e-7


@pytest.mark.parametrize("name", ["natural", "beauty", "mature"])
def test_same_input_and_recipe_give_the_same_bytes(
    name: str, photo: Photo, portrait: Portrait
) -> None:
    threads = cv2.getNumThreads()
    try:
        cv2.setNumThreads(1)
        one = render(photo, analyze(photo), preset(name).recipe).photo.pixels
        cv2.setNumThreads(2)
        two = render(photo, analyze(photo), preset(name).recipe).photo.pixels
    finally:
        cv2.setNumThreads(threads)
    again = render(photo, portrait, preset(name).recipe).photo.pixels
    assert one.tobytes() == two.tobytes() == again.tobytes()
    assert not np.array_equal(one, photo.pixels)


def test_half_the_size_gives_about_half_the_picture(photo: Photo, portrait: Portrait) -> None:
    natural = preset("clean").recipe
    whole = render(photo, portrait, natural).photo.pixels
    size = photo.width // 2, photo.height // 2
    small = photo_of(cv2.resize(photo.pixels, size, interpolation=cv2.INTER_AREA))
    half = render(small, analyze(small), natural).photo.pixels
    shrunk = cv2.resize(whole, size, interpolation=cv2.INTER_AREA)
    difference = np.abs(half.astype(int) - shrunk.astype(int))
    assert np.percentile(difference, 99) <= 6


def test_without_a_face_the_photo_comes_back() -> None:
    empty = photo_of(np.full((200, 200, 3), 128, np.uint8))
    result = render(empty, analyze(empty), preset("natural").recipe)
    assert result.photo is empty
    assert result.people == ()


def test_the_input_is_never_written_on(astronaut: Any, photo: Photo, portrait: Portrait) -> None:
    render(photo, portrait, preset("beauty").recipe)
    assert np.array_equal(photo.pixels, astronaut)
    with pytest.raises(ValueError, match="read-only"):
        photo.pixels[0, 0, 0] = 1


def test_pixels_beyond_the_box_of_the_work_are_untouched(photo: Photo, portrait: Portrait) -> None:
    result = render(photo, portrait, preset("beauty").recipe)
    outer = np.ones(photo.pixels.shape[:2], bool)
    outer[result.people[0].box.slices] = False
    assert np.array_equal(result.photo.pixels[outer], photo.pixels[outer])


def test_sixteen_bits_stay_sixteen(astronaut: Any) -> None:
    deep = photo_of(astronaut.astype(np.uint16) * 257)
    result = render(deep, analyze(deep), preset("natural").recipe)
    moved = (result.photo.pixels != deep.pixels).any(axis=2)
    assert result.photo.pixels.dtype == np.uint16
    assert 0 < moved.mean() < 0.6
    assert np.unique(result.photo.pixels[moved] % 257).size > 100


def test_a_gray_photo_stays_gray(astronaut: Any) -> None:
    light = cv2.cvtColor(astronaut, cv2.COLOR_RGB2GRAY)
    gray = photo_of(np.repeat(light[..., None], 3, axis=2), gray=True)
    pixels = render(gray, analyze(gray), preset("beauty").recipe).photo.pixels
    assert np.array_equal(pixels[..., 0], pixels[..., 1])
    assert np.array_equal(pixels[..., 0], pixels[..., 2])
    assert not np.array_equal(pixels, gray.pixels)


def test_the_tone_lock_holds_lightness(photo: Photo, portrait: Portrait) -> None:
    step = Step(edit=BY_NAME["skin_lightness"].params(amount=10))
    held = render(photo, portrait, Recipe(steps=(step,)))
    free = render(photo, portrait, Recipe(steps=(step,), locks=Locks(skin_tone=False)))
    assert np.array_equal(held.photo.pixels, photo.pixels)
    assert free.photo.pixels.mean() > photo.pixels.mean()


def test_the_natural_lock_stops_sliders(photo: Photo, portrait: Portrait) -> None:
    smooth = BY_NAME["smooth"].params
    far, cap = (Recipe(steps=(Step(edit=smooth(amount=a)),)) for a in (100, 75))
    pixels = [render(photo, portrait, r).photo.pixels for r in (far, cap)]
    assert np.array_equal(*pixels)


def planted(astronaut: Any, portrait: Portrait, direction: tuple[float, float, float]) -> Any:
    """Draw one soft mark on the right cheek, as absorption; return the picture and its place."""
    face = portrait.people[0].face
    x, y = face.landmarks[205, :2]
    radius = 0.016 * face.scale
    down, across = np.mgrid[: astronaut.shape[0], : astronaut.shape[1]].astype(np.float32) + 0.5
    apart = np.minimum(np.hypot(across - x, down - y) / radius, 9)
    depth = 1 / (1 + np.exp((apart - 1) / 0.2))
    light = (astronaut / 255.0) ** 2.2 * np.exp(-depth[..., None] * np.array(direction))
    return np.rint(255 * light ** (1 / 2.2)).astype(np.uint8), (float(x), float(y))


RED, DARK = (0.05, 0.42, 0.38), (0.75, 0.95, 1.05)


def change_at(pixels: Any, other: Any, place: tuple[float, float]) -> float:
    x, y = (int(v) for v in place)
    return float(np.abs(pixels[y, x].astype(int) - other[y, x].astype(int)).max())


def test_a_pimple_goes_and_a_mole_stays(astronaut: Any, portrait: Portrait) -> None:
    natural = preset("natural").recipe
    red, place = planted(astronaut, portrait, RED)
    dark, _ = planted(astronaut, portrait, DARK)
    clean = render(photo_of(astronaut), analyze(photo_of(astronaut)), natural).photo.pixels
    healed = render(photo_of(red), analyze(photo_of(red)), natural).photo.pixels
    kept = render(photo_of(dark), analyze(photo_of(dark)), natural).photo.pixels
    assert change_at(healed, clean, place) < 0.4 * change_at(red, astronaut, place)
    assert change_at(kept, clean, place) > 0.8 * change_at(dark, astronaut, place)


def test_a_mark_decided_by_hand_is_obeyed(astronaut: Any, portrait: Portrait) -> None:
    dark, (x, y) = planted(astronaut, portrait, DARK)
    photo = photo_of(dark)
    flip = Flip(x=x / photo.width, y=y / photo.height, action="heal")
    gone = render(photo, analyze(photo), Recipe(flips=(flip,))).photo.pixels
    left, was = (change_at(p, astronaut, (x, y)) for p in (gone, dark))
    assert left < 0.5 * was


def test_recipes_survive_json_and_refuse_strangers() -> None:
    for each in PRESETS:
        assert Recipe.parse(each.recipe.to_json()) == each.recipe
    for bad in (
        "[]",
        "{",
        '{"steps":[{"edit":{"op":"no_such"}}]}',
        '{"steps":[{"edit":{"op":"smooth","amont":3}}]}',
        '{"steps":[{"edit":{"op":"smooth","amount":NaN}}]}',
        '{"steps":[{"edit":{"op":"smooth","amount":300}}]}',
    ):
        with pytest.raises(RecipeError):
            Recipe.parse(bad)


@pytest.mark.parametrize("op", CATALOGUE, ids=named)
def test_ops_are_described(op: AnyOp) -> None:
    plain = describe(op)
    assert plain["summary"]
    assert op.version == 1 or set(op.upgrades) == set(range(1, op.version))
    assert {"op", "version", *strings_under(op.params)} == set(op.params.model_fields)
    for name, (floor, cap) in limits_of(op.params).items():
        extra = op.params.model_fields[name].json_schema_extra
        assert isinstance(extra, dict)
        assert floor <= float(str(extra["natural"])) <= cap


def test_names_are_unique() -> None:
    assert len(BY_NAME) == len(CATALOGUE)


def test_the_law_of_masks_sees_a_leak(portrait: Portrait) -> None:
    after = portrait.people[0].scene.frame.lab.copy()
    after[0, 0, 0] += 1
    assert outside(BY_NAME["smooth"], portrait, after) == 1  # type: ignore[arg-type]


def test_the_law_of_amount_sees_a_reversal(portrait: Portrait) -> None:
    def backwards(lab: Any, params: Any, _scene: Any) -> Any:
        return lab + np.float32(100 - params.amount)

    broken = replace(BY_NAME["smooth"], broad=backwards, fine=None)
    with pytest.raises(AssertionError):
        test_more_amount_is_not_less_change(broken, portrait)  # type: ignore[arg-type]


def test_masks_lie_between_nothing_and_everything(portrait: Portrait) -> None:
    regions = portrait.people[0].scene.regions
    for region in Region:
        mask = regions[region]
        assert mask.min() >= 0, region
        assert mask.max() <= 1, region
        assert not isinstance(BY_NAME.get(region), Heal)
