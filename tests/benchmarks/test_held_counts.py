"""What a photo holds is counted once, and under the name of who holds it."""

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from benchmarks.held import MEBI, held

from freckle.recipe.presets import preset
from freckle.render.pyramid import View
from freckle.studio.studio import Studio
from tests.server.serving import make_jpeg


def test_arrays_count_once_and_views_count_as_what_they_show():
    whole = np.zeros((MEBI,), np.uint8)
    assert held([whole, whole[:10], whole.reshape(1024, -1), {"a": (whole,)}]).total() == 1
    assert held([whole, np.ones(MEBI, np.uint8)]).total() == 2
    assert held([np.uint8, np, held]).total() == 0


def test_the_pixels_of_a_photo_are_found_where_they_are():
    studio = Studio.open(make_jpeg(0, 2000, 1000))
    found = held(studio)
    assert found["Photo"] + found["Pyramid"] >= 2000 * 1000 * 3 / MEBI


def test_the_weight_of_a_studio_is_what_it_holds():
    studio = Studio.open((files("skimage") / "data" / "astronaut.png").read_bytes())
    studio.draw(preset("natural").recipe, View(0, 0, 512, 512, 512, 512), lambda: False)
    assert studio.weight / MEBI == pytest.approx(held(studio).total(), rel=0.2)


ROOT = Path(__file__).parents[2]
GROWTH = """
import numpy as np
from benchmarks.held import MEBI, resident
before = resident()
block = np.ones(64 * MEBI, np.uint8)
print(resident() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems tell it in other ways")
def test_growth_is_seen():
    """In a process of its own: here freed memory may be used again."""
    done = subprocess.run(
        [sys.executable, "-c", GROWTH], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert float(done.stdout) > 0.9 * 64


def test_the_table_is_printed(tmp_path: Path):
    path = tmp_path / "small.jpg"
    path.write_bytes(make_jpeg(0, 400, 300))
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.held", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [line.split() for line in done.stdout.splitlines()]
    assert [row[0] for row in rows[2:8]] == [
        "opened",
        "analyzed",
        "Natural",
        "dragged,",
        "Beauty",
        "report",
    ]
    for row in rows[2:8]:
        arrays, trimmed = float(row[-3]), float(row[-1])
        assert abs(trimmed - arrays) < 0.2 * arrays + 40  # what is counted is what is there
