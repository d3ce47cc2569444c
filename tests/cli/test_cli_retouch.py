"""`freckle retouch` in this process: what is kept, what is refused, what is said."""

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image

from freckle.analysis.portrait import analyze
from freckle.analysis.regions import Region
from freckle.codec import load
from freckle.ops.catalogue import CATALOGUE
from freckle.recipe.limits import limits_of
from freckle.recipe.recipe import Recipe
from tests.cli.conftest import pixels

Freckle = Callable[..., tuple[int, str, str]]
SKIN_ONLY = ("--preset", "none", "--set", "smooth.amount=60", "--set", "even_tone.amount=50")
TURNS = {
    1: lambda p: p,
    2: lambda p: p[:, ::-1],
    3: lambda p: p[::-1, ::-1],
    4: lambda p: p[::-1],
    5: lambda p: p.transpose(1, 0, 2),
    6: lambda p: np.rot90(p, -1),
    7: lambda p: p[::-1, ::-1].transpose(1, 0, 2),
    8: np.rot90,
}
"""What a viewer does with stored pixels of each EXIF orientation."""


def stored(face: np.ndarray, orientation: int, path: Path) -> Path:
    """Save a file that a viewer shows upright as `face`."""
    back = {6: 8, 8: 6}.get(orientation, orientation)
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(np.ascontiguousarray(TURNS[back](face))).save(path, exif=exif)
    return path


