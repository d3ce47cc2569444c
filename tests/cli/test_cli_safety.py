"""Commands destroy nothing, leave nothing behind, and let no name speak to the terminal."""

import itertools
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from freckle import disk
from freckle.cli import deadline as watch
from freckle.cli.main import main
from freckle.codec import atomic_write, files
from tests.cli.conftest import ROOT

Freckle = Callable[..., tuple[int, str, str]]
RECIPE = '{"steps":[{"edit":{"op":"smooth","version":1,"amount":30}}]}'


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    path = tmp_path / "r.json"
    path.write_text(RECIPE, "utf-8")
    return path


WAYS = ["itself", "link", "hard link", "roundabout"]
OPTIONS = ["-o", "--report", "--compare", "--heatmap"]


@pytest.mark.parametrize(("way", "option"), list(itertools.product(WAYS, OPTIONS)))
@pytest.mark.parametrize("what", ["original", "recipe", "preset"])
def test_no_output_takes_an_inputs_place(
    freckle: Freckle, jpeg: Path, recipe: Path, option: str, way: str, what: str
) -> None:
    tmp_path = recipe.parent
    source = tmp_path / "in.jpg"
    source.write_bytes(jpeg.read_bytes())
    taken = source if what == "original" else recipe
    before = taken.read_bytes()
    name = tmp_path / f"other{taken.suffix}"
    if way == "link":
        name.symlink_to(taken)
    elif way == "hard link":
        name.hardlink_to(taken)
    else:
        name = taken if way == "itself" else tmp_path / "x" / ".." / taken.name
        (tmp_path / "x").mkdir()
    how = ["--preset", str(recipe)] if what == "preset" else ["--recipe", str(recipe)]
    words = ["retouch", source, *how, option, name]
    code, _, said = freckle(*words, *([] if option == "-o" else ["-o", tmp_path / "out.jpg"]))
    assert (code, "never writes to" in said) == (2, True)
    assert taken.read_bytes() == before
    assert not (tmp_path / "out.jpg").exists()


def test_a_mask_never_takes_its_recipes_place(freckle: Freckle, jpeg: Path, recipe: Path) -> None:
    words = ("mask", "export", jpeg, "--recipe", recipe, "--step", "1", "-o", recipe)
    assert freckle(*words)[0] == 2
    assert recipe.read_text("utf-8") == RECIPE


@pytest.mark.parametrize("name", ["retouched.jpg", "compare.png", "report.json"])
def test_demo_takes_no_inputs_place(
    freckle: Freckle, jpeg: Path, tmp_path: Path, name: str
) -> None:
    source = tmp_path / name
    source.write_bytes(jpeg.read_bytes())
    link = tmp_path / "link.jpg"
    link.symlink_to(source)
    for photo in (source, link):
        assert freckle("demo", tmp_path, "--photo", photo)[0] in (2, 4)
    assert source.read_bytes() == jpeg.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["link.jpg", name])


@pytest.mark.parametrize("name", ["original.jpg", "retouched.jpg", "heatmap.png"])
def test_demo_overwrites_nothing_but_its_own(
    freckle: Freckle, jpeg: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(b"somebody's work")
    code, _, said = freckle("demo", tmp_path, "--photo", jpeg)
    assert (code, "already" in said) == (4, True)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"somebody's work"]


def test_a_file_that_is_overwritten_keeps_its_mode(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"old")
    secret.chmod(0o600)
    atomic_write(secret, b"new")
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    before = os.umask(0o027)
    try:
        atomic_write(tmp_path / "fresh", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "fresh").stat().st_mode) == 0o640


def test_a_disk_without_nameless_files_is_written_to_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "nameless", lambda *_: None)
    for content in (b"one", b"two"):
        atomic_write(tmp_path / "file", content)
        assert [path.read_bytes() for path in tmp_path.iterdir()] == [content]


WRITER = """
import signal, sys
from pathlib import Path
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may ignore it (nohup)
from freckle.cli.stopping import stopping
from freckle.disk import atomic_write
with stopping():
    print("ready", flush=True)
    target = Path(sys.argv[1])
    while True:
        for letter in b"ab":
            if sys.argv[2] == "fresh":
                target.unlink(missing_ok=True)
            atomic_write(target, bytes([letter]) * 4_000_000)
"""


