"""Enlarged photos: nothing invented, nothing lost, better than a filter, the same bytes always."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from freckle.cage import caged
from freckle.cli.main import main
from freckle.errors import OutputError
from freckle.ops.upscale import Upscale, size
from freckle.photo import Photo, Source
from freckle.recipe.recipe import Recipe, Step
from freckle.render import enlarge
from freckle.render.enlarge import delivered, enlarged
from tests.studio.portraits import read


def face() -> Photo:
    """Head and shoulders, reduced to half: what the truth was is known."""
    return replace(read("astronaut"), pixels=read("astronaut").pixels[0:300, 100:400].copy())


def halved(photo: Photo) -> Photo:
    small = cv2.resize(photo.pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return Photo(small, Source(format="png", digest="x"))


def decibels(one: Any, other: Any) -> float:
    return float(10 * np.log10(255**2 / np.mean((one.astype(float) - other) ** 2)))


def test_twice_the_size_is_nearer_to_the_truth_than_a_filter() -> None:
    truth = face()
    small = halved(truth)
    made = enlarged(small, (300, 300)).pixels
    filtered = cv2.resize(small.pixels, (300, 300), interpolation=cv2.INTER_LANCZOS4)
    assert decibels(made, truth.pixels) > decibels(filtered, truth.pixels) + 0.25


@pytest.mark.parametrize("factor", [2, 4])
@pytest.mark.parametrize("depth", [8, 16])
def test_what_comes_out_reduces_to_what_went_in(factor: int, depth: int) -> None:
    small = halved(face())
    if depth == 16:
        small = replace(small, pixels=small.pixels.astype(np.uint16) * 257)
    made = enlarged(small, (150 * factor, 150 * factor)).pixels
    again = cv2.resize(made, (150, 150), interpolation=cv2.INTER_AREA).astype(int)
    off = np.abs(again - small.pixels) / (1 if depth == 8 else 257)
    assert np.quantile(off, 0.999) <= 1
    assert off.max() <= 4  # where white or black is reached
    assert made.dtype == small.pixels.dtype


def test_texture_is_kept_as_far_as_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    small = halved(face())

    def made(**values: float) -> Any:
        recipe = Recipe(steps=(Step(edit=Upscale(amount=100, **values)),))
        return delivered(small, recipe).pixels

    assert np.array_equal(made(), enlarged(small, (300, 300)).pixels)
    fine = {}
    for texture in (30, 65, 100):
        level = made(texture=texture).astype(np.float32).mean(axis=2)
        fine[texture] = float((level - cv2.GaussianBlur(level, (0, 0), 1.0)).std())
    monkeypatch.setattr(enlarge, "doubled", None)  # the network is not asked
    soft = made(texture=0)
    level = soft.astype(np.float32).mean(axis=2)
    fine[0] = float((level - cv2.GaussianBlur(level, (0, 0), 1.0)).std())
    assert fine[0] < fine[30] < fine[65] < fine[100]
    again = cv2.resize(soft, (150, 150), interpolation=cv2.INTER_AREA).astype(int)
    assert np.quantile(np.abs(again - small.pixels), 0.999) <= 1


def test_bands_and_tiles_leave_no_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    small = halved(face())
    whole = enlarged(small, (300, 300)).pixels
    monkeypatch.setattr(enlarge, "BAND", 40)
    parts = enlarged(small, (300, 300)).pixels
    assert np.abs(whole.astype(int) - parts).max() <= 1


def test_flat_ground_stays_flat_and_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enlarge, "doubled", None)
    gray = Photo(np.full((90, 70, 3), 93, np.uint8), Source(format="png", digest="x"))
    assert (enlarged(gray, (140, 180)).pixels == 93).all()


def test_the_same_bytes_with_any_number_of_threads() -> None:
    small, threads = halved(face()), cv2.getNumThreads()
    try:
        cv2.setNumThreads(1)
        one = enlarged(small, (300, 300)).pixels
    finally:
        cv2.setNumThreads(threads)
    assert np.array_equal(one, enlarged(small, (300, 300)).pixels)


def test_gray_stays_gray_and_transparency_goes_along() -> None:
    small = halved(face())
    gray = np.repeat(small.pixels.mean(axis=2, keepdims=True).astype(np.uint8), 3, axis=2)
    photo = replace(small, pixels=gray, source=replace(small.source, gray=True))
    photo = replace(photo, alpha=np.full((150, 150), 200, np.uint8))
    made = enlarged(photo, (300, 300))
    assert np.array_equal(made.pixels[..., 0], made.pixels[..., 2])
    assert made.alpha is not None
    assert made.alpha.shape == (300, 300)
    assert (made.alpha == 200).all()


@pytest.mark.parametrize(
    ("values", "wanted", "dpi"),
    [
        ({"amount": 100}, (2000, 3000), None),
        ({"width": 1500}, (1500, 2250), None),
        ({"width": 1500, "height": 1500}, (1000, 1500), None),
        ({"print_width": 30, "print_height": 40, "dpi": 300}, (3149, 4724), 300.0),
        ({"print_width": 10, "dpi": 254}, (1000, 1500), 254.0),
    ],
)
def test_sizes_are_exact(values: dict[str, Any], wanted: tuple[int, int], dpi: Any) -> None:
    assert size(Upscale(**values), (1000, 1500)) == (wanted, dpi)


def test_at_rest_nothing_happens_and_too_large_is_refused() -> None:
    photo = halved(face())
    assert delivered(photo, Recipe()) is photo
    assert delivered(photo, Recipe(steps=(Step(edit=Upscale()),))) is photo
    with pytest.raises(OutputError, match="too large"):
        enlarged(photo, (1500, 1500))


@pytest.fixture
def cage() -> Iterator[None]:
    """One for all commands of a test."""
    with caged():
        yield


@pytest.mark.usefixtures("cage")
def test_the_command_makes_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "in.png", tmp_path / "out.jpg"
    Image.fromarray(halved(face()).pixels).save(source)
    asked = ["--print", "2.54x2.54cm@300"]
    assert main(["upscale", str(source), "-o", str(target), *asked, "--quiet"]) == 0
    with Image.open(target) as made:
        assert made.size == (300, 300)
        assert made.info["dpi"] == (300, 300)
    assert main(["upscale", str(source), "-o", str(target), "--size", "3x"]) == 2
    assert "Write it as 3000x2000" in capsys.readouterr().err
    assert main(["upscale", str(source), "-o", str(target), "--texture", "much"]) == 2
    assert "upscale.texture" in capsys.readouterr().err
    assert main(["upscale", str(source), "-o", str(target), "--texture", "20", "--quiet"]) == 0
    assert main(["upscale", str(source), "-o", str(target), "--size", "9000x9000"]) == 4
    assert "too large" in capsys.readouterr().err
    set_ = ["--preset", "none", "--set", "upscale.amount=100", "--quiet"]
    assert main(["retouch", str(source), "-o", str(tmp_path / "r.png"), *set_]) == 0
    with Image.open(tmp_path / "r.png") as made:
        assert made.size == (300, 300)
