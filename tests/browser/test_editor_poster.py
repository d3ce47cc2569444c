"""A poster from nothing to files: chosen, typed, moved, adjusted, kept, downloaded."""

import io
import re
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.editing import Address, open_photo, ready
from tests.browser.test_editor_access import AXE, violations

PHOTO = "woman_hat_scarf_makeup_01.png"
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h20v10z"/></svg>'
POINTS = 72 / 25.4
STEP_MS = 1300
"""After so long a pause typing is another step."""


def kept(page: Page, url: str, project: str) -> dict[str, Any]:
    """Return the poster that the server has of a project."""
    found: dict[str, Any] = page.request.get(f"{url}/api/projects/{project}/poster").json()
    return found["poster"] or {"sizes": []}


def sheet(page: Page) -> Locator:
    return page.locator("[data-poster-picture]")


def redrawn(page: Page, before: str | None) -> str:
    """Wait for another picture of the sheet; return its address."""
    expect(sheet(page)).not_to_have_attribute("src", before or "")
    expect(page.locator("[data-poster-stage] [aria-busy=false]")).to_be_visible()
    return sheet(page).get_attribute("src") or ""


def download(page: Page, kind: str) -> bytes:
    page.get_by_role("button", name="Download").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name=kind).check()
    with page.expect_download(timeout=60_000) as made:
        dialog.get_by_role("button", name="Download").click()
    assert made.value.suggested_filename.endswith(
        f"launch-{'a6' if kind == 'PDF' else 'post'}.{kind.lower()}"
    )
    return Path(made.value.path()).read_bytes()


def layer(page: Page, name: str) -> Locator:
    """A layer of the sheet, by the beginning of its name."""
    on_sheet = page.get_by_role("group", name="Layers on the sheet")
    return on_sheet.get_by_role("button", name=re.compile(f"^{re.escape(name)}"))


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def side(page: Page, name: str) -> None:
    """Turn to the design or the layers."""
    page.get_by_role("group", name="Poster").get_by_role("button", name=name, exact=True).click()


def type_words(page: Page) -> None:
    """Choose a template, click its headline, type; letters that no typeface has are refused."""
    page.get_by_role("button", name="Poster", exact=True).click()
    page.get_by_role("button", name="Launch", exact=True).click()
    shown = redrawn(page, None)

    words = layer(page, "Text: ")
    words.click()
    expect(words).to_have_attribute("aria-pressed", "true")
    headline = page.get_by_role("textbox", name="Headline", exact=True)
    expect(headline).to_be_visible()
    assert violations(page, AXE.read_text(encoding="utf-8")) == []
    words.click(position={"x": 40, "y": 60})
    expect(headline).to_be_focused()
    page.keyboard.type("Hats for the sea")
    shown = redrawn(page, shown)
    expect(layer(page, "Text: Hats for the sea")).to_be_visible()
    expect(page.get_by_text("Reads well")).to_be_visible()

    page.wait_for_timeout(STEP_MS)
    headline.fill("\ue123")
    expect(page.get_by_role("alert")).to_contain_text("typeface")
    headline.press("Control+z")
    expect(headline).to_have_value("Hats for the sea")
    expect(page.get_by_role("alert")).to_have_count(0)


def move_words(page: Page) -> None:
    """Drag the words, nudge them, take both back."""
    words, left = layer(page, "Text: "), page.get_by_role("textbox", name="Left", exact=True)
    at = left.input_value()
    x, y = middle(words)
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, 9):
        page.mouse.move(x + 5 * k, y - 3 * k)
    expect(page.locator("[data-floating]")).to_be_visible()
    page.mouse.up()
    dragged = left.input_value()
    assert float(dragged) > float(at)
    expect(page.locator("[data-floating]")).to_have_count(0)
    words.press("ArrowRight")
    words.press("Shift+ArrowRight")
    expect(left).to_have_value(f"{float(dragged) + 11:.0f}")
    words.press("Control+z")
    expect(left).to_have_value(dragged)
    words.press("Control+z")
    expect(left).to_have_value(at)
    words.press("Control+Shift+z")
    expect(left).to_have_value(dragged)


def test_from_nothing_to_png_and_pdf(
    page: Page, address: Address, portraits: Path, complaints: list[str]
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    type_words(page)
    assert [each for each in complaints if "400" not in each] == []
    complaints.clear()  # Chromium tells of the letter that was refused
    move_words(page)
    side(page, "Design")
    page.get_by_label("Bring a logo").set_input_files(
        {"name": "mark.svg", "mimeType": "image/svg+xml", "buffer": LOGO}
    )
    expect(page.get_by_label("Logo", exact=True)).to_contain_text("mark.svg")
    expect(layer(page, "Picture")).to_be_visible()
    page.get_by_label("Zoom, number").fill("140")
    page.get_by_label("Zoom, number").press("Enter")
    sizes = page.get_by_role("group", name="Sizes")
    sizes.get_by_role("button", name="Square post").click()
    sizes.get_by_role("button", name="Tall post").click()
    expect(page.get_by_role("img", name="The poster, Square post")).to_be_visible()
    with Image.open(io.BytesIO(download(page, "PNG"))) as picture:
        assert picture.size == (1080, 1080)

    sizes.get_by_role("button", name="A6").click()
    sizes.get_by_role("button", name="Square post").click()
    expect(page.get_by_role("img", name="The poster, A6")).to_be_visible()
    with pikepdf.open(io.BytesIO(download(page, "PDF"))) as document:
        trim = [float(side) for side in document.pages[0].TrimBox]
        assert abs(trim[2] - trim[0] - 105 * POINTS) < 0.3

    while kept(page, address.url, project)["sizes"] != ["a6"]:
        page.wait_for_timeout(50)  # until the test's own time is over
    page.evaluate("() => localStorage.clear()")  # as a browser that has never seen it
    page.reload()
    ready(page)
    page.get_by_role("button", name="Poster", exact=True).click()
    expect(page.get_by_role("textbox", name="Headline", exact=True)).to_have_value(
        "Hats for the sea"
    )
