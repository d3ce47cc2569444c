"""Open, retouch, save from Python: what the command line does, and what arrays keep."""

import ast
import io
import json
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

import freckle
from freckle.api.photos import OpenedPhoto
from freckle.cli.main import main
from freckle.codec import icc
from freckle.ops.catalogue import BY_NAME
from freckle.recipe.settings import HEADS

SKIN = {"smooth": 60, "even_tone": 50}
ROOT = Path(__file__).parents[2]


def command(source: Path, out: Path, *words: str) -> bytes:
    assert main(["retouch", str(source), "-o", str(out), "--quiet", *words]) == 0
    return out.read_bytes()


def test_the_import_loads_nothing_and_is_fast() -> None:
    code = (
        "import sys, time; start = time.process_time(); import freckle; "  # whatever else runs
        "print(time.process_time() - start, *[m for m in sys.modules if m.startswith('freckle.')"
        " or m in ('numpy', 'cv2', 'pydantic', 'PIL')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, *loaded = done.stdout.split()
    assert loaded == []
    assert float(seconds) < 0.1


def test_every_public_name_is_there_and_typed() -> None:
    source = (ROOT / "src" / "freckle" / "__init__.py").read_text("utf-8")
    typed = {
        name.asname or "open"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("freckle.")
        for name in node.names
    }
    assert typed == set(freckle.__all__)
    assert all(getattr(freckle, name) for name in freckle.__all__)
    assert set(freckle.__all__) <= set(dir(freckle))
    assert (ROOT / "src" / "freckle" / "py.typed").is_file()
    with pytest.raises(AttributeError, match="opne"):
        _ = freckle.opne


def test_the_same_recipe_gives_the_commands_bytes_and_report(
    photo: OpenedPhoto, portrait: Path, tmp_path: Path
) -> None:
    mine, theirs, report = tmp_path / "mine.jpg", tmp_path / "theirs.jpg", tmp_path / "r.json"
    result = freckle.retouch(photo, "clean", lipstick={"color": "#aa3344", "amount": 60})
    result.save(mine, quality=91)
    words = ["--preset", "clean", "--set", "lipstick.color=#aa3344", "--set", "lipstick.amount=60"]
    found = command(portrait, theirs, *words, "--quality", "91", "--report", str(report))
    assert found == mine.read_bytes()
    plain = json.loads(json.dumps(result.report.to_plain()))
    assert plain == json.loads(report.read_text("utf-8"))
    (face,) = result.report.faces
    assert face.key == photo.faces[0].key
    assert face.retouched
    assert 50 < face.texture.kept <= 100
    assert result.comparison().shape == (256, 486, 3)
    assert result.heatmap().shape[1] == 240
    assert result.summary.endswith(" healed · Makeup: lipstick")


def test_settings_for_people_are_the_commands(
    photo: OpenedPhoto, portrait: Path, tmp_path: Path
) -> None:
    mine, theirs = tmp_path / "mine.png", tmp_path / "theirs.png"
    result = freckle.retouch(photo, "none", shine=-20, persons={1: {"smooth": 50}})
    result.save(mine)
    words = ["--preset", "none", "--set", "shine.amount=-20", "--person", "1"]
    assert command(portrait, theirs, *words, "--set", "smooth.amount=50") == mine.read_bytes()
    assert {step.person for step in result.recipe.steps} == {None, photo.faces[0].key}
    same = freckle.retouch(photo, "none", shine=-20, persons={photo.faces[0]: {"smooth": 50}})
    assert same.recipe == result.recipe


def test_an_unchanged_file_keeps_its_very_bytes(portrait: Path, tmp_path: Path) -> None:
    source = tmp_path / "in.jpg"
    Image.open(portrait).save(source, quality=83)
    photo = freckle.open(source)
    result = freckle.retouch(photo, "none")
    assert result.save(tmp_path / "out.jpg") == ()
    assert (tmp_path / "out.jpg").read_bytes() == source.read_bytes()
    assert result.notices == ("The recipe changes nothing; the photo is unchanged.",)
    source.unlink()
    result.save(tmp_path / "again.jpg")  # without the original, its pixels
    assert (tmp_path / "again.jpg").is_file()


def test_the_original_is_never_written_to(portrait: Path, tmp_path: Path) -> None:
    source, link = tmp_path / "in.png", tmp_path / "link.png"
    source.write_bytes(portrait.read_bytes())
    link.symlink_to(source)
    result = freckle.retouch(freckle.open(source), "none")
    for target in (source, str(source), link, tmp_path / "x" / ".." / "in.png"):
        with pytest.raises(freckle.OutputError, match="original itself"):
            result.save(target)
    assert source.read_bytes() == portrait.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.png", "link.png"]


def test_a_photo_is_looked_at_once_and_comes_out_the_same(
    portrait: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []

    def counted(photo: object) -> object:
        looks.append(photo)
        return analyze(photo)

    from freckle.api import photos  # noqa: PLC0415 - what is patched

    analyze = photos.analyze
    monkeypatch.setattr(photos, "analyze", counted)
    photo = freckle.open(portrait)
    freckle.retouch(photo, "none", redness=50, contour=30)
    again = freckle.retouch(photo, "none", **SKIN)
    assert len(looks) == 1
    fresh = freckle.retouch(freckle.open(portrait), "none", **SKIN)
    assert np.array_equal(again.to_array(), fresh.to_array())
    assert np.array_equal(photo.to_array(), freckle.open(portrait).to_array())


def test_threads_take_turns_on_one_photo(photo: OpenedPhoto) -> None:
    found: dict[int, np.ndarray] = {}

    def work(amount: int) -> None:
        found[amount] = freckle.retouch(photo, "none", smooth=amount).to_array()

    threads = [threading.Thread(target=work, args=(amount,)) for amount in (30, 60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for amount, array in found.items():
        assert np.array_equal(array, freckle.retouch(photo, "none", smooth=amount).to_array())
    assert len(found) == 2


def test_files_are_opened_from_paths_bytes_and_streams(photo: OpenedPhoto, portrait: Path) -> None:
    data = portrait.read_bytes()
    for source in (str(portrait), data, bytearray(data), io.BytesIO(data)):
        opened = freckle.open(source)
        assert np.array_equal(opened.to_array(), photo.to_array())
    assert freckle.open(data).path is None
    assert repr(photo) == "<photo 'face.png', 240 × 256, 8 bit>"


def test_notices_say_what_stopped_and_who_was_left_alone(photo: OpenedPhoto) -> None:
    (stopped,) = freckle.retouch(photo, "none", shine=-100).notices
    assert stopped.startswith("Shine -100 stops at -60")
    assert 'lock={"natural": False}' in stopped
    assert freckle.retouch(photo, "none", shine=-100, lock={"natural": False}).notices == ()
    alone = freckle.retouch(photo, "beauty", exclude=photo.faces[0])
    assert alone.unchanged
    assert alone.notices == ("Everybody is left alone; the photo is unchanged.",)
    assert freckle.retouch(photo, "beauty", only=1).recipe.excluded == ()


def test_recipes_come_from_names_files_data_and_themselves(tmp_path: Path) -> None:
    made = freckle.build_recipe("none", smooth=30, neck={"smooth": {"amount": 20}})
    assert [(s.edit.op, s.area, s.edit.amount) for s in made.steps] == [
        ("smooth", "face", 30),
        ("smooth", "neck", 20),
    ]
    path = tmp_path / "r.json"
    path.write_text(made.to_json(), "utf-8")
    for source in (path, str(path), made, made.model_dump(mode="json")):
        assert freckle.build_recipe(source) == made
    assert freckle.build_recipe("Corporate headshot") == freckle.build_recipe("headshot")
    assert freckle.build_recipe(freckle.presets()[0]) == freckle.build_recipe()
    dotted = freckle.build_recipe("none", **{"smooth.amount": 30, "neck.smooth.amount": 20})
    assert dotted == made
    guards = freckle.build_recipe(lock={"natural": False}, amount={"makeup": np.float32(50)})
    assert (guards.locks.natural, guards.amounts) == (False, {"makeup": 50})
    given = freckle.build_recipe(
        {"steps": [{"edit": {"op": "smooth", "amount": 3}, "person": "1-2"}], "excluded": ["1-2"]},
        assign={"1-2": "4-5"},
    )
    assert (given.steps[0].person, given.excluded) == ("4-5", ("4-5",))
    assert [tool["op"] for tool in freckle.tools()][:2] == ["blemishes", "heal_brush"]


def test_no_tool_has_the_name_of_a_parameter() -> None:
    taken = {"photo", "base", "recipe", "assign", "persons", "only", "exclude", "include"}
    assert not set(BY_NAME) & {*taken, *HEADS}


def test_a_files_own_depth_profile_and_quality_stay(pixels: np.ndarray, tmp_path: Path) -> None:
    source, out = tmp_path / "in.tif", tmp_path / "out.tif"
    deep = pixels.astype(np.uint16) * 256 + np.arange(240, dtype=np.uint16)[None, :, None]
    profile = Image.open(io.BytesIO(_jpeg_with_profile(pixels))).info["icc_profile"]
    tifffile.imwrite(source, deep, photometric="rgb", iccprofile=profile)
    photo = freckle.open(source)
    assert (photo.bits, photo.profile) == (16, profile)
    result = freckle.retouch(photo, "none", **SKIN)
    assert result.save(out) == ()
    with tifffile.TiffFile(out) as tiff:
        assert tiff.pages[0].tags["InterColorProfile"].value == profile
        assert np.array_equal(tiff.asarray(), result.to_array())
    lost = result.save(tmp_path / "out.jpg", quality=40, subsampling="420", strip_metadata=True)
    assert lost == ("The photo has 16 bits a channel; the file will have 8.",)
    with Image.open(tmp_path / "out.jpg") as image:
        assert image.info["icc_profile"] == profile
    result.save(tmp_path / "out8.png", depth=8, format="PNG")
    assert freckle.open(tmp_path / "out8.png").bits == 8
    assert icc.channels(profile) == "rgb"


def _jpeg_with_profile(pixels: np.ndarray) -> bytes:
    from PIL import ImageCms  # noqa: PLC0415

    stream = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.fromarray(pixels).save(stream, "JPEG", icc_profile=profile)
    return stream.getvalue()
