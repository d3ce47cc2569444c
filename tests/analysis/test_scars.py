"""Old scars are suggested and never healed unasked; strands, glints and wrinkles are no scars."""

from typing import Any

import cv2
import numpy as np
import pytest
from skimage import data

from freckle.analysis.doubt import weighed
from freckle.analysis.portrait import Portrait, analyze
from freckle.analysis.scar_lines import SIGNALS, find_lines
from freckle.analysis.scar_pits import find_pits
from freckle.analysis.spot import Spot
from freckle.analysis.spots import find_spots
from freckle.ops.blemishes import Blemishes, choose
from freckle.photo import Photo, Source
from freckle.recipe.presets import preset
from freckle.recipe.recipe import Flip
from freckle.render.marks import choose as chosen
from freckle.render.render import render

PALE = (0.20, 0.32, 0.38)
"""ln of linear R, G, B that a scar gains for want of melanin and blood."""
PINK = (0.06, -0.17, -0.15)
SIZE = 240
SKIN = (-0.9, -1.5, -1.9)


def skin(seed: int = 3) -> Any:
    """Return ln of linear R, G, B of plain skin with pores."""
    rng = np.random.default_rng(seed)
    grain = cv2.GaussianBlur(rng.normal(0, 1, (SIZE, SIZE)).astype(np.float32), (0, 0), 1.2)
    grain = grain * (0.03 / float(grain.std()))
    color = np.array([0.7, 1, 1.1], np.float32)
    return np.array(SKIN, np.float32) + grain[..., None] * color


def bow(length: float, width: float, way: float = 0.4, at: tuple[float, float] = (120, 120)) -> Any:
    """Return 0..1 on a smooth line of so many steps through a place."""
    rows, columns = np.mgrid[:SIZE, :SIZE] + 0.5
    x, y = columns - at[0], rows - at[1]
    along, off = x * np.cos(way) + y * np.sin(way), y * np.cos(way) - x * np.sin(way)
    past = np.maximum(np.abs(along) - length / 2, 0)
    far = np.hypot(off - 0.002 * along**2, past) / width
    t = np.clip((1.5 - far) / 1.0, 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)


def found(log: Any) -> tuple[list[Any], list[Any]]:
    """Return pits and lines on a plain piece of skin in a face 240 steps wide."""
    domain = np.zeros((SIZE, SIZE), np.float32)
    domain[8:-8, 8:-8] = 1
    seen = np.dstack([log, domain]).astype(np.float32)
    lines = [line for name in SIGNALS for line in find_lines(name, seen, domain, 240.0)]
    return find_pits(seen, domain, 240.0), lines


def on(line: Any, at: tuple[float, float] = (120, 120)) -> bool:
    return any(np.hypot(x - at[0], y - at[1]) < 5 for x, y, _ in line.discs)


@pytest.mark.parametrize("color", [PALE, PINK])
@pytest.mark.parametrize("way", [0.0, 0.4, 1.5])
def test_a_short_smooth_line_is_found(color: tuple[float, float, float], way: float) -> None:
    log = skin() + 0.8 * bow(26, 1.1, way)[..., None] * np.array(color, np.float32)
    lines = [line for line in found(log)[1] if on(line)]
    assert len(lines) == 1
    ends = np.subtract(lines[0].discs[0][:2], lines[0].discs[-1][:2])
    assert 16 < float(np.hypot(*ends)) < 36


def test_a_pale_pit_is_found_where_it_is() -> None:
    log = skin() + 0.9 * bow(0.1, 2.2)[..., None] * np.array(PALE, np.float32)
    pits = found(log)[0]
    assert on(pits[0])
    assert 1.2 < pits[0].discs[0][2] < 4


def test_a_pale_hair_is_no_scar() -> None:
    """It is as much lighter in red as in blue, and goes on."""
    gray = np.array([0.4, 0.4, 0.4], np.float32)
    for length in (26, 300):
        lines = found(skin() + bow(length, 0.9)[..., None] * gray)[1]
        assert not any(line.pale and on(line) for line in lines)
    lines = found(skin() + bow(300, 1.0)[..., None] * np.array(PALE, np.float32))[1]
    assert not any(on(line) for line in lines)


