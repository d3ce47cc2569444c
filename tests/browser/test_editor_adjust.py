"""Light and color of the whole picture, in a photo where nobody is."""

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
