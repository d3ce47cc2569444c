"""The clockwork of the speed benchmark, on tiny files."""

import time
from pathlib import Path

import pytest
import simplejpeg
from benchmarks.harness import Subject
from benchmarks.peak import peak_megabytes
from benchmarks.scenes import BITS, photo_file, size_of
from benchmarks.speed import Bar

from benchmarks import timing


@pytest.fixture(scope="module")
def photo(face: Subject, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return photo_file(face, 0.6, tmp_path_factory.mktemp("scene"))


def test_scene_is_photo_like(photo: Path) -> None:
    data = photo.read_bytes()
    height, width, _, subsampling = simplejpeg.decode_jpeg_header(data)
    assert (width, height) == size_of(0.6)
    assert BITS[0] <= 8 * len(data) / (width * height) <= BITS[1]
    assert subsampling == "420"
    assert b"Exif" in data
    assert b"ICC_PROFILE" in data


def test_open_and_save_takes_one_unit(photo: Path) -> None:
    data = photo.read_bytes()
    found = timing.measure(
        data, lambda: timing.open_and_save(data, 92), quality=92, wanted=5, most=8
    )
    assert 0.6 < found.ratio("cpu") < 1.6
    assert found.p95() >= found.ratio()


def test_a_sleeping_job_costs_time_but_no_cpu(photo: Path) -> None:
    found = timing.measure(photo.read_bytes(), lambda: time.sleep(0.1), quality=92, wanted=3)
    assert found.median("job", "wall") >= 0.1
    assert found.median("job", "cpu") < 0.05
    assert found.ratio() > found.ratio("cpu")


def test_fits() -> None:
    sizes = [2.0, 12.0, 24.0, 50.0]
    assert timing.exponent(sizes, [3 * s**0.8 for s in sizes]) == pytest.approx(0.8)
    assert timing.line(sizes, [400 + 18 * s for s in sizes]) == pytest.approx((400, 18))


def test_memory_is_that_of_this_process() -> None:
    before = peak_megabytes()
    held = bytearray(64 * 2**20)
    assert peak_megabytes() >= before
    assert peak_megabytes() > len(held) / 2**20
    assert before > 10


def test_a_bar_says_whether_it_holds() -> None:
    assert str(Bar("R", 2.9, 3, 1.8)).startswith("ok")
    assert str(Bar("R", 3.1, 3, 1.8)).startswith("FAIL")