def test_shine_is_no_pit() -> None:
    """It has a broad halo, and light of no color."""
    rows, columns = np.mgrid[:SIZE, :SIZE]
    far = np.hypot(rows - 120, columns - 120)
    shine = 0.5 * np.exp(-((far / 3) ** 2)) + 0.7 * np.exp(-((far / 12) ** 2))
    log = skin() + shine[..., None].astype(np.float32)
    assert not any(on(pit) for pit in found(log)[0])


def test_wrinkles_and_what_is_between_them_are_no_scars() -> None:
    dark = np.array([-0.25, -0.4, -0.45], np.float32)
    log = skin()
    for row in range(60, 190, 14):
        log = log + bow(150, 1.3, 0.0, (120, row))[..., None] * dark
    assert len(found(log)[1]) <= 1


def photo_of(pixels: Any) -> Photo:
    return Photo(np.ascontiguousarray(pixels), Source(format="png", digest="0" * 64))


@pytest.fixture(scope="module")
def face() -> tuple[Photo, Portrait]:
    picture: Any = data
    photo = photo_of(cv2.resize(picture.astronaut()[:260, 90:350], None, fx=4, fy=4))
    return photo, analyze(photo)


def planted(photo: Photo, portrait: Portrait) -> tuple[Photo, list[tuple[float, float]]]:
    """Plant a pale pit on one cheek and a pink line on the other."""
    points = portrait.people[0].face.landmarks
    places = [points[50][:2], points[280][:2]]
    width = float(np.linalg.norm(points[234][:2] - points[454][:2]))
    rows, columns = np.mgrid[: photo.height, : photo.width] + 0.5
    light = (photo.pixels / 255.0) ** 2.2
    for (x, y), color, long in zip(places, (PALE, PINK), (0.0, 0.04), strict=True):
        off = np.hypot(np.maximum(np.abs(rows - y) - long * width, 0), columns - x) / width
        t = np.clip((1.5 - off / (0.005 if long else 0.009)) / 1.0, 0, 1)
        light = light * np.exp(0.8 * (t * t * (3 - 2 * t))[..., None] * np.array(color))
    pixels = np.rint(255 * np.clip(light, 0, 1) ** (1 / 2.2)).astype(np.uint8)
    return photo_of(pixels), [(float(x), float(y)) for x, y in places]


def scars(portrait: Portrait) -> list[Spot]:
    return [spot for spot in portrait.people[0].scene.spots if spot.kind == "scar"]


def test_other_marks_keep_their_numbers(face: tuple[Photo, Portrait]) -> None:
    person = face[1].people[0]
    others = weighed(find_spots(person.regions), person.regions)
    assert person.scene.spots[: len(others)] == others
    assert len(scars(face[1])) <= 3
    for scar in scars(face[1]):
        for other in others:
            away = np.hypot(scar.x - other.x, scar.y - other.y)
            assert away > other.radius
            assert away > scar.radius * 0.9


def test_planted_scars_are_suggested_and_healed_only_by_hand(face: tuple[Photo, Portrait]) -> None:
    photo, places = planted(*face)
    portrait = analyze(photo)
    scene = portrait.people[0].scene
    to_photo = scene.frame.to_photo
    names = []
    for x, y in places:
        near = [
            k
            for k, spot in enumerate(scene.spots)
            if spot.kind == "scar"
            and np.hypot(*(to_photo(np.array([spot.discs[len(spot.discs) // 2][:2]]))[0] - (x, y)))
            < 12
        ]
        assert near, (x, y)
        names.append(near[0])
    assert all(scene.spots[k].suggested for k in names)
    greedy = Blemishes(amount=100, keep_scars=False, keep_freckles=False)
    assert not set(names) & set(choose(greedy, scene))

    natural = preset("natural").recipe
    usual = render(photo, portrait, natural).photo.pixels
    spot = scene.spots[names[0]]
    x, y = (float(v) for v in to_photo(np.array([[spot.x, spot.y]], np.float32))[0])
    flip = Flip(x=x / photo.width, y=y / photo.height, action="heal")
    asked = natural.model_copy(update={"flips": (flip,)})
    before, after = (chosen(photo, scene, r, r.steps).healed for r in (natural, asked))
    assert after - before == {names[0]}
    done = render(photo, portrait, asked).photo.pixels
    here = slice(int(y) - 3, int(y) + 4), slice(int(x) - 3, int(x) + 4)
    assert float(np.abs(done[here].astype(float) - usual[here]).mean()) > 3
