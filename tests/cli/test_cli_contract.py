"""What scripts rely on, mostly through the real process: exit codes, JSON, bytes, silence."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.cli.conftest import Run, pixels

Freckle = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def natural(process: Run, portrait: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portrait after `retouch` with nothing else said, in one thread."""
    out = tmp_path_factory.mktemp("natural") / "out.png"
    done = process("retouch", portrait, "-o", out, "--threads", 1)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{out}: 1 face retouched, ")
    assert done.stdout.count("\n") == 1
    return out


def test_natural_is_the_default_and_changes_the_face_only(natural: Path, portrait: Path) -> None:
    before, after = pixels(portrait), pixels(natural)
    moved = (before != after).any(axis=2)
    assert after.shape == before.shape
    assert moved[68:179, 79:172].mean() > 0.2
    assert not moved[:, 225:].any()


def test_two_threads_give_the_bytes_of_one(
    freckle: Freckle, natural: Path, portrait: Path, tmp_path: Path
) -> None:
    out, usual = tmp_path / "two.png", cv2.getNumThreads()
    try:
        assert freckle("retouch", portrait, "-o", out, "--threads", 2)[0] == 0
    finally:
        cv2.setNumThreads(usual)
    assert out.read_bytes() == natural.read_bytes()


def test_no_face_is_a_notice_and_the_very_bytes(
    freckle: Freckle, nobody: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jpg"
    code, _, said = freckle("retouch", nobody, "-o", out)
    assert code == 0
    assert said == "freckle: note: No face was found; the photo is written unchanged.\n"
    assert out.read_bytes() == nobody.read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.jpg", b"", "empty"),
        ("letter.jpg", b"Dear Sir or Madam, this is no picture at all.", "not_an_image"),
        ("absent.jpg", None, "not_an_image"),
    ],
)
def test_unreadable_input_is_one_clear_line(
    freckle: Freckle, tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    source, out = tmp_path / name, tmp_path / "out.jpg"
    if content is not None:
        source.write_bytes(content)
    ended, printed, said = freckle("retouch", source, "-o", out)
    assert ended == 3
    assert printed == ""
    assert said.startswith("freckle: ")
    assert said.endswith(f" [{code}]\n")
    assert said.count("\n") == 1
    assert not out.exists()


def test_a_cut_jpeg_is_refused(process: Run, jpeg: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.jpg"
    cut.write_bytes(jpeg.read_bytes()[:3000])
    done = process("inspect", cut, "--json")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)


def test_inspect_keeps_its_shape(freckle: Freckle, portrait: Path) -> None:
    code, printed, said = freckle("inspect", portrait, "--json")
    assert (code, said) == (0, "")
    found = json.loads(printed)
    assert list(found) == ["width", "height", "faces"]
    assert (found["width"], found["height"]) == (240, 256)
    (face,) = found["faces"]
    assert set(face) == {
        *("key", "box", "confidence", "verdict", "landmarks", "pose", "skin", "spots"),
    }
    assert face["verdict"] == "face"
    x, y, width, height = face["box"]
    assert 60 < x < 100
    assert 80 < width < 110
    landmarks = np.array(face["landmarks"])
    assert landmarks.shape == (478, 2)
    inside = (landmarks >= [x - 2, y - 2]) & (landmarks <= [x + width + 2, y + height + 2])
    assert inside.all()
    assert 0.5 < face["confidence"] <= 1
    assert set(face["pose"]) == {"yaw", "pitch", "roll"}
    assert set(face["skin"]) == {"lab", "ita"}
    assert 40 < face["skin"]["lab"][0] < 90
    for spot in face["spots"]:
        assert set(spot) == {"x", "y", "radius", "kind", "confidence"}
        assert spot["kind"] in ("red", "brown", "mole", "scar")
        assert x <= spot["x"] <= x + width
        assert 0 < spot["radius"] < 10


def test_version_names_engine_codecs_and_networks(process: Run) -> None:
    done = process("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("freckle ")
    for name in ("simplejpeg", "pillow", "tifffile", "libwebp", "face_short_range", "mesh_trunk"):
        assert f"\n{name} " in done.stdout


def test_version_starts_fast_because_it_loads_no_arrays(process: Run) -> None:
    done = process("--version", PYTHONPROFILEIMPORTTIME="1")
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "freckle.cli.main" in loaded
    assert not loaded & {"numpy", "cv2", "pydantic", "freckle.analysis", "freckle.server"}


def test_retouch_starts_without_the_server(process: Run, nobody: Path, tmp_path: Path) -> None:
    done = process("retouch", nobody, "-o", tmp_path / "o.jpg", PYTHONPROFILEIMPORTTIME="1")
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "freckle.render.render" in loaded
    assert not loaded & {"fastapi", "sqlalchemy", "uvicorn", "freckle.report.measure"}


def test_a_reader_that_goes_away_is_no_fault() -> None:
    command = [sys.executable, "-m", "freckle.cli", "ops", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 0


def test_inspect_is_readable_on_a_console_with_few_letters(process: Run, portrait: Path) -> None:
    done = process("inspect", portrait, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.startswith("240 \\xd7 256 pixels, 1 face(s)\nFace 1 (")


def test_debug_shows_where_it_broke_and_otherwise_never(
    process: Run, portrait: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "cv2.py"
    broken.write_text("raise RuntimeError('broken on purpose')\n", encoding="utf-8")
    path = f"{tmp_path}:{Path(__file__).parents[2] / 'src'}"
    done = process("retouch", portrait, "-o", tmp_path / "o.png", PYTHONPATH=path)
    assert done.returncode == 70
    assert "Traceback" not in done.stderr
    assert done.stderr.endswith(" [internal]\n")
    assert done.stderr.count("\n") == 1
    debug = process("inspect", portrait, PYTHONPATH=path, FRECKLE_DEBUG="1")
    assert "Traceback" in debug.stderr
    assert "broken on purpose" in debug.stderr
