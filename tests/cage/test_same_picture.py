"""A file decoded in the cage is the file decoded outside: pixels, blocks, words, refusals."""

import io
import threading
from dataclasses import asdict
from itertools import islice

import numpy as np
import pytest
from PIL import Image

from freckle.cage import caged
from freckle.codec import load_bytes
from freckle.codec.opening import open_here
from freckle.errors import Refusal
from freckle.photo import Photo
from tests.codec import hdr, specimens
from tests.codec.fuzz import seeds, twisted
from tests.codec.test_hostile import HOSTILE, WHOLE, tiff

SCENE = specimens.scene()


def cmyk():
    out = io.BytesIO()
    ink = Image.fromarray(specimens.noise((40, 50, 4)), "CMYK")
    ink.save(out, "JPEG", icc_profile=specimens.cmyk_profile())
    return out.getvalue()


RICH = {
    "turned jpeg": lambda: specimens.pil(
        SCENE, "JPEG", exif=specimens.exif(orientation=6), xmp=specimens.xmp(), dpi=(300, 300)
    ),
    "profile": lambda: specimens.pil(SCENE, "JPEG", icc_profile=specimens.profile("Adobe RGB")),
    "CMYK": cmyk,
    "large": lambda: specimens.pil(specimens.noise((2400, 2000, 3)), "JPEG", quality=80),
    "gray": lambda: specimens.pil(SCENE[..., 0], "JPEG", icc_profile=specimens.gray_profile()),
    "texts": lambda: specimens.png(
        8, 8, 16, 6, bytes(range(64)) * 8, specimens.chunk(b"tEXt", b"Title\0a face")
    ),
    "transparent webp": lambda: specimens.pil(specimens.noise((40, 50, 4)), "WEBP"),
    "16-bit tiff": lambda: tiff(
        specimens.noise((40, 50, 4), np.uint16), extrasamples=["unassalpha"]
    ),
    "jpeg in tiff": lambda: tiff(photometric="ycbcr", compression="jpeg", tile=(16, 16)),
    "zstd tiff": lambda: tiff(photometric="rgb", compression="zstd"),
    "packbits tiff": lambda: tiff(photometric="rgb", compression="packbits"),
    "predicted tiff": lambda: tiff(photometric="rgb", compression="deflate", predictor=2),
    "Ultra HDR": lambda: hdr.made(SCENE),
    "deep avif": lambda: specimens.pil(SCENE, "AVIF", subsampling="4:4:4"),
}
FILES = {**WHOLE, **RICH, **{name: make for name, (make, _code) in HOSTILE.items()}}


def outcome(opens, data):
    try:
        return opens(data)
    except Refusal as refusal:
        return refusal


def assert_same(inside, outside):
    assert type(inside) is type(outside), (inside, outside)
    if isinstance(outside, Refusal):
        assert (inside.code, str(inside)) == (outside.code, str(outside))
        return
    assert isinstance(inside, Photo)
    for name in ("pixels", "alpha"):
        one, other = getattr(inside, name), getattr(outside, name)
        assert (one is None) == (other is None)
        if one is not None:
            assert one.dtype == other.dtype
            assert np.array_equal(one, other)
            assert not one.flags.writeable
    for name in ("source", "profile", "metadata", "warnings", "dropped"):
        assert getattr(inside, name) == getattr(outside, name), name
    assert (inside.gain is None) == (outside.gain is None)
    if outside.gain is not None:
        one, other = asdict(inside.gain), asdict(outside.gain)
        assert np.array_equal(one.pop("values"), other.pop("values"))
        assert one == other
    assert inside.space.name == outside.space.name
    assert np.array_equal(inside.space.to_srgb, outside.space.to_srgb)
    assert np.array_equal(inside.space.curve, outside.space.curve)


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_the_same_inside_and_outside(cage, name):
    data = FILES[name]()
    if data:
        assert_same(outcome(cage.open, data), outcome(open_here, data))


def test_a_gain_map_comes_out_of_the_cage(cage):
    assert cage.open(RICH["Ultra HDR"]()).gain is not None


def test_twisted_files_end_the_same_way(cage):
    chance = np.random.default_rng(5)
    for _name, data in islice(seeds(), 9):  # one of each format
        for _ in range(12):
            broken = twisted(data, chance)
            assert_same(outcome(cage.open, broken), outcome(open_here, broken))


def test_whoever_opens_a_file_uses_the_cage_and_leaves_it_afterwards(monkeypatch):
    monkeypatch.setattr("freckle.cage.cage.Cage.open", lambda _cage, _data: "caged")
    with caged():
        assert load_bytes(b"anything") == "caged"
    with pytest.raises(Refusal):
        load_bytes(b"anything")


def test_threads_take_turns_and_each_gets_its_own_picture(cage):
    pictures = [specimens.pil(specimens.noise((30, 40, 3), seed=seed), "PNG") for seed in range(8)]
    found = {}

    def look(seed):
        found[seed] = cage.open(pictures[seed])

    threads = [threading.Thread(target=look, args=(seed,)) for seed in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    for seed in range(8):
        assert_same(found[seed], open_here(pictures[seed]))
