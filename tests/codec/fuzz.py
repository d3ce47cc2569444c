"""Twist files of every format and open them: `python -m tests.codec.fuzz SECONDS [SEED]`.

Each round runs in a child, so that a decoder that crashes is found and its file kept in `fuzz/`.
Whatever is no refusal, costs more than 5 s or 1 GB, or leaves through `encode` with a traceback,
is a fault.
"""

import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np

from freckle.codec import SaveOptions, encode, load_bytes
from freckle.errors import Refusal
from tests.codec import hdr, specimens
from tests.codec.bombs import BOMBS
from tests.codec.test_hiding import FILES, PLACED
from tests.codec.test_hostile import WHOLE

KEPT = Path("fuzz")
ROUND = 200
"""Files of one child."""
SECONDS = 5.0
MEGABYTES = 1000


def seeds() -> Iterator[tuple[str, bytes]]:
    """Whole files of every format, files that hide something, and small bombs."""
    for name, make in WHOLE.items():
        if name not in ("dng", "heic"):
            yield name, make()
    yield from (FILES | PLACED).items()
    for name, make in BOMBS.items():
        if len(data := make()) < 100_000:
            yield name, data
    yield "Ultra HDR", hdr.made(specimens.scene())
    yield "EXIF", specimens.pil(specimens.scene(), "JPEG", exif=b"Exif\0\0" + specimens.exif())


def twisted(data: bytes, chance: np.random.Generator) -> bytes:
    """Change a few bytes, cut, double or swap parts, or put numbers that lie."""
    raw = bytearray(data)
    for _ in range(int(chance.integers(1, 7))):
        at, size = int(chance.integers(len(raw) + 1)), int(chance.integers(1, 64))
        match int(chance.integers(7)):
            case 0 if at < len(raw):
                raw[at] ^= 1 << int(chance.integers(8))
            case 1:
                del raw[at : at + size]
            case 2:
                raw[at:at] = chance.bytes(size)
            case 3:
                raw[at : at + size] = bytes(len(raw[at : at + size]))
            case 4:
                raw[at:at] = raw[at : at + size] * int(chance.integers(1, 40))
            case 5:
                lie = chance.choice([0, 1, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF])
                raw[at : at + 4] = int(lie).to_bytes(4, "little" if size % 2 else "big")
            case _:
                raw[at : at + size] = raw[at : at + size][::-1]
    return bytes(raw)


def tried(name: str, data: bytes, seed: int) -> None:
    """Open one seed twisted in many ways; raise what is a fault."""
    chance = np.random.default_rng(seed)
    last = KEPT / f"{multiprocessing.current_process().pid}"
    for _ in range(ROUND):
        file = twisted(data, chance)
        last.write_bytes(file)
        begun = time.process_time()
        with suppress(Refusal):
            encode(load_bytes(file), SaveOptions(format="png", strip_gps=True))
        if time.process_time() - begun > SECONDS:
            raise TimeoutError(name)
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 > MEGABYTES:
            raise MemoryError(name)
    last.unlink()


def main(seconds: float, seed: int) -> int:
    """Twist for some seconds; return how many faults there were."""
    KEPT.mkdir(exist_ok=True)
    until, rounds, faults = time.monotonic() + seconds, 0, 0
    known = list(seeds())
    context = multiprocessing.get_context("fork")
    while time.monotonic() < until:
        name, data = known[rounds % len(known)]
        child = context.Process(target=tried, args=(name, data, seed + rounds))
        child.start()
        child.join(ROUND * SECONDS)
        rounds += 1
        if child.exitcode != 0:
            child.kill()
            faults += 1
            print(f"fault: {name}, exit code {child.exitcode}; fuzz/{child.pid}")  # noqa: T201
    print(f"{rounds * ROUND} files, {faults} faults")  # noqa: T201
    return faults


if __name__ == "__main__":
    begin = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    sys.exit(min(main(float(sys.argv[1]), begin), 1))
