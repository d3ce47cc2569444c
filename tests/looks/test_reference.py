"""A reference lends its colors, tones, light and makeup; the person keeps their skin and shape."""

import cv2
import numpy as np
import pytest
from skimage import data

import freckle
from freckle.api.photos import OpenedPhoto
from freckle.geometry import Affine
from freckle.looks.reference.direction import Direction, directed
from freckle.looks.reference.fitting import fitted
from freckle.looks.reference.kinds import carried, table_for
from freckle.looks.reference.transport import chroma_carried, distance, tones_carried
from freckle.looks.reference.zones import Zones
from freckle.ops.reference import Reference, lent
from freckle.pixels.color import Floats, ita, lab, srgb_decode, srgb_encode, unlab
from freckle.pixels.place import Place
from freckle.pixels.table import FEW, NODES, Table, table_of

GRAY = (50, 0, 0)
WARM = np.array([1.0, 0.82, 0.6], np.float32)


def colors(seed: int, center: tuple[float, float, float], spread: float) -> Floats:
    generator = np.random.default_rng(seed)
    return (np.array(center) + spread * generator.normal(size=(2000, 3))).astype(np.float32)


@pytest.fixture(scope="module")
def portrait() -> OpenedPhoto:
    return freckle.from_array(np.ascontiguousarray(data.astronaut()[:300, 90:390]))


@pytest.fixture(scope="module")
def warm() -> OpenedPhoto:
    """The same head by a lamp, before a lit wall, with red lips."""
    picture = data.astronaut()[:300, 90:390].astype(np.float32) * WARM
    return freckle.from_array(np.ascontiguousarray(picture.astype(np.uint8)))


def seen(photo: OpenedPhoto) -> tuple[object, object]:
    return photo.content, photo.portrait


def test_a_table_mixes_linearly_and_survives_its_text() -> None:
    generator = np.random.default_rng(5)
    table = Table((generator.random((NODES, NODES, NODES, 3), np.float32) - 0.5) * 0.2)
    values = generator.random((20, 40, 3), np.float32)
    at = values * (NODES - 1)
    low = np.minimum(at.astype(int), NODES - 2)
    part, wanted = at - low, np.zeros_like(values)
    for step in np.ndindex(2, 2, 2):
        share = np.prod(np.where(step, part, 1 - part), axis=-1, keepdims=True)
        wanted += share * table.deltas[tuple(np.moveaxis(low + step, -1, 0))]
    assert np.abs(table.at(values) - wanted).max() < 1e-5
    assert np.abs(table_of(table.text()).deltas - table.deltas).max() <= 0.5 / (1 << 15)
    with pytest.raises(ValueError, match="nodes"):
        Table.read("aGk=")


def test_a_fitted_table_is_smooth_and_says_what_it_was_told() -> None:
    before = np.random.default_rng(7).random((3000, 3), np.float32)
    after = before + 0.05 * np.sin(np.pi * before)
    table = fitted(before, after, np.ones(3000, np.float32))
    assert np.abs(table.after(before[None])[0] - np.clip(after, 0, 1)).max() < 0.02
    assert max(np.abs(np.diff(table.deltas, n=2, axis=k)).max() for k in range(3)) < 0.02


def test_chroma_goes_to_the_reference_and_lightness_stays() -> None:
    own, theirs = colors(1, (50, 5, 5), 4), colors(2, (50, 10, 18), 4)
    moved = chroma_carried(own, theirs)
    assert np.array_equal(moved[:, 0], own[:, 0])
    assert distance(moved, theirs) < 0.3 * distance(own, theirs)


def test_tones_rise_keep_black_white_and_the_skin() -> None:
    own, theirs = colors(3, (60, 0, 0), 12)[:, 0], colors(4, (30, 0, 0), 12)[:, 0]
    curve = tones_carried(own, theirs, (62.0, 62.0))
    knots = np.linspace(0, 100, len(curve))
    assert (np.diff(curve) > 0).all()
    assert curve[0] >= -1e-6
    assert curve[-1] <= 100 + 1e-6
    assert abs(np.interp(62, knots, curve) - 62) < 1.5


def test_colors_come_and_the_skin_keeps_its_tone(portrait: OpenedPhoto, warm: OpenedPhoto) -> None:
    settings = directed(seen(portrait), seen(warm), Direction(makeup=False, light=False))  # type: ignore[arg-type]
    table = table_of(str(settings["reference"]["table"]))
    own, theirs = Zones.of(*seen(portrait)), Zones.of(*seen(warm))  # type: ignore[arg-type]
    ground, wanted = own.taken(3, 500), theirs.taken(3, 500)
    after = lab(table.after(unlab(ground[None])))[0]
    assert distance(after, wanted) < 0.8 * distance(ground, wanted)
    skin = own.taken(0, 500)
    before, now = skin.mean(axis=0), lab(table.after(unlab(skin[None])))[0].mean(axis=0)
    assert abs(ita(now[0], now[2]) - ita(before[0], before[2])) <= 1.5


