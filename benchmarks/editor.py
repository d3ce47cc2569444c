"""Use the editor in Chromium and measure what a person waits for.

Run as `python -m benchmarks.editor [PHOTO] [--large MP]`. Opens a photo (the 24-megapixel portrait
unless another is named) in a window whose picture is 1600 px wide, with the built page and a real
server, and prints: seconds from the end of the upload to the first picture and to sliders that
work; for drags of sliders the age of the painted pixels (pointer moved → frame drawn; the screen
shows it with its next refresh) and frames a second; zoom to 100 % until it is sharp; and how long
the picture takes to change when compare is held. `--large 100` enlarges the photo first.
"""

import argparse
import asyncio
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from playwright.sync_api import Page, sync_playwright
from tests.browser.conftest import CHROMIUM, FLAGS

from benchmarks.portraits import folder
from freckle.codec import SaveOptions, load, save
from freckle.server.house import House
from freckle.server.serve import listen, make_server
from freckle.server.settings import Settings

WINDOW = {"width": 2000, "height": 1300}
SHOWN = 1600
"""Width of the picture on the screen in pixels."""
LISTENER = Path(__file__).with_suffix(".js")
SECONDS = 4.0
SLIDERS = {
    "Face": ("smooth.amount", "even_tone.amount", "eye_whites.amount"),
    "Makeup": ("lipstick.amount", "foundation.amount", "eye_shadow.amount"),
    "Reshape": ("face_width.amount", "eye_size.amount", "nose_width.amount"),
}
"""Sliders that are dragged, by the tab they stand on."""
SHARP = 0.99
"""Screen pixels a photo pixel from which a view counts as 100 %."""


@dataclass(frozen=True)
class Drag:
    """Ages in milliseconds of the frames of one drag, and how many a second."""

    ages: list[float]
    rate: float

    def __str__(self) -> str:
        if not self.ages:
            return "no frame came"
        middle, late = np.percentile(self.ages, [50, 95])
        return f"age p50 {middle:4.0f} ms   p95 {late:4.0f} ms   {self.rate:4.1f} frames/s"


@contextmanager
def serving() -> Iterator[tuple[str, House]]:
    """Run a server with an empty folder; yield its entrance and its parts."""
    with tempfile.TemporaryDirectory() as place, listen("127.0.0.1", 0) as listening:
        settings = replace(Settings(folder=Path(place)), port=listening.getsockname()[1])
        server = make_server(settings)
        loop = asyncio.new_event_loop()
        work = loop.create_task(server.serve(sockets=[listening]))
        thread = threading.Thread(target=lambda: loop.run_until_complete(work))
        thread.start()
        while not server.started:
            time.sleep(0.05)
        house: House = server.config.app.state.house  # type: ignore[union-attr]
        yield f"http://127.0.0.1:{settings.port}/?token={settings.token}", house
        server.should_exit = True
        thread.join(20)


def log(page: Page) -> dict[str, list[Any]]:
    """Return what the listener wrote down so far."""
    found: dict[str, list[Any]] = page.evaluate("window.__bench")
    return found


def first_after(times: list[float], moment: float) -> float | None:
    """Return the first of sorted times after a moment."""
    return next((t for t in times if t >= moment), None)


def opened(page: Page, photo: Path) -> tuple[float, float]:
    """Upload a photo; return seconds to the first picture and to sliders that work."""
    page.set_input_files("#freckle-file-input", photo)
    page.wait_for_selector("[data-control]", timeout=60_000)
    while not any("ready" in text for _, text in log(page)["texts"]):
        page.wait_for_timeout(50)
    page.wait_for_timeout(1500)
    seen = log(page)
    sent = seen["uploads"][-1]
    drawn = first_after(seen["draws"], sent)
    ready = next(t for t, text in seen["texts"] if "ready" in text)
    assert drawn is not None
    return (drawn - sent) / 1e3, (ready - sent) / 1e3


def dragged(page: Page, control: str) -> Drag:
    """Drag a slider to and fro and pair pointer moves with the frames that they led to."""
    slider = page.locator(f'[data-control="{control}"] [data-slider]')
    slider.scroll_into_view_if_needed()
    thumb = slider.locator("input[type=range]").locator("..").bounding_box()
    box = slider.bounding_box()
    assert thumb
    assert box
    y = box["y"] + box["height"] / 2
    page.mouse.move(thumb["x"] + thumb["width"] / 2, y)
    page.mouse.down()
    started = page.evaluate("performance.now()")
    until = time.monotonic() + SECONDS
    k = 0
    while time.monotonic() < until:
        share = 0.3 + 0.25 * np.sin(k / 12)
        page.mouse.move(box["x"] + box["width"] * share, y)
        time.sleep(1 / 60)
        k += 1
    ended = page.evaluate("performance.now()")
    page.mouse.up()
    page.wait_for_timeout(1500)
    return paired(log(page), started, ended)


