"""From inside the cage nothing can be reached: fifty acts are tried, none is done."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from freckle.cage import kernel
from tests.cage.acts import NAMES
from tests.cage.conftest import alone

CLOSED_BY_LANDLOCK = {
    *("read a file", "write a file", "create a file", "list a folder", "unlink", "rename", "mkdir"),
    *("mkfifo", "hard link", "symbolic link", "truncate", "read the environment", "exec", "spawn"),
    *("read memory as a file", "shared memory", "mount", "ptrace", "read another's memory"),
}
SINCE = {4: {"connect TCP", "listen TCP"}, 6: {"kill another", "connect abstract unix"}}
ANYBODY = {*CLOSED_BY_LANDLOCK, "fork", "connect TCP", "send UDP", "connect unix", "kill another"}
FOR_SOME = {"mount", "ptrace", "read another's memory"}
"""What containers close to everybody."""


def outcomes(kind: str, folder: Path) -> dict[str, str]:
    command = [sys.executable, "-m", "tests.cage.acts", kind, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return dict(line.split(": ") for line in done.stdout.splitlines())


def test_every_act_is_done_by_whoever_is_free(tmp_path):
    if not kernel.LINUX:
        pytest.skip("only Linux has a cage")
    found = outcomes("outside", tmp_path)
    done = {name for name, outcome in found.items() if outcome == "done"}
    assert set(found) == set(NAMES)
    assert done >= ANYBODY - FOR_SOME
    if os.getuid() == 0:
        assert len(done) >= 40


def test_none_is_done_in_the_cage(tmp_path):
    if not kernel.filters():
        pytest.skip("this kernel has no seccomp")
    found = outcomes("all", tmp_path)
    assert len(found) == len(NAMES) >= 50
    assert {name for name, outcome in found.items() if outcome == "done"} == set()
    assert "no cage" not in found.values()


def test_the_filter_alone_holds_all_of_it(tmp_path):
    if not kernel.filters():
        pytest.skip("this kernel has no seccomp")
    found = outcomes("seccomp", tmp_path)
    assert {name for name, outcome in found.items() if outcome == "done"} == set()


def test_landlock_alone_closes_files(tmp_path):
    version = kernel.landlock()
    if not version:
        pytest.skip("this kernel has no Landlock")
    found = outcomes("landlock", tmp_path)
    closed = CLOSED_BY_LANDLOCK.union(
        *(names for since, names in SINCE.items() if version >= since)
    )
    assert {name: found[name] for name in closed} == dict.fromkeys(closed, "refused")


def test_the_environment_is_not_in_the_childs_memory():
    lines = alone(
        """
import ctypes, os
os.environ["FRECKLE_SECRET"] = "swordfish" * 9
held = ctypes.CDLL(None)["getenv"]
held.restype = ctypes.c_void_p
place = held(b"FRECKLE_SECRET")
assert ctypes.string_at(place).startswith(b"swordfish")
from freckle.cage.closing import forget_environment
forget_environment()
print(len(os.environ), ctypes.string_at(place, 9) == bytes(9), held(b"PATH"))
"""
    )
    assert lines == ["0 True None"]


def test_a_machine_says_what_it_closes():
    found = kernel.protections()
    if kernel.LINUX:
        assert set(found) == {"seccomp", "landlock", "limits"}
    assert alone("from freckle.cli.main import main; main(['--version'])")[0].startswith("freckle")
