"""Another program calls `freckle edit`, waits, and takes the result."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import tifffile
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE_MS, ROOT, listen_to
from tests.browser.editing import drag, number, ready

Waiting = Callable[[Page], subprocess.Popen[str]]


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Eileen Collins (NASA, public domain), 16 bits a channel."""
    data = pytest.importorskip("skimage.data")
    path = tmp_path / "in.tif"
    tifffile.imwrite(
        path, data.astronaut()[:256, 100:340].astype(np.uint16) * 257, photometric="rgb"
    )
    return path


@pytest.fixture
def window(browser: Browser, complaints: list[str]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    listen_to(page, complaints)
    yield page
    context.close()
    # The command has ended by now: a request that was under way then had nobody to answer it.
    assert [text for text in complaints if "net::ERR_" not in text] == []


@pytest.fixture
def waiting(photo: Path, tmp_path: Path) -> Iterator[Waiting]:
    """Start the command as another program would, and open the address that it prints."""
    started: list[subprocess.Popen[str]] = []
    (tmp_path / "temporary").mkdir()

    def start(page: Page) -> subprocess.Popen[str]:
        command = ["freckle.cli", "edit", photo, "--output", tmp_path / "out.tif", "--no-browser"]
        process = subprocess.Popen(
            [sys.executable, "-m", *map(str, command)],
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT / "src"),
                "TMPDIR": str(tmp_path / "temporary"),
            },
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        page.goto(process.stdout.readline().strip())
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def test_done_writes_the_result_in_the_photos_own_form(
    window: Page, waiting: Waiting, photo: Path, tmp_path: Path
) -> None:
    original = photo.read_bytes()
    process = waiting(window)
    ready(window)
    expect(window.get_by_role("button", name="Download")).to_have_count(0)
    drag(window, "smooth.amount", 0.5)
    expect(number(window, "smooth.amount")).to_have_value("50")
    window.get_by_role("button", name="Done").click()
    expect(window.get_by_text("You can close this window")).to_be_visible()
    assert process.wait(120) == 0
    result = tifffile.imread(tmp_path / "out.tif")
    assert result.dtype == np.uint16
    before = tifffile.imread(photo)
    assert result.shape == before.shape
    moved = (result != before).any(axis=2)
    assert 0.02 < moved.mean() < 0.9
    assert photo.read_bytes() == original
    assert list((tmp_path / "temporary").glob("freckle-*")) == []


def test_a_page_loaded_again_goes_on_and_a_closed_one_cancels(
    window: Page, waiting: Waiting, tmp_path: Path
) -> None:
    process = waiting(window)
    expect(window.get_by_role("button", name="Done")).to_be_visible()
    window.reload()
    time.sleep(5)  # longer than the server's grace
    assert process.poll() is None
    window.close(run_before_unload=True)
    assert process.wait(120) == 1
    assert not (tmp_path / "out.tif").exists()
    assert list((tmp_path / "temporary").glob("freckle-*")) == []


def test_cancel_writes_nothing(window: Page, waiting: Waiting, tmp_path: Path) -> None:
    process = waiting(window)
    window.get_by_role("button", name="Cancel").click()
    expect(window.get_by_text("nothing was written")).to_be_visible()
    assert process.wait(120) == 1
    assert not (tmp_path / "out.tif").exists()