def paired(seen: dict[str, list[Any]], started: float, ended: float) -> Drag:
    """Find for each frame drawn during a drag the pointer move that it answers."""
    sends = {number: at for at, number, *_ in seen["sends"]}
    ages, painted, answered = [], set[float](), set[int]()
    for at, number in seen["acks"]:
        if not started <= at <= ended or number not in sends or number in answered:
            continue  # at rest the same change comes once more, in full
        answered.add(number)
        drawn = first_after(seen["draws"], at)
        moved = max((t for t in seen["pointers"] if t <= sends[number]), default=None)
        if drawn is None or moved is None or drawn in painted:
            continue
        painted.add(drawn)
        ages.append(drawn - moved)
    return Drag(ages, len(painted) / ((ended - started) / 1e3))


def zoomed(page: Page, times: int = 5) -> list[float]:
    """Zoom to 100 % and back; return milliseconds until the picture is sharp."""
    found = []
    for _ in range(times):
        page.keyboard.press("1")
        page.wait_for_timeout(1500)
        seen = log(page)
        pressed = max(t for t, key in seen["keys"] if key == "1")
        number = next(
            number
            for at, number, _, view in seen["sends"]
            if at >= pressed and view["width"] >= SHARP * view["w"]
        )
        shown = next(at for at, ack in seen["acks"] if ack >= number)
        drawn = first_after(seen["draws"], shown)
        assert drawn is not None
        found.append(drawn - pressed)
        page.keyboard.press("0")
        page.wait_for_timeout(1200)
    return found


def compared(page: Page, times: int = 8) -> list[float]:
    """Hold compare; return milliseconds until the original is drawn."""
    found = []
    for _ in range(times):
        page.keyboard.down("\\")
        page.wait_for_timeout(150)
        seen = log(page)
        pressed = max(t for t, key in seen["keys"] if key == "\\")
        drawn = first_after(seen["draws"], pressed)
        assert drawn is not None
        found.append(drawn - pressed)
        page.keyboard.up("\\")
        page.wait_for_timeout(150)
    return found


def enlarged(photo: Path, megapixels: float, place: Path) -> Path:
    """Write the photo enlarged to about so many megapixels."""
    small = load(photo)
    scale = (megapixels * 1e6 / (small.width * small.height)) ** 0.5
    size = round(small.width * scale), round(small.height * scale)
    target = place / f"{round(megapixels)}mp.jpg"
    large = cv2.resize(small.pixels, size, interpolation=cv2.INTER_CUBIC)
    save(replace(small, pixels=large), target, SaveOptions())
    return target


def measure(page: Page, entrance: str, photo: Path) -> None:
    """Print all figures for one photo."""
    page.goto(entrance)
    page.wait_for_selector("#recent")
    picture, ready = opened(page, photo)
    print(f"first picture {picture:.2f} s   ready to edit {ready:.2f} s after the upload")
    view = log(page)["sends"][-1][3]
    print(f"view {view['width']} × {view['height']} px")
    page.keyboard.press("n")
    page.wait_for_timeout(3000)
    for tab, controls in SLIDERS.items():
        page.get_by_role("tab", name=tab).click()
        for control in controls:
            print(f"{control:20} {dragged(page, control)}", flush=True)
    print("zoom to 100 %   ", " ".join(f"{t:.0f}" for t in zoomed(page)), "ms")
    print("hold compare    ", " ".join(f"{t:.1f}" for t in compared(page)), "ms")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photo", nargs="?", type=Path)
    parser.add_argument("--large", type=float, metavar="MP")
    given = parser.parse_args()
    portraits = folder()
    photo = given.photo or (portraits and portraits / "woman_bartender_24mp_01.jpg")
    if photo is None or CHROMIUM is None:
        raise SystemExit("There is no photo, or no Chromium: name a photo; run `make browser`.")
    with (
        tempfile.TemporaryDirectory() as place,
        serving() as (entrance, _),
        sync_playwright() as player,
    ):
        if given.large:
            photo = enlarged(photo, given.large, Path(place))
        browser = player.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        page = browser.new_page(viewport=WINDOW)  # type: ignore[arg-type]
        page.add_init_script(path=LISTENER)
        measure(page, entrance, photo)
        browser.close()


if __name__ == "__main__":
    main()
