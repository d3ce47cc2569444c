"""Whatever is wrong is said in one sentence with a remedy, as one of freckle's errors."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import freckle
from freckle.api.photos import OpenedPhoto


@pytest.mark.parametrize(
    ("wishes", "says"),
    [
        ({"smoth": 30}, "There is no tool named 'smoth'. Did you mean smooth?"),
        ({"nek": {"smooth": 3}}, "Did you mean neck?"),
        ({"smooth": {"amonut": 30}}, "smooth has no slider 'amonut'. Did you mean amount?"),
        ({"smooth": 130}, "smooth.amount cannot be 130: it should be less than or equal to 100"),
        ({"smooth": float("nan")}, "smooth.amount cannot be nan"),
        ({"smooth": None}, "smooth.amount is a number and cannot be None"),
        ({"smooth": True}, "smooth.amount is a number"),
        ({"smooth": "much"}, "smooth.amount cannot be 'much'"),
        ({"smooth": np.array([1, 2])}, "smooth.amount is a number"),
        ({"smooth": {3: 4}}, "no slider '3'"),
        ({"blemishes": {"keep_moles": 1}}, "is a switch"),
        ({"lipstick": {"color": "red"}}, "Write it as #a03040."),
        ({"lipstick": {"color": 3}}, "is a color"),
        ({"lipstick": {"finish": "glos"}}, "Did you mean gloss?"),
        ({"lipstick": {"finish": 3}}, "It can be: "),
        ({"neck": 20}, "neck={'smooth': 20}"),
        ({"neck": {"blemishes": 20}}, "works on: face"),
        ({"neck": {3: 20}}, "has no name"),
        ({"lock": False}, "lock={'natural': False}"),
        ({"lock": {"naturl": False}}, "Did you mean natural?"),
        ({"lock": {"natural": 0}}, "lock.natural is a switch"),
        ({"amount": {"face": 200}}, "amount.face cannot be 200"),
        ({"amount": {"fase": 20}}, "Did you mean face?"),
        ({"recipe": "naturel"}, "Did you mean natural"),
        ({"recipe": "\0"}, "There is no preset"),
        ({"recipe": Path("nowhere.json")}, "cannot be read"),
        ({"recipe": 3}, "3 is no recipe"),
        ({"recipe": None}, "None is no recipe"),
        ({"recipe": {"steps": [{"edit": {"op": "smoth"}}]}}, "Did you mean smooth?"),
        ({"recipe": {"steps": 3}}, "steps"),
        ({"persons": {7: {"smooth": 3}}}, "There is no person '7' in this photo. People here: 1 ("),
        ({"persons": {1: {"smoth": 3}}}, "Did you mean smooth?"),
        ({"persons": {1: {"lock": {"natural": False}}}}, "whole photo"),
        ({"persons": {1: 30}}, "persons={2: "),
        ({"persons": 30}, "persons={2: "),
        ({"exclude": "99-99"}, "People here"),
        ({"exclude": 3.5}, "3.5 names nobody"),
        ({"include": None}, "None names nobody"),
        ({"only": 1, "exclude": [1]}, "cannot be together"),
    ],
)
def test_wishes_that_cannot_be_meant(photo: OpenedPhoto, wishes: dict[str, Any], says: str) -> None:
    with pytest.raises(freckle.RecipeError) as caught:
        freckle.retouch(photo, **wishes)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("nowhere.jpg", "not_an_image"),
        (Path("nowhere.jpg"), "not_an_image"),
        ("\0", "not_an_image"),
        (b"", "empty"),
        (b"no picture at all", "not_an_image"),
        (io.BytesIO(b"no picture"), "not_an_image"),
        (io.StringIO("text"), "type_not_accepted"),
        (None, "type_not_accepted"),
        (3, "type_not_accepted"),
        (np.zeros((4, 4, 3), np.uint8), "type_not_accepted"),
    ],
)
def test_what_cannot_be_opened(source: Any, code: str) -> None:
    with pytest.raises(freckle.Refusal) as caught:
        freckle.open(source)
    assert caught.value.code == code
    assert isinstance(caught.value, freckle.FreckleError)


def test_only_opened_photos_are_retouched(portrait: Path) -> None:
    with pytest.raises(freckle.Refusal, match=r"freckle\.open"):
        freckle.retouch(portrait)  # type: ignore[arg-type]
    with pytest.raises(freckle.Refusal, match="bytes"):
        freckle.from_array(np.zeros((4, 4, 3), np.uint8), profile="sRGB")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "options", "says"),
    [
        ("out.bmp", {}, "does not write BMP"),
        ("out.gif", {}, "does not write GIF"),
        ("nowhere/out.png", {}, "no folder"),
        ("", {}, "folder"),
        ("out.jpg", {"quality": 0}, "no quality 0"),
        ("out.jpg", {"quality": 101}, "no quality 101"),
        ("out.jpg", {"quality": "high"}, "no quality 'high'"),
        ("out.jpg", {"quality": True}, "no quality True"),
        ("out.jpg", {"qualty": 80}, "Did you mean quality?"),
        ("out.jpg", {"format": "bmp"}, "no format 'bmp'"),
        ("out.jpg", {"format": 3}, "no format 3"),
        ("out.jpg", {"subsampling": 420}, "no subsampling 420"),
        ("out.png", {"depth": 12}, "no depth 12"),
        ("out.jpg", {"strip_gps": "yes"}, "strip_gps cannot be 'yes'"),
    ],
)
def test_what_cannot_be_written(
    photo: OpenedPhoto, tmp_path: Path, name: str, options: dict[str, Any], says: str
) -> None:
    with pytest.raises(freckle.OutputError) as caught:
        freckle.retouch(photo, "none").save(tmp_path / name, **options)
    assert says in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_is_no_path(photo: OpenedPhoto) -> None:
    with pytest.raises(freckle.OutputError, match="3 is no path"):
        freckle.retouch(photo, "none").save(3)  # type: ignore[arg-type]


def test_a_write_protected_file_stays(photo: OpenedPhoto, tmp_path: Path) -> None:
    path = tmp_path / "out.png"
    path.write_bytes(b"work")
    path.chmod(0o444)
    with pytest.raises(freckle.OutputError, match="write-protected"):
        freckle.retouch(photo, "none").save(path)
    assert path.read_bytes() == b"work"
