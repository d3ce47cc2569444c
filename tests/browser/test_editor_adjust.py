"""Light and color of the whole picture, in a photo where nobody is."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.editing import (
    Address,
    changed,
    drag,
    expect_saved,
    number,
    open_photo,
    pixels,
    recipe_of,
    row,
    settled,
    tab,
)

PHOTO = "cat_no_face_01.jpg"
CLIPPED = """() => {
  const canvas = document.querySelector('canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let all = 0, full = 0, red = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] < 255) continue;
    all++;
    if (Math.max(data[at], data[at + 1], data[at + 2]) >= 254) full++;
    if (data[at] === 255 && data[at + 1] === 45 && data[at + 2] === 45) red++;
  }
  return [full / all, red / all];
}"""
"""Shares of the photo on the screen: where a channel is full, and what is marked red."""


def test_a_picture_without_a_face_is_adjusted(
    page: Page, address: Address, portraits: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    expect(page.get_by_text("No face was found").first).to_be_visible()
    tab(page, "Adjust")
    expect(page.get_by_text("No face was found")).to_have_count(0)
    settled(page)
    original = pixels(page)

    drag(page, "adjust.exposure", 0.6)
    expect(number(page, "adjust.exposure")).to_have_value("20")
    expect_saved(page)
    brighter = changed(page, original)
    assert sum(brighter) > 1.1 * sum(original)

    frame = row(page, "curve.points").get_by_role("group", name="Points")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box
    frame.click(position={"x": box["width"] / 2, "y": box["height"] * 0.7})
    expect(frame.get_by_role("slider")).to_have_count(3)
    expect_saved(page)
    changed(page, brighter)
    steps = recipe_of(page, project)["steps"]
    assert [(s["edit"]["op"], s["person"]) for s in steps] == [("adjust", None), ("curve", None)]
    expect(page.get_by_text("Whole picture: light and color, curve")).to_be_visible()

    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(number(page, "adjust.exposure")).to_have_value("0")
    settled(page)
    assert max(abs(a - b) for a, b in zip(pixels(page), original, strict=True)) <= 3


def test_the_histogram_tells_and_marks_what_is_clipped(
    page: Page, address: Address, portraits: Path
) -> None:
    open_photo(page, address.url, portraits / PHOTO)
    tab(page, "Adjust")
    settled(page)
    panel = page.get_by_role("region", name="Histogram")
    figures = panel.get_by_role("img")
    expect(figures).to_have_accessible_name(
        re.compile(r"^Histogram: half of the picture is darker than \d+(\.\d)?%\. Clipped: shadows")
    )
    before = figures.evaluate("canvas => canvas.toDataURL()")

    original = pixels(page)
    drag(page, "adjust.exposure", 0.95)
    changed(page, original)
    warning = panel.locator("[data-clipped=highlights]")
    expect(warning).to_have_attribute("data-warns", "true")
    assert figures.evaluate("canvas => canvas.toDataURL()") != before
    full, red = page.evaluate(CLIPPED)
    assert red == 0
    told = float(re.findall(r"[\d.]+", warning.inner_text())[0]) / 100
    assert abs(told - full) < 0.02, "the figure is not that of the picture on the screen"

    toggle = panel.get_by_role("button", name="Mark clipping")
    page.keyboard.press("j")
    expect(toggle).to_have_attribute("aria-pressed", "true")
    page.wait_for_function(f"() => ({CLIPPED})()[1] > 0")
    _, red = page.evaluate(CLIPPED)
    assert abs(red - full) < 0.02, "other places are marked than those that are clipped"
    page.keyboard.down("\\")
    page.wait_for_function(f"() => ({CLIPPED})()[1] === 0")
    page.keyboard.up("\\")
    toggle.click()
    expect(toggle).to_have_attribute("aria-pressed", "false")
    page.wait_for_function(f"() => ({CLIPPED})()[1] === 0")
