"""The photo alone, its own menu, and the original under a finger that rests."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.editing import Address, drag, open_photo, settled
from tests.browser.test_editor_access import AXE, violations

PHOTO = "man_young_acne_frontal_01.jpg"


def test_panels_hide_and_the_photo_takes_the_screen_with_a_menu_of_its_own(
    page: Page, address: Address, portraits: Path
) -> None:
    open_photo(page, address.url, portraits / PHOTO)
    panel, rail = page.get_by_role("complementary"), page.get_by_role("navigation")
    page.keyboard.press("Shift+F")
    expect(panel).to_be_hidden()
    expect(rail).to_be_hidden()
    page.keyboard.press("Escape")
    expect(panel).to_be_visible()
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement !== null")
    expect(panel).to_be_hidden()
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement === null")
    expect(rail).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog").get_by_text("Hide or show the panels")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    page.locator("[data-canvas]").click(button="right", position={"x": 200, "y": 200})
    expect(page.get_by_role("menuitem")).to_have_count(9)
    expect(page.get_by_role("menuitem", name="Heal here")).to_be_visible()
    if AXE.is_file():
        assert violations(page, AXE.read_text(encoding="utf-8")) == []
    page.get_by_role("menuitem", name="100 %").click()
    expect(page.get_by_role("toolbar")).to_contain_text("100%")
    page.locator("[data-canvas]").click(button="right", position={"x": 200, "y": 200})
    page.get_by_role("menuitem", name="Download").click()
    expect(page.get_by_role("dialog", name="Download")).to_be_visible()


def test_a_resting_finger_shows_the_original(
    signed_in: Callable[..., BrowserContext], address: Address, portraits: Path
) -> None:
    page = signed_in(has_touch=True).new_page()
    open_photo(page, address.url, portraits / PHOTO)
    drag(page, "smooth.amount", 0.5)
    settled(page)
    box = page.locator("[data-canvas]").bounding_box()
    assert box
    finger = page.context.new_cdp_session(page)
    point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    expect(page.get_by_text("Original", exact=True)).to_be_visible()
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.get_by_text("Original", exact=True)).to_be_hidden()
