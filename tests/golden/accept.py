"""See how the golden pictures differ, and accept new ones: `make golden` runs this."""

import argparse
import platform
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from PIL import Image

from tests.golden.cases import HERE, Case, Sitting, cases
from tests.golden.comparison import compare, read, show
from tests.golden.ledger import Entry, add, digest


def main(arguments: Sequence[str]) -> int:
    """Run the command line; return its exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="cases to accept, as `preset-natural`, or `all`")
    parser.add_argument("--by", default="", help="who looked at the pictures")
    parser.add_argument("--why", default="", help="what changed the look")
    asked = parser.parse_args(arguments)
    known = {case.name: case for case in cases()}
    unknown = set(asked.names) - {*known, "all"}
    if unknown:
        parser.error(f"no such case: {', '.join(sorted(unknown))}; cases: {', '.join(known)}")
    if asked.names and not (asked.by.strip() and asked.why.strip()):
        parser.error("accepting needs BY (who looked at the pictures) and WHY (what changed)")
    everything = not asked.names or "all" in asked.names
    chosen = list(known.values()) if everything else [known[name] for name in asked.names]
    easel = Sitting()
    for case in chosen:
        said = _accept(easel, case, asked.by, asked.why) if asked.names else _look(easel, case)
        print(f"{case.name:28}{said}")
    return 0


def _look(easel: Sitting, case: Case) -> str:
    if not case.path.is_file():
        return "new: there is no accepted picture"
    actual, expected = easel.draw(case), read(case.path)
    difference = compare(actual, expected)
    if difference.within(case.tolerance):
        return f"same ({difference})"
    beside = show(case.name, actual, expected, difference)
    return f"DIFFERS ({difference}): {beside.relative_to(HERE.parents[1])}"


def _accept(easel: Sitting, case: Case, by: str, why: str) -> str:
    actual = easel.draw(case)
    if case.path.is_file() and compare(actual, read(case.path)).within(case.tolerance):
        return "same, the accepted picture stays"
    case.path.parent.mkdir(exist_ok=True)
    Image.fromarray(actual).save(case.path, optimize=True)
    add(
        Entry(
            case=case.name,
            sha256=digest(case.path),
            date=datetime.now(UTC).date().isoformat(),
            commit=_commit(),
            machine=f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
            by=by.strip(),
            why=why.strip(),
        )
    )
    return "accepted"


def _commit() -> str:
    command = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    said = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    return said.stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
