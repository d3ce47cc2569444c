"""Any screen, any hand, any trouble: small windows, high contrast, fingers, folders, no server."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from freckle.codec import load_bytes
from tests.browser.editing import Address, number, open_photo, open_project, row, upload_photo
from tests.browser.test_editor_access import AXE, violations

PHOTO = "man_young_acne_frontal_01.jpg"


def colors(part: Locator) -> int:
    """Count how many clearly different grays a part of the page shows."""
    pixels = load_bytes(part.screenshot()).pixels
    return len(np.unique(pixels.mean(axis=2) // 48))


def brightness(part: Locator) -> float:
    return float(load_bytes(part.screenshot()).pixels.mean())


def test_high_contrast_shows_what_is_chosen_and_where_sliders_stand(
    signed_in: Callable[..., BrowserContext], address: Address, portraits: Path
) -> None:
    page = signed_in(forced_colors="active").new_page()
    open_photo(page, address.url, portraits / PHOTO)
    page.get_by_role("button", name="Natural", exact=True).first.click()
    expect(number(page, "smooth.amount")).not_to_have_value("0")
    assert colors(row(page, "even_tone.amount").locator("[data-slider]")) >= 3
    tabs, rail = page.get_by_role("tab"), page.get_by_role("navigation").get_by_role("button")
    assert abs(brightness(tabs.nth(0)) - brightness(tabs.nth(1))) > 40
    assert abs(brightness(rail.nth(1)) - brightness(rail.nth(2))) > 40
    page.mouse.move(600, 400)
    names = page.locator("aside ul[aria-label=Presets] button > span:last-child")
    assert abs(brightness(names.nth(1)) - brightness(names.nth(2))) > 40
    if AXE.is_file():
        assert violations(page, AXE.read_text(encoding="utf-8")) == []


def test_a_low_window_keeps_the_photo_large(page: Page, address: Address, portraits: Path) -> None:
    page.set_viewport_size({"width": 720, "height": 450})
    open_photo(page, address.url, portraits / PHOTO)
    for width, height in ((720, 450), (844, 390), (640, 400)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(LARGE, arg=[width * 0.5, height * 0.75])
        for button in page.get_by_role("navigation").get_by_role("button").all():
            expect(button).to_be_in_viewport(ratio=1)
        page.get_by_role("tab", name="Background").click()
        expect(page.get_by_role("tab", name="Background")).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_role("tab", name="Face").click()


LARGE = """([width, height]) => {
  const canvas = document.querySelector('canvas').getBoundingClientRect();
  return canvas.width >= width && canvas.height >= height;
}"""


def test_a_finger_scrolls_the_panel_and_slides_only_sideways(
    signed_in: Callable[..., BrowserContext], address: Address, portraits: Path
) -> None:
    size = {"width": 390, "height": 844}
    page = signed_in(viewport=size, has_touch=True, is_mobile=True).new_page()
    open_photo(page, address.url, portraits / PHOTO)
    for button in page.get_by_role("banner").get_by_role("button").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44, button.get_attribute("aria-label")
    page.get_by_role("button", name="Skin", exact=True).tap()
    finger = page.context.new_cdp_session(page)

    def swipe(control: str, dx: float, dy: float) -> None:
        box = row(page, control).locator("[data-slider]").bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        for k in range(11):
            at = {"x": x + dx * k / 10, "y": y + dy * k / 10}
            kind = "touchMove" if k else "touchStart"
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at]})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    swipe("even_tone.amount", 4, -90)
    expect(number(page, "even_tone.amount")).to_have_value("0")
    scrolled = page.locator("aside [role=tabpanel] .scrolls").evaluate("all => all.scrollTop")
    assert scrolled > 20
    swipe("even_tone.amount", 100, 6)
    expect(number(page, "even_tone.amount")).not_to_have_value("0")
    handle = page.get_by_role("separator", name="Height of the panel")
    before = page.locator("canvas").bounding_box()
    handle.tap()
    expect(row(page, "even_tone.amount")).not_to_be_in_viewport()
    after = page.locator("canvas").bounding_box()
    assert before
    assert after
    assert after["height"] > before["height"] + 200


def test_a_folder_becomes_a_strip_of_its_photos(
    page: Page,
    address: Address,
    portraits: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    shoot = tmp_path / "shoot"
    shoot.mkdir()
    for name in ("client_A.jpg", "client_B_final.jpg"):
        shutil.copy(portraits / PHOTO, shoot / name)
    (shoot / "notes.txt").write_text("not a photo")
    open_photo(page, address.url, portraits / PHOTO)
    hand = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        data = {"items": [], "files": [str(shoot)], "dragOperationsMask": 1}
        hand.send("Input.dispatchDragEvent", {"type": kind, "x": 400, "y": 300, "data": data})
    strip = page.get_by_role("listbox", name="Photos of the set")
    expect(strip.get_by_role("option")).to_have_count(2)
    strip.get_by_role("option").first.click()
    expect(page.get_by_role("textbox", name="Project name")).to_have_value("client_A")
    page.keyboard.press(".")
    expect(page.get_by_role("textbox", name="Project name")).to_have_value("client_B_final")
    expect(page.get_by_role("alert")).to_have_count(0)
    assert "Traceback" not in capfd.readouterr().err


def test_limits_are_named(page: Page, address: Address, portraits: Path) -> None:
    open_photo(page, address.url, portraits / PHOTO)
    number(page, "even_tone.amount").fill("999")
    number(page, "even_tone.amount").press("Enter")
    most = number(page, "even_tone.amount").input_value()
    said = row(page, "even_tone.amount").get_by_text("The natural lock stops Even tone at")
    expect(said).to_contain_text(f"at {most}.")


def test_a_server_that_is_gone_leaves_no_page_blank(
    page: Page, address: Address, portraits: Path, complaints: list[str]
) -> None:
    project = upload_photo(page, address.url, portraits / PHOTO)
    page.context.set_offline(True)
    page.get_by_role("link", name="Home").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("The server does not answer. These are the projects")
    page.go_back()
    expect(page.get_by_role("heading")).to_contain_text("cannot be opened")
    expect(page.get_by_text("Check that it is running")).to_be_visible()
    page.context.set_offline(False)
    open_project(page, address.url, project)
    expect(alert).to_have_count(0)
    complaints[:] = [text for text in complaints if "ERR_INTERNET_DISCONNECTED" not in text]


GREEN = """left => {
  const canvas = document.querySelector('canvas');
  const width = left ? canvas.width / 2 : canvas.width;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, canvas.height);
  let count = 0;
  for (let k = 0; k < data.length; k += 4) if (data[k + 1] > data[k] + 25) count += 1;
  return count;
}"""


def test_the_brushs_tint_goes_when_its_work_is_seen(
    page: Page, address: Address, portraits: Path
) -> None:
    open_photo(page, address.url, portraits / PHOTO)
    page.keyboard.press("b")
    page.get_by_role("button", name="Split view").click()
    box = page.locator("[data-hand=brush]").bounding_box()
    assert box
    x, y = box["x"] + box["width"] * 0.42, box["y"] + box["height"] * 0.5
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 40, y, steps=4)
    page.wait_for_timeout(100)
    assert page.evaluate(GREEN, True) > 500, "the stroke on the original is not seen"
    page.mouse.up()
    page.wait_for_function(f"left => ({GREEN})(left) === 0", arg=False)
    page.keyboard.press("o")
    page.wait_for_function(f"left => ({GREEN})(left) > 500", arg=False)