def test_all_sliders_at_zero_give_identical_pixels(
    freckle: Freckle, portrait: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.webp"
    names = [f"{op.name}.{next(iter(limits_of(op.params)))}" for op in CATALOGUE]
    zeros = [word for name in names for word in ("--set", f"{name}=0")]
    code, _, said = freckle("retouch", portrait, "-o", tmp_path / "out.png", *zeros)
    assert code == 0
    assert said.startswith("freckle: note: The recipe changes nothing")
    assert np.array_equal(pixels(tmp_path / "out.png"), pixels(portrait))
    # through an encoder too, not only as a copy of the file
    code, _, _ = freckle("retouch", portrait, "-o", out.with_suffix(".tif"), *zeros)
    assert code == 0
    assert np.array_equal(pixels(out.with_suffix(".tif")), pixels(portrait))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(
    freckle: Freckle, face: np.ndarray, tmp_path: Path, orientation: int
) -> None:
    source, out = stored(face, orientation, tmp_path / "in.png"), tmp_path / "out.png"
    assert freckle("retouch", source, "-o", out, "--preset", "none")[0] == 0
    assert np.array_equal(pixels(out), face)
    with Image.open(out) as image:
        assert image.getexif().get(0x0112, 1) == 1


def test_a_turned_file_is_retouched_as_the_upright_one(
    freckle: Freckle, face: np.ndarray, tmp_path: Path
) -> None:
    outs = []
    for orientation in (1, 6):
        source = stored(face, orientation, tmp_path / f"{orientation}.png")
        outs.append(tmp_path / f"out{orientation}.png")
        assert freckle("retouch", source, "-o", outs[-1], *SKIN_ONLY)[0] == 0
    assert np.array_equal(pixels(outs[0]), pixels(outs[1]))
    assert not np.array_equal(pixels(outs[0]), face)


def test_sixteen_bits_stay_and_nothing_but_skin_moves(
    freckle: Freckle, face: np.ndarray, tmp_path: Path
) -> None:
    deep = face.astype(np.uint16) * 256 + np.arange(240, dtype=np.uint16)[None, :, None]
    source, out = tmp_path / "in.tif", tmp_path / "out.tif"
    tifffile.imwrite(source, deep, photometric="rgb")
    assert freckle("retouch", source, "-o", out, *SKIN_ONLY)[0] == 0
    after = tifffile.imread(out)
    assert after.dtype == np.uint16
    photo = load(source)
    (person,) = analyze(photo).people
    skin = person.scene.regions[Region.TONE] > 0
    turn = person.scene.frame.to_photo.pixel_matrix()
    near = cv2.warpAffine(skin.astype(np.uint8), turn, (240, 256)) > 0
    near = cv2.dilate(near.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    moved = (after != deep).any(axis=2)
    assert moved.sum() > 1000
    assert not moved[~near].any()
    assert len(np.unique(after[moved] % 256)) > 200


def test_a_gray_photo_stays_gray(freckle: Freckle, face: np.ndarray, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jpg", tmp_path / "out.jpg"
    Image.fromarray(cv2.cvtColor(face, cv2.COLOR_RGB2GRAY)).save(source, quality=95)
    code, _, _ = freckle("retouch", source, "-o", out, "--report", tmp_path / "r.json")
    assert code == 0
    with Image.open(out) as image:
        assert image.mode == "L"
    assert not np.array_equal(pixels(out), pixels(source))
    (figures,) = json.loads((tmp_path / "r.json").read_text("utf-8"))["faces"]
    assert figures["tone"]["hue"] is None
    assert figures["blotch"]["reduction"] is None


@pytest.mark.parametrize(
    ("name", "words", "kind"),
    [
        ("out.png", (), "PNG"),
        ("out.webp", (), "WEBP"),
        ("out.tiff", (), "TIFF"),
        ("out.unknown", (), "JPEG"),
        ("out.jpg", ("--format", "png"), "PNG"),
    ],
)
def test_the_format_follows_the_name_the_wish_or_the_input(
    freckle: Freckle, jpeg: Path, tmp_path: Path, name: str, words: tuple[str, ...], kind: str
) -> None:
    out = tmp_path / name
    code, _, said = freckle("retouch", jpeg, "-o", out, "--preset", "none", *words)
    assert code == 0
    assert ("whatever its ending" in said) == bool(words)
    with Image.open(out) as image:
        assert image.format == kind


def test_quality_is_the_inputs_unless_named(freckle: Freckle, jpeg: Path, tmp_path: Path) -> None:
    tables = {}
    for name, words in {"same": SKIN_ONLY, "less": (*SKIN_ONLY, "--quality", "40")}.items():
        out = tmp_path / f"{name}.jpg"
        assert freckle("retouch", jpeg, "-o", out, *words)[0] == 0
        with Image.open(out) as image:
            tables[name] = image.quantization
    with Image.open(jpeg) as image:
        assert tables["same"] == image.quantization
    assert tables["less"] != tables["same"]


def test_metadata_goes_when_asked_even_if_no_pixel_moves(
    freckle: Freckle, face: np.ndarray, tmp_path: Path
) -> None:
    source, out = tmp_path / "in.jpg", tmp_path / "out.jpg"
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    exif.get_ifd(0x8825)[1] = "N"
    Image.fromarray(face).save(source, exif=exif)
    assert freckle("retouch", source, "-o", out, "--preset", "none", "--strip-gps")[0] == 0
    with Image.open(out) as image:
        found = image.getexif()
        assert found[0x010F] == "Maker"
        assert not found.get_ifd(0x8825)
    assert freckle("retouch", source, "-o", out, "--preset", "none", "--strip-metadata")[0] == 0
    with Image.open(out) as image:
        assert 0x010F not in image.getexif()


def test_the_original_is_never_the_output(freckle: Freckle, jpeg: Path, tmp_path: Path) -> None:
    source, link = tmp_path / "in.jpg", tmp_path / "link.jpg"
    source.write_bytes(jpeg.read_bytes())
    link.symlink_to(source)
    state = source.read_bytes(), source.stat().st_mtime_ns
    for words in (
        ("-o", source),
        ("-o", link),
        ("-o", tmp_path / "x" / ".." / "in.jpg"),
        ("-o", tmp_path / "out.jpg", "--report", source),
        ("-o", tmp_path / "out.jpg", "--compare", tmp_path / "out.jpg"),
    ):
        code, out, said = freckle("retouch", source, *words)
        assert (code, out, said.count("\n")) == (2, "", 1)
    assert (source.read_bytes(), source.stat().st_mtime_ns) == state
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jpg", "link.jpg"]


def test_what_cannot_be_written_is_said_before_the_work(
    freckle: Freckle, jpeg: Path, tmp_path: Path
) -> None:
    for words in (
        ("-o", tmp_path / "nowhere" / "out.jpg"),
        ("-o", tmp_path),
        ("-o", tmp_path / "out.gif"),
        ("-o", tmp_path / "out.jpg", "--heatmap", tmp_path / "nowhere" / "h.png"),
    ):
        code, _, said = freckle("retouch", jpeg, *words)
        assert (code, said.count("\n")) == (4, 1)
    assert not list(tmp_path.iterdir())


def test_one_command_gives_the_photo_and_its_proof(
    freckle: Freckle, portrait: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.png"
    proof = {name: tmp_path / f"{name}.png" for name in ("compare", "heatmap")}
    words = [str(word) for name, path in proof.items() for word in (f"--{name}", path)]
    code, table, said = freckle(
        "retouch", portrait, "-o", out, "--sidecar", "--report", tmp_path / "r.json", *words
    )
    assert (code, said) == (0, "")
    assert "texture kept" in table
    report = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert report["faces"][0]["retouched"] is True
    assert pixels(proof["compare"]).shape == (256, 2 * 240 + 6, 3)
    assert pixels(proof["heatmap"]).shape[1] == 240
    sidecar = tmp_path / "out.png.freckle.json"
    assert Recipe.parse(sidecar.read_text("utf-8")).model_dump() == report_recipe(report)
    again = tmp_path / "again.png"
    assert freckle("retouch", portrait, "-o", again, "--recipe", sidecar)[0] == 0
    assert again.read_bytes() == out.read_bytes()


def report_recipe(report: dict) -> dict:
    return Recipe.from_plain(report["recipe"]).model_dump()


def test_the_natural_lock_stops_sliders_and_says_so(
    freckle: Freckle, portrait: Path, tmp_path: Path
) -> None:
    def retouched(name: str, *settings: str) -> tuple[np.ndarray, str]:
        out = tmp_path / f"{name}.png"
        words = [word for each in settings for word in ("--set", each)]
        code, _, said = freckle("retouch", portrait, "-o", out, "--preset", "none", *words)
        assert code == 0
        return pixels(out), said

    at_cap, silent = retouched("cap", "shine.amount=-60")
    beyond, said = retouched("beyond", "shine.amount=-100")
    opened, quiet = retouched("open", "shine.amount=-100", "lock.natural=off")
    assert np.array_equal(at_cap, beyond)
    assert not np.array_equal(at_cap, opened)
    assert (silent, quiet) == ("", "")
    assert said.startswith("freckle: note: Shine -100 stops at -60")
    _, rests = retouched("tone", "skin_lightness.amount=8")
    assert "lock.skin_tone=off" in rests


def test_demo_shows_a_portrait_and_its_proof(freckle: Freckle, tmp_path: Path) -> None:
    pytest.importorskip("skimage")
    code, said, _ = freckle("demo", tmp_path / "demo")
    assert code == 0
    names = ["compare.png", "heatmap.png", "original.png", "report.json", "retouched.png"]
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == names
    assert all(str(tmp_path / "demo" / name) in said for name in names)


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (KeyError("lost"), 70, "KeyError: 'lost'). Run it again with FRECKLE_DEBUG=1"),
        (MemoryError(), 70, "[too_much_memory]"),
        (KeyboardInterrupt(), 130, "Stopped"),
    ],
)
def test_nothing_unexpected_shows_a_traceback(
    *,
    freckle: Freckle,
    monkeypatch: pytest.MonkeyPatch,
    jpeg: Path,
    tmp_path: Path,
    error: BaseException,
    code: int,
    line: str,
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("freckle.api.photos.analyze", fail)
    ended, out, said = freckle("retouch", jpeg, "-o", tmp_path / "out.jpg")
    assert (ended, out, said.count("\n")) == (code, "", 1)
    assert line in said
    assert not list(tmp_path.iterdir())


def test_a_file_that_changes_meanwhile_is_not_copied(
    freckle: Freckle, monkeypatch: pytest.MonkeyPatch, face: np.ndarray, tmp_path: Path
) -> None:
    source, out = tmp_path / "in.png", tmp_path / "out.png"
    Image.fromarray(face).save(source)
    monkeypatch.setattr("freckle.api.result.read_file", lambda _: b"something else by now")
    assert freckle("retouch", source, "-o", out, "--preset", "none")[0] == 0
    assert np.array_equal(pixels(out), face)
