"""What came of a set, on paper: a file for programs, one for tables, figures of each photo."""

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any, Final

from freckle.batch.run import Outcome
from freckle.disk import atomic_write

SUMMARY: Final = "batch.json"
TABLE: Final = "batch.csv"
COLUMNS: Final = ("photo", "status", "results", "megapixels", "seconds", "summary", "reason")


class Report:
    """Collects outcomes; `folder` is where the report goes, None is nowhere."""

    def __init__(self, folder: Path | None) -> None:
        """Make the folder. Raises OSError."""
        self._folder = folder
        self._rows: list[dict[str, Any]] = []
        self._named: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.megapixels = 0.0
        """Of photos that were done now."""
        self.noted = 0
        """Photos with something to know about them."""
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)

    @property
    def total(self) -> int:
        """Photos so far."""
        return self.counts.total()

    def hear(self, outcome: Outcome) -> None:
        """Take in an outcome; figures are written at once."""
        self.counts[outcome.status] += 1
        self.noted += bool(outcome.found.get("notes"))
        if outcome.status == "done":
            self.megapixels += outcome.found["megapixels"]
        if self._folder is None:
            return
        self._rows.append(_row(outcome))
        figures = outcome.found.get("report")
        if figures is not None:
            text = json.dumps(figures, indent=1) + "\n"
            atomic_write(self._folder / self._name(outcome), text.encode())

    def write(self, seconds: float) -> None:
        """Write the lists, in the order of the photos' names. Raises `OutputError`."""
        if self._folder is None:
            return
        rows = sorted(self._rows, key=lambda row: str(row["photo"]))
        summary = {"counts": dict(self.counts), "seconds": round(seconds, 1), "photos": rows}
        text = json.dumps(summary, indent=1, ensure_ascii=True) + "\n"
        atomic_write(self._folder / SUMMARY, text.encode())
        table = io.StringIO()
        writer = csv.writer(table)
        writer.writerow(COLUMNS)
        for row in rows:
            flat = {**row, "results": "; ".join(row["results"])}
            writer.writerow([flat[name] for name in COLUMNS])
        atomic_write(self._folder / TABLE, table.getvalue().encode("utf-8", "backslashreplace"))

    def _name(self, outcome: Outcome) -> str:
        """Name a photo's figures after its first result."""
        own = Path(str(outcome.targets[0])).name
        number, name = 1, f"{own}.json"
        while name.casefold() in self._named:
            number += 1
            name = f"{own}-{number}.json"
        self._named.add(name.casefold())
        return name


def _row(outcome: Outcome) -> dict[str, Any]:
    found = outcome.found
    return {
        "photo": outcome.source.id,
        "status": outcome.status,
        "results": [str(place) for place in outcome.targets],
        "megapixels": found.get("megapixels"),
        "seconds": round(outcome.seconds, 3),
        "summary": found.get("summary", ""),
        "notes": list(found.get("notes", ())),
        "code": outcome.code,
        "reason": outcome.reason,
    }
