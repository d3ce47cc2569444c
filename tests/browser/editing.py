"""What a person does in the editor, for the tests to do."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from freckle.recipe.recipe import Recipe


@dataclass(frozen=True)
class Address:
    """Where the server under test listens, and its start token."""

    url: str
    token: str

    @property
    def entrance(self) -> str:
        return f"{self.url}/?token={self.token}"


PIXELS = """() => {
  const canvas = document.querySelector('canvas');
  const { width, height } = canvas;
  const w = Math.round(width / 3), h = Math.round(height / 3);
  const { data } = canvas.getContext('2d').getImageData(w, h, w, h);
  return Array.from({ length: 2000 }, (_, k) => data[Math.floor(k * data.length / 2000)]);
}"""


BEYOND = """() => {
  const width = document.documentElement.clientWidth;
  const rolls = (part) => {  // what is beyond the edge can be brought in
    for (let over = part.parentElement; over; over = over.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(over).overflowX)) return true;
    }
    return false;
  };
  const beyond = [...document.body.querySelectorAll('*')].filter((part) => {
    if (part.closest('svg, canvas, [aria-hidden=true]')) return false;
    const { left, right, width: wide } = part.getBoundingClientRect();
    return wide > 0 && (right > width + 1 || left < -1) && !rolls(part);
  });
  const told = beyond.map((part) => `${part.tagName} ${part.ariaLabel ?? part.textContent}`);
  const all = document.documentElement.scrollWidth;
  return all > width ? [`the page is ${all} wide`, ...told] : told;
}"""


def beyond(page: Page) -> list[str]:
    """What lies outside of the window, at its sides, where no scrolling brings it in."""
    found: list[str] = page.evaluate(BEYOND)
    return found


def open_photo(page: Page, url: str, photo: Path) -> str:
    """Open a new project of a photo in a page that starts anew; return the project's id."""
    page.goto("about:blank")
    project = project_of(page, url, photo)
    open_project(page, url, project)
    return project


def project_of(page: Page, url: str, photo: Path) -> str:
    """Make a project of a photo; the server gets its bytes once, however many tests want it."""
    wanted = {"photo": hashlib.sha256(photo.read_bytes()).hexdigest()}
    made = page.request.post(f"{url}/api/projects", data=wanted)
    if not made.ok:
        sent = page.request.post(f"{url}/api/photos", multipart={"file": photo})
        assert sent.ok, sent.text()
        made = page.request.post(f"{url}/api/projects", data=wanted)
    assert made.ok, made.text()
    return str(made.json()["id"])


def upload_photo(page: Page, url: str, photo: Path) -> str:
    """Upload a photo from Home, wait until it can be edited, return the project's id."""
    page.goto(url)
    page.wait_for_selector("#recent")
    page.set_input_files("#freckle-file-input", photo)
    ready(page)
    return page.url.rsplit("/", 1)[1]


def open_project(page: Page, url: str, project: str) -> None:
    page.goto(f"{url}/#/edit/{project}")
    ready(page)


def ready(page: Page) -> None:
    """Wait for the photo and the sliders."""
    page.wait_for_selector("canvas")
    page.wait_for_selector("[data-control]")
    expect(page.get_by_text("Opening the photo…")).to_have_count(0)


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def row(page: Page, control: str) -> Locator:
    return page.locator(f'[data-control="{control}"]')


def number(page: Page, control: str) -> Locator:
    return row(page, control).locator("input[type=text]")


def drag(page: Page, control: str, share: float) -> None:
    """Drag a slider's thumb from where it is to a share of its track."""
    hold(page, control, share)
    page.mouse.up()


def hold(page: Page, control: str, share: float) -> None:
    """Drag a slider's thumb, and do not let go of it."""
    slider = row(page, control).locator("[data-slider]")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    thumb = slider.locator("input[type=range]").locator("..").bounding_box()
    assert box
    assert thumb
    y = box["y"] + box["height"] / 2
    start, end = thumb["x"] + thumb["width"] / 2, box["x"] + 6 + (box["width"] - 12) * share
    page.mouse.move(start, y)
    page.mouse.down()
    for k in range(1, 11):
        page.mouse.move(start + (end - start) * k / 10, y)
        page.wait_for_timeout(16)


def expect_saved(page: Page) -> None:
    expect(page.locator("[data-save]")).to_have_attribute("data-save", "saved")


SOON_MS = 100
"""Between two looks at a picture that is to change."""
PATIENCE = 1200
"""How many of these."""
STILL_MS = 400
"""A picture that has not changed for so long stands still."""


def settled(page: Page) -> None:
    """Wait until the picture stands still."""
    before: list[int] = []
    for _ in range(PATIENCE // 4):
        now = pixels(page)
        if now == before:
            return
        before = now
        page.wait_for_timeout(STILL_MS)
    raise AssertionError("the picture never came to rest")


def changed(page: Page, before: list[int]) -> list[int]:
    """Wait until the picture is another one and stands still again; return it."""
    for _ in range(PATIENCE):
        if pixels(page) != before:
            settled(page)
            return pixels(page)
        page.wait_for_timeout(SOON_MS)
    raise AssertionError("the control changed nothing on the screen")


def returned(page: Page, earlier: list[int], within: int = 3) -> None:
    """Wait until the picture is an earlier one; sent again, JPEG may round a step differently."""
    for _ in range(PATIENCE):
        if max(abs(a - b) for a, b in zip(pixels(page), earlier, strict=True)) <= within:
            return
        page.wait_for_timeout(SOON_MS)
    raise AssertionError("the picture did not become the earlier one")


def pixels(page: Page) -> list[int]:
    found: list[int] = page.evaluate(PIXELS)
    return found


def api(page: Page, path: str) -> Any:
    text = page.evaluate("async path => (await fetch('api/' + path)).text()", path)
    return json.loads(text)


def recipe_of(page: Page, project: str) -> dict[str, Any]:
    """Return the saved recipe of a project, all steps in the order of work."""
    found = Recipe.from_plain(api(page, f"projects/{project}")["recipe"])
    steps = [step.model_dump(mode="json") for step in found.steps]
    here = found.here.model_dump(mode="json")
    return {**here, "steps": steps, "locks": found.locks.model_dump()}
