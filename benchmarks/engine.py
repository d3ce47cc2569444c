"""Call freckle as its users do: through the command's own entry point, in this process."""

import json
import tempfile
from pathlib import Path
from typing import Any, Final

import numpy as np
from PIL import Image

from benchmarks.harness import Retouch
from benchmarks.measures import Circle
from benchmarks.mesh import RGB8

NATURAL: Final = "natural"


def retouch_file(source: Path, target: Path, *arguments: str) -> dict[str, Any]:
    """Run `freckle retouch` on a file and return its report. Raises `RuntimeError` on failure."""
    from freckle.cli.main import main  # noqa: PLC0415  (a benchmark's parts work without it)

    report = target.with_suffix(".report.json")
    code = main(["retouch", str(source), "-o", str(target), "--report", str(report), *arguments])
    if code:
        raise RuntimeError(f"freckle retouch {source.name} ended with {code}.")
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return found


def engine(*arguments: str) -> Retouch:
    """Return freckle as a function of pixels; the detour over PNG loses nothing."""

    def retouch(photo: RGB8) -> tuple[RGB8, list[Circle]]:
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder, "in.png"), Path(folder, "out.png")
            Image.fromarray(photo).save(source, compress_level=1)
            report = retouch_file(source, target, *arguments)
            with Image.open(target) as image:
                return np.asarray(image.convert("RGB")), healed(report)

    return retouch


def healed(report: dict[str, Any]) -> list[Circle]:
    """Return the healed spots of a report: x, y, radius in pixels of the upright photo."""
    spots = [spot for face in report["faces"] for spot in face["healed"]]
    return [(float(s["x"]), float(s["y"]), float(s["radius"])) for s in spots]
