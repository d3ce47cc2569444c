"""What may be written where: never over the original, a device or protected work."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

Freckle = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("name", ["out.bmp", "out.GIF", "out.dng"])
def test_a_name_of_another_format_is_refused(
    freckle: Freckle, jpeg: Path, tmp_path: Path, name: str
) -> None:
    code, out, said = freckle("retouch", jpeg, "-o", tmp_path / name)
    assert (code, out, said.count("\n")) == (4, "", 1)
    assert "does not write" in said
    assert not list(tmp_path.iterdir())
    words = ("--preset", "none", "--format", "JPG")
    assert freckle("retouch", jpeg, "-o", tmp_path / name, *words)[0] == 0


def test_an_ending_that_says_nothing_is_told(freckle: Freckle, jpeg: Path, tmp_path: Path) -> None:
    for name, told in (("out.final", True), ("out", False), ("out.jpg", False)):
        code, _, said = freckle("retouch", jpeg, "-o", tmp_path / name, "--preset", "none")
        assert (code, "names no format" in said) == (0, told)
        with Image.open(tmp_path / name) as image:
            assert image.format == "JPEG"


def test_formats_are_named_as_people_name_them(
    freckle: Freckle, jpeg: Path, tmp_path: Path
) -> None:
    for word, kind in (("JPG", "JPEG"), ("tif", "TIFF"), ("Png", "PNG")):
        words = ("--preset", "none", "--format", word)
        assert freckle("retouch", jpeg, "-o", tmp_path / "out", *words)[0] == 0
        with Image.open(tmp_path / "out") as image:
            assert image.format == kind


def test_what_is_no_place_for_a_file_is_refused(
    freckle: Freckle, jpeg: Path, tmp_path: Path
) -> None:
    pipe, null = tmp_path / "pipe", tmp_path / "null"
    os.mkfifo(pipe)
    null.symlink_to(os.devnull)
    protected = tmp_path / "protected.jpg"
    protected.write_bytes(b"work")
    protected.chmod(0o444)
    for words in (
        ("-o", pipe),
        ("-o", null),
        ("-o", tmp_path / f"{'x' * 300}.jpg"),
        ("-o", protected),
        ("-o", tmp_path / "out.jpg", "--report", null),
    ):
        code, out, said = freckle("retouch", jpeg, *words)
        assert (code, out, said.count("\n")) == (4, "", 1)
        assert "internal" not in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["null", "pipe", "protected.jpg"]
    assert protected.read_bytes() == b"work"


def test_a_mask_never_takes_the_originals_place(
    freckle: Freckle, jpeg: Path, tmp_path: Path
) -> None:
    source, recipe = tmp_path / "in.jpg", tmp_path / "r.json"
    source.write_bytes(jpeg.read_bytes())
    recipe.write_text('{"steps":[{"edit":{"op":"smooth","version":1,"amount":30}}]}', "utf-8")
    words = ("--recipe", recipe, "--step", "1", "-o", source)
    assert freckle("mask", "export", source, *words)[0] == 2
    assert source.read_bytes() == jpeg.read_bytes()