@pytest.mark.parametrize(
    ("number", "way"),
    [(signal.SIGKILL, "fresh"), (signal.SIGTERM, "over"), (signal.SIGHUP, "over")],
)
def test_whoever_is_ended_while_writing_leaves_one_whole_file(
    number: signal.Signals, way: str, tmp_path: Path
) -> None:
    chance = np.random.default_rng(number)
    for _ in range(4):
        words = [sys.executable, "-c", WRITER, str(tmp_path / "out"), way]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
            assert child.stdout
            assert child.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0.05, 0.3))
            child.send_signal(number)
            try:
                child.wait(120)
            finally:
                child.kill()  # or the test would wait for it without end
        left = [path for path in tmp_path.iterdir() if path.name != "out"]
        assert left == []
        if (tmp_path / "out").exists():
            content = (tmp_path / "out").read_bytes()
            assert len(content) == 4_000_000
            assert len(set(content)) == 1


def test_the_signal_is_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_name: str) -> Callable[[object], int]:
        return lambda _arguments: os.kill(os.getpid(), signal.SIGTERM) or 0

    monkeypatch.setattr("freckle.cli.main.command", stopped)
    assert main(["presets"]) == 128 + signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_pipe_is_a_recipe_and_a_silent_one_is_refused(
    freckle: Freckle, nobody: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    words = ("retouch", nobody, "--recipe", pipe, "-o", tmp_path / "out.jpg")
    writer = threading.Thread(target=lambda: pipe.write_text(RECIPE, "utf-8"))
    writer.start()
    assert freckle(*words)[0] == 0
    writer.join()
    monkeypatch.setattr(files, "PATIENCE", 0.2)
    assert freckle(*words)[0] == 2


@pytest.mark.parametrize("name", ["\x1b]0;mine\x07.jpg", "a\x9b2J.jpg", "a\u202egpj.exe", "a\rb"])
def test_names_do_not_speak_to_the_terminal(
    freckle: Freckle, nobody: Path, tmp_path: Path, name: str
) -> None:
    speaking = [letter for letter in name if not letter.isprintable()]
    assert speaking
    out = tmp_path / f"{name}.jpg"
    calls = [
        freckle("inspect", tmp_path / name),
        freckle("retouch", nobody, "-o", out, "--preset", "none"),
        freckle("retouch", nobody, "-o", out, "--preset", name),
        freckle("retouch", nobody, "-o", tmp_path / name / name),
        freckle("retouch", nobody, "-o", tmp_path, f"--{name}"),
    ]
    assert [code for code, _, _ in calls] == [3, 0, 2, 4, 2]
    assert not [each for _, printed, said in calls for each in speaking if each in printed + said]


@pytest.mark.parametrize(("where", "code"), [(">&-", 0), (">&- 2>&-", 0), (">/dev/full", 4)])
def test_what_cannot_be_printed_does_not_spoil_what_was_written(
    nobody: Path, tmp_path: Path, where: str, code: int
) -> None:
    line = f'exec "$0" -m freckle.cli retouch "$1" -o "$2" --preset none {where}'
    words = ["sh", "-c", line, sys.executable, str(nobody), str(tmp_path / "out.jpg")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(words, env=environment, check=False, stderr=subprocess.PIPE, text=True)
    assert done.returncode == code
    assert (tmp_path / "out.jpg").read_bytes() == nobody.read_bytes()
    assert "Traceback" not in done.stderr


def test_opening_has_a_deadline(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ended = threading.Event()
    codes: list[int] = []
    monkeypatch.setattr(watch.os, "_exit", lambda code: (codes.append(code), ended.set()))
    with watch.deadline(0.05):
        assert ended.wait(5)
    assert codes == [3]
    assert "[too_slow]" in capfd.readouterr().err
    with watch.deadline(0.2):
        pass
    time.sleep(0.3)
    assert codes == [3]
