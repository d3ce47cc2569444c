"""A part of what `benchmarks.kill_writing` does: commands are ended while they write."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.kill_table import COMMANDS as KILLED

from freckle import disk
from freckle.cli.parser import COMMANDS
from tests.cli.conftest import ROOT


@pytest.mark.skipif(not disk.HANDLES.is_dir(), reason="only Linux has nameless files")
def test_nothing_is_torn_and_nothing_is_left() -> None:
    pytest.importorskip("skimage")
    words = [
        sys.executable,
        "-m",
        "benchmarks.kill_writing",
        "--ends",
        "24",
        "presets",
        "generator",
    ]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("presets", "generator"):
        for way in ("SIGKILL", "SIGTERM", "SIGHUP", "full disk"):
            found = re.search(rf"^{name}, {way}: (\d+)$", done.stdout, re.MULTILINE)
            assert found, done.stdout
            assert int(found[1]) >= 1
    assert ", 0 faults" in done.stdout


def test_every_command_that_writes_is_ended_while_it_does() -> None:
    ended = {words.split()[0] for words in KILLED.values()}
    assert set(COMMANDS) - ended == {"inspect", "ops", "serve"}


def test_a_copy_that_was_left_goes_with_the_next_file(tmp_path: Path) -> None:
    target, left = tmp_path / "out", tmp_path / f"{disk.PART}0123456789abcdef{disk.PART_END}"
    target.write_bytes(b"old")
    left.write_bytes(b"a copy")
    disk.write_whole(target, b"new")
    assert left.exists(), "somebody may just be writing it"
    old = left.stat().st_mtime - 2 * disk.ABANDONED
    os.utime(left, (old, old))
    disk.write_whole(target, b"newer")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
