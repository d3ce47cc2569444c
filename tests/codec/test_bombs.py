"""Files that lie about themselves: refused or opened in little time and memory, with a sentence."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.codec.bombs import BOMBS

SECONDS = 5.0
"""Of one processor, for opening a file and writing it again without its place."""
MEGABYTES = 1000
LARGE = 10
"""Megabytes beside the file, of which eight are a copy of one of eight."""
IN_A_CHILD = """
import json, resource, sys, time
from pathlib import Path
STATUS = Path("/proc/self/status")
def megabytes(name):
    lines = STATUS.read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1024
def begin():
    if not STATUS.exists():
        return 0
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    return megabytes("VmRSS")
def peak():
    # what getrusage says begins with the peak of the process that forked this one
    if STATUS.exists():
        return megabytes("VmHWM")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
from freckle.codec import SaveOptions, encode, load_bytes
from freckle.errors import Refusal
for path in sorted(Path(sys.argv[1]).iterdir()):
    data = path.read_bytes()
    before, begun, refused = begin(), time.process_time(), False
    try:
        photo = load_bytes(data)
        if photo.pixels.size < 10**6:
            encode(photo, SaveOptions(strip_gps=True))
        said = [*photo.warnings, *photo.dropped]
        del photo
    except Refusal as error:
        said, refused = [error.message], True
    seconds = time.process_time() - begun
    found = {"seconds": seconds, "said": said, "peak": peak()}
    found["grown"] = found["peak"] - before if refused and before else 0
    print(json.dumps([path.name, found]))
"""


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of each bomb, all in one process: it opens each once."""
    folder = tmp_path_factory.mktemp("bombs")
    for number, make in enumerate(BOMBS.values()):
        (folder / f"{number:03}").write_bytes(make())
    words = [sys.executable, "-c", IN_A_CHILD, str(folder)]
    done = subprocess.run(words, capture_output=True, check=True, text=True)
    found = dict(map(json.loads, done.stdout.splitlines()))
    return {name: found[f"{number:03}"] for number, name in enumerate(BOMBS)}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_little_time(name: str, tried: dict[str, Any]) -> None:
    one = tried[name]
    assert one["seconds"] < SECONDS
    assert all(sentence.endswith(".") and "\n" not in sentence for sentence in one["said"])


def test_what_is_refused_is_refused_before_anything_large_is_taken(tried: dict[str, Any]) -> None:
    assert max(one["grown"] for one in tried.values()) < LARGE


def test_no_bomb_costs_much_memory(tried: dict[str, Any]) -> None:
    assert len(tried) == len(BOMBS) >= 40
    assert max(one["peak"] for one in tried.values()) < MEGABYTES
