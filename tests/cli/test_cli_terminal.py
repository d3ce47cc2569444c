"""The progress bar: only on a terminal, only after a second, never in the way."""

import os
import select
import sys
import time
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from freckle.api.photos import open_photo
from freckle.cli import terminal
from freckle.cli.inspect import inspected
from freckle.cli.terminal import Progress, quiet_libraries, table

pty = pytest.importorskip("pty")
STAGES = [("opening", 0.5), ("retouching", 2.0)]


def drawn(work: Callable[[Progress], None], monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what a terminal shows of a bar while `work` runs."""
    ours, theirs = pty.openpty()
    try:
        with os.fdopen(theirs, "w") as stream:
            monkeypatch.setattr(sys, "stderr", stream)
            with Progress(STAGES) as progress:
                work(progress)
            monkeypatch.undo()
            shown = b""
            while select.select([ours], [], [], 0.05)[0]:
                shown += os.read(ours, 65_536)
            return shown.decode()
    finally:
        os.close(ours)


def test_quick_work_shows_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(Progress.step, monkeypatch) == ""


def test_long_work_shows_a_bar_and_takes_it_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "PATIENCE", 0.05)

    def work(progress: Progress) -> None:
        progress.step()
        progress.step()
        with quiet_libraries():
            time.sleep(0.4)

    shown = drawn(work, monkeypatch)
    assert "retouching" in shown
    assert "█" in shown
    assert shown.endswith("\r\x1b[K")


def test_the_bar_only_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("freckle.cli.terminal.time.monotonic", lambda: now[0])
    progress = Progress(STAGES)
    seen = []
    for _ in STAGES:
        progress.step()
        for _ in range(50):
            now[0] += 0.2
            seen.append(int(progress.line().split("%")[0].split()[-1]))
    assert seen == sorted(seen)
    assert seen[0] < 20
    assert 80 < seen[-1] < 100


def test_no_terminal_no_bar(capfd: pytest.CaptureFixture[str]) -> None:
    with Progress(STAGES) as progress:
        progress.step()
    assert capfd.readouterr().err == ""


def test_libraries_are_quiet_and_python_is_heard_after(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet_libraries():
        os.write(2, b"INFO: a delegate was created\n")
    os.write(2, b"heard\n")
    assert capfd.readouterr().err == "heard\n"


def test_tables_align() -> None:
    assert table([("a", "bb", "c"), ("aaa", "b", "cc")]) == "a    bb  c\naaa  b   cc"
    assert table([]) == ""


def test_a_face_too_small_to_retouch_is_still_found(face: np.ndarray, tmp_path) -> None:
    path = tmp_path / "small.png"
    Image.fromarray(face).resize((90, 96), Image.Resampling.BOX).save(path)
    (found,) = inspected(open_photo(path))["faces"]
    assert found["box"][2] < 40
    assert found["spots"] == []
    assert 40 < found["skin"]["lab"][0] < 90
