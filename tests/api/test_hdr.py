"""A retouched HDR photo stays one, and its gain map shows nothing that was retouched."""

import io
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

import freckle
from freckle.api.photos import OpenedPhoto
from freckle.api.result import Result
from freckle.codec import encode, load_bytes
from freckle.photo import GainMap
from tests.codec import hdr

DEEP = 60
"""How much darker marks are in the map, of 255."""


@pytest.fixture(scope="module")
def plain(pixels: np.ndarray) -> bytes:
    large = pixels.repeat(2, axis=0).repeat(2, axis=1)
    found = load_bytes(hdr.made(cv2.GaussianBlur(large, (0, 0), 1), scale=2))
    assert found.gain is not None
    gray = replace(found.gain, values=found.gain.values[..., :1].copy())  # as phones have them
    return encode(replace(found, gain=gray))


@pytest.fixture(scope="module")
def photo(plain: bytes) -> OpenedPhoto:
    return opened(plain)


def opened(data: bytes) -> OpenedPhoto:
    return freckle.open(io.BytesIO(data))


@pytest.fixture(scope="module")
def retouched(photo: OpenedPhoto) -> Result:
    return freckle.retouch(photo)


def mapped(result: Result) -> np.ndarray:
    """The map of a file, decoded by Pillow where its reader of the index says it lies."""
    data, _ = result.file("out.jpg")
    at, size = hdr.places(data)[1]
    with Image.open(io.BytesIO(data[at : at + size])) as image:
        return np.asarray(image.convert("L")).astype(int)


def gain_of(photo: OpenedPhoto) -> GainMap:
    assert photo.content.gain is not None
    return photo.content.gain


def disks(photo: OpenedPhoto) -> np.ndarray:
    """Where marks are put on cheeks and forehead: height × width of the map, 0 or 1."""
    gain, face = gain_of(photo), photo.faces[0]
    found = np.zeros(gain.size[::-1], np.uint8)
    for number in (50, 280, 151, 101, 330):
        x, y = face.landmarks[number] * gain.size[0] / photo.content.width
        cv2.circle(found, (int(x), int(y)), max(2, round(0.012 * face.box[2])), 1, -1)
    return found


def test_no_mark_of_the_unretouched_face_is_left_in_the_map(
    photo: OpenedPhoto, retouched: Result
) -> None:
    marks, gain = disks(photo), gain_of(photo)
    values = np.clip(gain.values.astype(int) - DEEP * marks[..., None], 0, 255)
    marked = replace(photo.content, gain=replace(gain, values=values.astype(np.uint8)))
    result = freckle.retouch(opened(encode(marked)))
    assert not result.unchanged
    there = marks > 0
    given = (gain.values.astype(int) - values).mean(axis=2)[there].mean()
    left = (mapped(retouched) - mapped(result))[there].mean()
    assert given > 0.5 * DEEP, "there were marks to hide"
    assert abs(left) < 0.1 * given


def test_where_nothing_changed_the_map_is_the_originals(
    photo: OpenedPhoto, retouched: Result
) -> None:
    assert retouched.content.gain is not None
    before, after = gain_of(photo).values, retouched.content.gain.values
    changed = (photo.content.pixels != retouched.content.pixels).any(axis=2)
    near = cv2.dilate(changed.astype(np.uint8), np.ones((105, 105), np.uint8))[::2, ::2]
    assert near.mean() < 0.9
    assert np.array_equal(before[near == 0], after[near == 0])
    assert not np.array_equal(before, after)


def test_the_map_follows_the_retouched_picture(photo: OpenedPhoto, retouched: Result) -> None:
    data, lost = retouched.file("out.jpg")
    assert not [note for note in lost if "gain map" in note]
    before, after = hdr.read(encode(photo.content)).mean(axis=2), hdr.read(data).mean(axis=2)
    assert before.max() > 1.5
    box = photo.faces[0].box
    face = slice(box[1], box[1] + box[3]), slice(box[0], box[0] + box[2])
    brighter = after[face] / np.maximum(before[face], 1e-3)
    assert 0.9 < np.median(brighter) < 1.1, "a face is as bright on an HDR screen as it was"


FRAMES = {
    "a corner": {"crop": {"left": 0.25, "top": 0.125, "width": 0.5, "height": 0.75}},
    "turned": {"crop": {"turn": "90"}},
    "mirrored": {"crop": {"mirror": True}},
    "straightened": {"crop": {"angle": 5}},
}


@pytest.mark.parametrize("name", FRAMES)
def test_the_map_is_framed_as_the_picture_is(photo: OpenedPhoto, name: str) -> None:
    result = freckle.retouch(photo, "none", **FRAMES[name])  # type: ignore[arg-type]
    data, _ = result.file("out.jpg")
    after = load_bytes(data)
    assert after.gain is not None
    assert after.gain.size == pytest.approx((after.width / 2, after.height / 2), abs=1)
    whole = cv2.resize(gain_of(photo).values, (photo.content.width, photo.content.height))
    whole = whole.reshape(*whole.shape[:2], -1).repeat(3, axis=2)
    laid = replace(photo.content, pixels=whole, gain=None)
    expected = result.rendering.before(laid).pixels[..., 0]
    small = cv2.resize(expected, after.gain.size, interpolation=cv2.INTER_AREA)
    assert np.abs(small.astype(int) - after.gain.values[..., 0]).mean() < 2.5


def test_the_map_comes_along_at_other_sizes(retouched: Result) -> None:
    for preset in ("linkedin", "web"):
        data, lost = retouched.exported(Path("out.jpg"), preset)
        assert not [note for note in lost if "gain map" in note]
        assert hdr.read(data).max() > 1.2


def test_where_a_map_does_not_fit_any_more_it_goes_and_that_is_said(photo: OpenedPhoto) -> None:
    for settings in (
        {"background": {"mode": "color", "color": "#336699"}},
        {"adjust": {"exposure": 20}},
    ):
        colored = replace(gain_of(photo), values=gain_of(photo).values.repeat(3, axis=2))
        photo_of = opened(encode(replace(photo.content, gain=colored)))
        result = freckle.retouch(photo_of, "none", **settings)  # type: ignore[arg-type]
        data, lost = result.file("out.jpg")
        assert load_bytes(data).gain is None
        assert len([note for note in lost if "gain map" in note]) == 1
        assert b"hdrgm" not in data


def test_light_of_the_whole_picture_leaves_the_gain_as_it_is(photo: OpenedPhoto) -> None:
    result = freckle.retouch(photo, "none", adjust={"exposure": 20})
    assert result.content.gain is photo.content.gain
    assert not result.unchanged
