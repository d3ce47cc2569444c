"""Retouch one file in this process and print what it cost: run as a child to measure memory."""

import json
import resource
import sys
import time
from pathlib import Path

STATUS = Path("/proc/self/status")


def peak_megabytes() -> float:
    """Largest resident memory of this process so far.

    Linux' own high-water mark where there is one: `getrusage` also counts what the parent held
    before this program was loaded.
    """
    if STATUS.exists():
        for line in STATUS.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def main() -> int:
    """Retouch `source target preset`; print seconds with imports and memory as JSON."""
    started = time.perf_counter()
    from benchmarks.engine import retouch_file  # noqa: PLC0415  (importing is part of the cost)

    source, target, preset = sys.argv[1:]
    retouch_file(Path(source), Path(target), preset)
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "peak": peak_megabytes()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
