"""What the checks of the house share: the tracked files."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def tracked(*patterns: str) -> list[Path]:
    """Return the files that git knows or would add, relative to the root, without deleted ones."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = sorted({name for name in listed.stdout.split("\0") if name})
    return [Path(name) for name in names if (ROOT / name).is_file()]


def texts(*patterns: str) -> Iterator[tuple[Path, str]]:
    """Yield tracked files that are text, with their content."""
    for path in tracked(*patterns):
        try:
            yield path, (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
