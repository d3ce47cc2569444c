"""Who accepted which picture, when and why: one line of JSON per acceptance, never edited."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.golden.cases import HERE

LEDGER = HERE / "ledger.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """One acceptance."""

    case: str
    sha256: str
    """Of the picture's file."""
    date: str
    commit: str
    """What was checked out when the picture was drawn."""
    machine: str
    by: str
    why: str


def entries() -> list[Entry]:
    """Return all entries, oldest first."""
    if not LEDGER.is_file():
        return []
    return [Entry(**json.loads(line)) for line in LEDGER.read_text("utf-8").splitlines()]


def add(entry: Entry) -> None:
    """Write an entry at the end."""
    with LEDGER.open("a", encoding="utf-8") as book:
        book.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")


def digest(path: Path) -> str:
    """Return a file's SHA-256, hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
