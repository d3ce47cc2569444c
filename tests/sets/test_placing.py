"""Cuts have official sizes, sheets hold copies to the bit, heads of a set are equal."""

import numpy as np
import pytest

from freckle.errors import OutputError
from freckle.geometry import Affine
from freckle.photo import Photo, Source
from freckle.sets.heads import Head
from freckle.sets.matching import Shape, framing_of, least_share, matched, outside, scale_of
from freckle.sets.placing import placed
from freckle.sets.sheets import sheet
from freckle.sets.specs import SPECS, Spec, spec_of

SIZE = (1400, 1500)


def head(turn: float = 0.0, half: float = 200.0, hair: float = 40.0) -> Head:
    """Return a head whose eyes' middle lies at 700, 700."""
    cos, sin = np.cos(turn), np.sin(turn)
    linear = np.array([[cos, sin], [-sin, cos]])
    pivot = np.array([700.0, 700.0])
    to_level = Affine(np.column_stack([linear, pivot - linear @ pivot]))
    return Head(to_level, 700, 700, 700 + half, 700 - half, 700 - half - hair, cut=False)


def photo() -> Photo:
    rng = np.random.default_rng(4)
    return Photo(rng.integers(0, 255, (*SIZE[::-1], 3), np.uint8), Source("png", "0"))


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
@pytest.mark.parametrize("turn", [0.0, 0.08])
def test_every_size_is_met_and_lies_inside(spec: Spec, turn: float) -> None:
    one = head(turn)
    found = placed(one, spec, SIZE)
    measures = found.measures(one)
    assert spec.head[0] <= measures["head"] <= spec.head[1]
    assert spec.eye_line[0] - 1e-6 <= measures["eyes"] <= spec.eye_line[1] + 1e-6
    assert measures["hair"] >= 0.99
    if spec.above:
        assert spec.above[0] - 1e-6 <= measures["above"] <= spec.above[1] + 1e-6
    frame = found.framing(one, SIZE, None)
    assert frame.plain == (turn == 0)
    assert not any(outside(frame))
    assert abs(frame.size[0] / frame.size[1] - spec.width / spec.height) < 0.002


def test_too_little_room_is_said_with_its_side() -> None:
    one = head()
    with pytest.raises(OutputError, match="above the head"):
        placed(Head(one.to_level, 700, 200, 400, 0, -5, cut=True), spec_of("gb"), SIZE)
    with pytest.raises(OutputError, match="beside the head"):
        placed(Head(one.to_level, 90, 700, 900, 500, 460, cut=False), spec_of("us"), SIZE)
    with pytest.raises(OutputError, match="no country"):
        spec_of("atlantis")


def test_a_sheet_holds_whole_copies_and_marks_outside_them() -> None:
    cut = photo().with_frame(photo().pixels[:450, :350], None)
    made = sheet(cut, (35, 45), (100, 150))
    assert made.count == 8
    assert (made.photo.width, made.photo.height) == (1500, 1000)
    pixels = made.photo.pixels
    views = np.lib.stride_tricks.sliding_window_view(pixels[..., 0], (450, 350))
    first = cut.pixels[..., 0]
    hits = np.argwhere(views[..., 0, 0] == first[0, 0])
    whole = [at for at in hits if np.array_equal(views[tuple(at)], first)]
    assert len(whole) == 8
    assert (pixels == 85).any()
    with pytest.raises(OutputError, match="does not fit"):
        sheet(cut, (35, 45), (40, 40))


@pytest.mark.parametrize(("turn", "half"), [(0.0, 150.0), (0.15, 230.0), (-0.1, 90.0)])
def test_heads_of_a_set_are_equal_whatever_they_were(turn: float, half: float) -> None:
    one, shape = head(turn, half), Shape(240, 300)
    frame = framing_of(one, shape, SIZE)
    points = one.to_level.inverse()(
        np.array([[700, 700], [700, 700 + half], [800, 700]], np.float32)
    )
    eyes, chin, side = frame.finished(points)
    assert np.allclose(eyes, [120, 300 * 0.44], atol=0.05)
    assert abs(2 * (chin[1] - eyes[1]) / 300 - 0.5) < 0.001
    assert abs(side[1] - eyes[1]) < 0.05
    assert matched(photo(), one, shape).pixels.shape == (300, 240, 3)


def test_what_is_not_in_the_photo_is_not_made_up() -> None:
    one, shape = head(half=420.0), Shape(240, 300, head=0.4)
    with pytest.raises(OutputError, match="too little"):
        matched(photo(), one, shape)
    least = least_share(one, shape, SIZE)
    assert least is not None
    assert matched(photo(), one, Shape(240, 300, head=least)).height == 300
    assert scale_of(one) == 840
