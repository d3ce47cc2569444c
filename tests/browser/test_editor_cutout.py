"""The cut-out by hand, from the Background panel: painted, kept, undone; and its unsure edges."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.editing import (
    Address,
    changed,
    expect_saved,
    number,
    open_photo,
    pixels,
    recipe_of,
    returned,
    row,
    settled,
    tab,
)
from tests.browser.test_editor_brush import paint

PHOTO = "woman_hat_scarf_makeup_01.png"


def before_a_color(page: Page) -> None:
    tab(page, "Background")
    row(page, "background.mode").get_by_role("radio", name="Color").check()
    row(page, "background.color").get_by_role("radio").nth(4).check()
    number(page, "background.shadow").fill("40")
    page.keyboard.press("Enter")
    expect_saved(page)
    settled(page)


def test_people_are_painted_out_and_back(page: Page, address: Address, portraits: Path) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    before_a_color(page)
    with page.expect_response(lambda answer: "/unsure" in answer.url, timeout=60_000) as answer:
        page.get_by_role("switch", name="Show unsure edges").click()
    assert answer.value.ok
    page.get_by_role("switch", name="Show unsure edges").click()
    settled(page)
    before = pixels(page)

    page.get_by_role("button", name="Brush in or out").click()
    tools = page.get_by_role("group", name="Brush tool")
    expect(tools.get_by_role("button", name="Cut-out")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-hand=brush]")).to_be_visible()
    page.get_by_role("radio", name="Remove").check()
    page.keyboard.press("o")  # the tint would be a change as well
    paint(page)
    expect(page.get_by_text("Stroke 1, removed")).to_be_visible()
    expect_saved(page)
    changed(page, before)
    cutout, ground = recipe_of(page, project)["steps"][-2:]
    assert (cutout["edit"]["op"], cutout["mask"]["base"]) == ("cutout", "auto")
    assert [stroke["mode"] for stroke in cutout["mask"]["strokes"]] == ["remove"]
    assert (ground["edit"]["op"], ground["edit"]["shadow"]) == ("background", 40)

    page.keyboard.press("Control+z")
    expect(page.get_by_text("Nothing is painted yet")).to_be_visible()
    expect_saved(page)
    returned(page, before)
