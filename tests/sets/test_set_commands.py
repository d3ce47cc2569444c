"""`freckle id` and `freckle headshots`, from file to file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from freckle.api.photos import open_photo
from freckle.sets.matching import measured, scale_of

Freckle = Callable[..., tuple[int, str, str]]


def read(path: Path) -> Any:
    with Image.open(path) as image:
        return np.asarray(image)


def test_an_id_photo_is_the_originals_pixels_with_proof(
    freckle: Freckle, roomy: Path, tmp_path: Path
) -> None:
    out, report = tmp_path / "id.png", tmp_path / "id.json"
    options = ("--country", "singapore", "--sheet", "10x15cm", "--report", report)
    code, said, _ = freckle("id", roomy, "-o", out, *options)
    assert code == 5  # her background is no plain one, and she smiles
    assert "NOT mouth" in said
    assert "the original's, to the bit" in said
    plain = json.loads(report.read_text())
    left, top, width, height = plain["proof"]["box"]
    assert np.array_equal(read(out), read(roomy)[top : top + height, left : left + width])
    assert plain["proof"]["identical"] is True
    assert plain["retouched"] is False
    assert 25 <= plain["measures_mm"]["head"] <= 35
    assert read(tmp_path / "id-sheet.png").shape[0] > 2 * height
    code, said, _ = freckle("id", roomy, "-o", tmp_path / "id.jpg", "--country", "sg")
    assert "none resampled; the file's compression" in said


def test_what_cannot_be_is_said_in_one_sentence(
    freckle: Freckle, roomy: Path, tmp_path: Path
) -> None:
    out = tmp_path / "x.png"
    for arguments, code in (
        ((roomy, "-o", out, "--country", "mars"), 4),
        ((roomy, "-o", out), 2),
        ((roomy, "-o", tmp_path / "x.webp", "--country", "us"), 4),
        ((roomy, "-o", roomy, "--country", "us"), 2),
        ((roomy, "-o", out, "--country", "us", "--sheet", "huge"), 2),
    ):
        found, _, err = freckle("id", *arguments)
        assert (found, err.count("\n")) == (code, 1), arguments
    assert not list(tmp_path.iterdir())


def test_head_shots_have_equal_heads(freckle: Freckle, roomy: Path, tmp_path: Path) -> None:
    photos, out = tmp_path / "in", tmp_path / "out"
    photos.mkdir()
    out.mkdir()
    with Image.open(roomy) as image:
        image.rotate(6, Image.Resampling.BICUBIC, fillcolor=(190, 190, 190)).save(photos / "a.png")
        image.resize((600, 639)).save(photos / "b.png")
    (photos / "c.jpg").write_bytes(b"no picture")
    options = ("--size", "240x300", "--head", "45", "--jobs", "1")
    code, said, err = freckle("headshots", photos, "-o", out, *options)
    assert (code, said.count("2 head-shots")) == (5, 1)
    assert "c.jpg" in err
    heads = [measured(open_photo(out / name).portrait.people[0]) for name in ("a.png", "b.png")]
    tall = [scale_of(head) / 300 for head in heads]
    assert max(tall) - min(tall) < 0.01
    assert all(abs(one - 0.45) < 0.01 for one in tall)
    assert all(abs(head.eyes / 300 - 0.44) < 0.01 for head in heads)