def test_each_kind_of_thing_gets_its_own_colors() -> None:
    """What one table cannot do: gray hair and a gray wall go different ways."""
    own, warm, cold = (
        colors(k, c, 3) for k, c in ((1, GRAY), (2, (45, 15, 25)), (3, (60, -5, -25)))
    )
    for theirs in (warm, cold):
        after = carried(own, theirs, color=True, mood=True)
        assert distance(after, theirs) < 0.45 * distance(own, theirs)
        assert distance(after, theirs) > 0.3 * distance(own, theirs), "half of the way, no further"
        rises = np.argsort(own[:, 0])
        steep = np.diff(after[rises, 0])[1:-1]
        assert (steep > -1e-3).all(), "lightness keeps its order"
    red = colors(4, (55, 60, 35), 3)
    table = table_for((own, carried(own, warm, color=True, mood=True)), [((red, red), 1.0)])
    hat = np.array([[[0.9, 0.2, 0.25]]], np.float32)
    wall = np.full((1, 1, 3), 0.466, np.float32)
    moved = [np.abs(table.after(each) - each).max() for each in (hat, wall)]
    assert moved[0] < 0.6 * moved[1], "a red hat taken for a gray wall moves less than the wall"
    assert table_of(table.text()).deltas.shape == (FEW, FEW, FEW, 3)


def test_kinds_of_a_portrait_add_up_and_lie_where_they_are(portrait: OpenedPhoto) -> None:
    parts = portrait.portrait.parts
    hair, clothes, ground = np.moveaxis(parts.weights.astype(int), 2, 0)
    assert (hair + clothes + ground).max() <= 255
    height, width = hair.shape
    face = portrait.faces[0].landmarks[:468].mean(axis=0) * width / portrait.width
    x, y = int(face[0]), int(face[1])
    assert max(hair[y, x], clothes[y, x], ground[y, x]) < 30, "a nose is none of them"
    assert ground[5, 5] > 200
    assert clothes[height - 10, x] > 150
    half = parts.on(Affine(np.array([[2.0, 0, 0], [0, 2.0, 0]])), (width // 2, height // 2))
    assert np.abs(half[..., 2].astype(int) - ground[::2, ::2][: height // 2]).mean() < 6


def test_a_reference_colors_kinds_apart_and_leaves_the_face(
    portrait: OpenedPhoto, warm: OpenedPhoto
) -> None:
    settings = directed(seen(portrait), seen(warm), Direction(makeup=False, light=False))  # type: ignore[arg-type]
    own = settings["reference"]
    assert {"table", "hair", "clothes", "ground"} <= set(own)
    gray, away = colors(1, GRAY, 3), colors(2, (40, 60, 40), 3)
    red = table_for((gray, carried(gray, away, color=True, mood=False)), [])
    done = (
        freckle.retouch(portrait, "none", reference={"ground": red.text()}).to_array().astype(int)
    )
    moved = np.abs(done - portrait.to_array().astype(int)).max(axis=2)
    ground = portrait.portrait.parts.weights[..., 2]
    assert moved[ground == 255].mean() > 8
    assert (moved[ground == 0] == 0).all()


def test_smooth_stays_smooth_and_texture_texture() -> None:
    """A table twice as steep makes no bands of stored steps, one half as steep takes no grain."""
    nodes = np.linspace(0, 1, NODES, dtype=np.float32)
    gray = np.stack(np.meshgrid(nodes, nodes, nodes, indexing="ij"), axis=-1)
    ramp = np.broadcast_to(np.linspace(96, 128, 800).round(), (300, 800))
    noise = np.random.default_rng(2).normal(0, 5, (300, 800))
    place = Place((800, 300), (0, 0, 800, 300), (800, 300))
    for slope, values in ((0.6, ramp), (-0.4, 112 + noise)):
        picture = np.clip(np.dstack([values] * 3) / 255, 0, 1).astype(np.float32)
        steep = Reference(table=Table(slope * (gray - np.float32(0.45))).text())
        light = srgb_decode(picture)
        after = 255 * srgb_encode(light + lent(light, steep, place))[..., 1]
        broad = 255 * (picture + table_of(steep.table).at(picture))[..., 1]
        assert np.abs(cv2.blur(after - broad, (41, 41))[30:-30, 30:-30]).max() < 2
        own, now = (np.diff(each, axis=1)[:, 30:-30] for each in (values, after))
        if slope > 0:
            assert now.max() < 1.3 * own.max(), "1.6 times by the table alone"
        else:
            assert 0.85 < (now**2).mean() / (own**2).mean() < 1.1, ".36 by the table alone"


def test_the_switches_switch(portrait: OpenedPhoto, warm: OpenedPhoto) -> None:
    nothing = Direction(color=False, mood=False, light=False, makeup=False)
    assert directed(seen(portrait), seen(warm), nothing) == {}  # type: ignore[arg-type]
    same = directed(seen(portrait), seen(portrait), Direction())  # type: ignore[arg-type]
    assert set(same) <= {"reference"}, "the same picture lends neither lamp nor makeup"
    texts = [value for name, value in same.get("reference", {}).items() if name != "amount"]
    assert all(np.abs(table_of(str(text)).deltas).max() < 0.03 for text in texts)


def test_a_direction_is_a_recipe_and_moves_no_landmark(
    portrait: OpenedPhoto, warm: OpenedPhoto
) -> None:
    settings = directed(seen(portrait), seen(warm), Direction())  # type: ignore[arg-type]
    one, other = (freckle.retouch(portrait, "none", **settings) for _ in range(2))
    assert np.array_equal(one.to_array(), other.to_array())
    assert not np.array_equal(one.to_array(), portrait.to_array())
    found = freckle.from_array(one.to_array()).faces[0].landmarks[:, :2]
    apart = np.linalg.norm(found - portrait.faces[0].landmarks[:, :2], axis=1)
    assert np.median(apart) < 0.012 * portrait.faces[0].box[2]
