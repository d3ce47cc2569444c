"""Files that lie about themselves: refused or opened in little time and memory, with a sentence."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from freckle.codec import SaveOptions, encode, load_bytes
from freckle.errors import Refusal
from tests.codec.bombs import BOMBS

SECONDS = 5.0
"""Of one processor, for opening a file and writing it again without its place."""
MEGABYTES = 1000
IN_A_CHILD = """
import json, resource, sys
from pathlib import Path
STATUS = Path("/proc/self/status")
def peak():
    # what getrusage says begins with the peak of the process that forked this one
    if STATUS.exists():
        lines = STATUS.read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
from freckle.codec import load
from freckle.errors import Refusal
peaks = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        load(path)
    except Refusal:
        pass
    peaks[path.name] = peak()
print(json.dumps(peaks))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the bombs that were tried are kept, for the next test."""
    return tmp_path_factory.mktemp("bombs")


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_little_time(name: str, folder: Path) -> None:
    data = BOMBS[name]()
    (folder / str(list(BOMBS).index(name))).write_bytes(data)
    begun = time.process_time()
    try:
        photo = load_bytes(data)
        if photo.pixels.size < 10**6:
            encode(photo, SaveOptions(strip_gps=True))
        said = [*photo.warnings, *photo.dropped]
    except Refusal as error:
        said = [error.message]
    assert time.process_time() - begun < SECONDS
    assert all(sentence.endswith(".") and "\n" not in sentence for sentence in said)


def test_no_bomb_costs_much_memory(folder: Path) -> None:
    assert len(list(folder.iterdir())) == len(BOMBS) >= 40
    words = [sys.executable, "-c", IN_A_CHILD, str(folder)]
    done = subprocess.run(words, capture_output=True, check=True, text=True)
    peaks = json.loads(done.stdout)
    assert max(peaks.values()) < MEGABYTES
