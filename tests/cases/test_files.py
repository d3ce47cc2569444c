"""Files of strangers that once came out wrong, or stopped whoever opened them."""

import io
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from freckle.cli.main import main
from freckle.codec import encode, load, load_bytes
from freckle.codec.saving import SaveOptions
from freckle.errors import Refusal
from freckle.photo import Photo
from tests.cases.conftest import CASES
from tests.codec import hdr


def case(name: str) -> Path:
    if not (CASES / name).is_file():
        pytest.skip(f"{name} is not at hand")
    return CASES / name


def written(name: str, **options: object) -> tuple[Photo, bytes]:
    """A case as it is opened, and as a new file."""
    photo = load(case(name))
    return photo, encode(photo, SaveOptions(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["motion_portrait.jpg", "ultrahdr_motion_portrait.jpg"])
def test_nothing_speaks_of_a_video_that_is_gone(name: str) -> None:
    photo, data = written(name)
    packet = load_bytes(data).metadata.xmp or b""
    assert b"Jane Doe" in packet
    assert not [word for word in (b"MotionPhoto", b"MicroVideo", b"video/mp4") if word in data]
    assert len(photo.dropped) == 1
    assert "video" in photo.dropped[0]
    assert b"ftyp" not in data


@pytest.mark.parametrize("name", ["ultrahdr_portrait.jpg", "ultrahdr_motion_portrait.jpg"])
def test_an_hdr_picture_stays_one(name: str) -> None:
    photo, data = written(name)
    assert not [note for note in photo.dropped if "gain map" in note]
    before, after = (hdr.read(each) for each in (case(name).read_bytes(), data))
    assert before.max() > 2
    assert np.abs(before - after).mean() < 0.01
    assert [size for _, size in hdr.places(data)] == [data.index(b"\xff\xd9\xff\xd8") + 2,
                                                     len(hdr.halves(data)[1])]  # fmt: skip
    assert b"Jane Doe" in (load_bytes(data).metadata.xmp or b"")
    for target in ("png", "webp"):
        plain = encode(photo, SaveOptions(format=target))  # type: ignore[arg-type]
        assert not [word for word in (b"hdrgm:Version", b"GainMap", b"Item:") if word in plain]


def test_a_file_that_stays_as_it_was_has_lost_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source, out = case("ultrahdr_no_face.jpg"), tmp_path / "out.jpg"
    assert main(["retouch", str(source), "-o", str(out)]) == 0
    assert out.read_bytes() == source.read_bytes()
    assert "kept" not in capfd.readouterr().err


def test_texts_stay() -> None:
    _, data = written("png_text.png")
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        found = dict(image.text)  # type: ignore[attr-defined]
    assert found["Title"] == "Portrait 12"
    assert found["Author"] == "Jane Doe"
    assert found["Copyright"].startswith("(c) 2026")
    assert found["Comment"] == "naïve café"
    assert found["parameters"] == "a portrait\nSteps: 20, Seed: 1"
    assert found["Description"]


def test_ycbcr_has_its_colors() -> None:
    photo = load(case("ycbcr_lzw.tif"))
    with Image.open(case("ycbcr_lzw.tif")) as image:
        expected = np.asarray(image.convert("RGB")).astype(int)
    assert np.abs(photo.pixels.astype(int) - expected).mean() < 3


@pytest.mark.parametrize("name", ["exif_orlong.jpg", "exif_orbyte.jpg"])
def test_odd_orientations_are_applied_once(name: str) -> None:
    photo, data = written(name)
    again = load_bytes(data)
    assert photo.source.orientation == 6
    assert again.source.orientation == 1
    assert again.pixels.shape == photo.pixels.shape
    with Image.open(io.BytesIO(data)) as image:
        assert image.getexif().get(0x0112, 1) == 1


@pytest.mark.parametrize(
    "name",
    ["xmp_thumbz_128k.png", "xmp_thumbz_256k.png", "exif_overlap_200k.tif", "tile_16k.tif"],
)
def test_bombs_go_off_at_nobody(name: str) -> None:
    path = case(name)
    begun = time.process_time()
    try:
        assert load(path).warnings
    except Refusal as error:
        assert error.message.count(".") == 1  # noqa: PT017 - either is right
    assert time.process_time() - begun < 3
