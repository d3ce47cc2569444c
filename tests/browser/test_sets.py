"""12 photos: dropped as a folder, one retouched, its look on all, flagged, written as a ZIP."""

import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Download, Locator, Page, expect

from freckle.codec import load, save
from tests.browser.editing import Address, beyond, expect_saved, number, ready
from tests.browser.test_editor_access import AXE, DIALOG, violations

COUNT = 12
LONGEST = 240
LOOK_AT = os.environ.get("FRECKLE_LOOK")
"""A folder for pictures of these pages, for whoever wants to look at them."""


@pytest.fixture(scope="module")
def shoot(portraits: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of small portraits, called as a camera calls them."""
    folder = tmp_path_factory.mktemp("shoots") / "Studio day"
    folder.mkdir()
    found = sorted(portraits.glob("*frontal*.jpg"))  # one person each: quick to look at
    opened = list(map(load, found))
    for k in range(COUNT):
        photo = opened[k % len(found)]
        step = max(photo.width, photo.height) // LONGEST
        small = np.ascontiguousarray(photo.pixels[::step, ::step])
        small[0, 0] = k  # no two files are the same
        save(replace(photo, pixels=small), folder / f"IMG_{k + 1:04}.jpg")
    return folder


def drop(page: Page, folder: Path) -> None:
    """Drop a folder as the desktop does."""
    hand = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
        hand.send("Input.dispatchDragEvent", {"type": kind, "x": 400, "y": 300, "data": data})


def look(page: Page, name: str) -> None:
    if LOOK_AT:
        page.screenshot(path=Path(LOOK_AT) / f"{name}.png")


def fine(page: Page, part: str | None = None) -> None:
    if AXE.is_file():
        assert violations(page, AXE.read_text(encoding="utf-8"), part=part) == []


def photos(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Photos of the set").get_by_role("option")


def names_in(download: Download) -> list[str]:
    with zipfile.ZipFile(download.path()) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def all_there(page: Page, count: int = COUNT) -> None:
    """Wait for the strip or the gallery to have all photos; only those near the eye are drawn."""
    expect(photos(page).first).to_have_attribute("aria-setsize", str(count))
    expect(page.get_by_role("progressbar", name=re.compile("Adding photos"))).to_have_count(0)


def exported(page: Page) -> list[str]:
    """Confirm the export that is offered, and read the names in the ZIP."""
    dialog = page.get_by_role("dialog", name="Export as one ZIP")
    with page.expect_download(timeout=120_000) as download:
        dialog.get_by_role("button", name=re.compile(r"Export \d+ photos?")).press("Enter")
    # what is said goes away by itself, so it is waited for before the file is looked into
    expect(page.get_by_text("The ZIP is complete")).to_be_visible(timeout=120_000)
    return names_in(download.value)


def give_one_look_to_all(page: Page) -> None:
    page.get_by_role("button", name="Natural", exact=True).first.click()
    expect_saved(page)
    page.get_by_role("button", name="Same look").click()
    look(page, "strip-menu")
    page.get_by_role("menuitem", name="Apply to all…").click()
    look(page, "apply")
    fine(page, DIALOG)
    try_it_on_three(page)
    page.get_by_role("button", name=f"Apply to {COUNT - 1} photos").click()
    expect(page.get_by_text(f"{COUNT - 1} photos changed.")).to_be_visible()
    look(page, "strip")


def try_it_on_three(page: Page) -> None:
    """See the look on three photos, change one of them by hand; nothing is written."""
    page.get_by_role("button", name="Try on three photos").click()
    dialog = page.get_by_role("dialog", name="Before and after, on three photos")
    expect(dialog.get_by_role("img", name=re.compile("after$"))).to_have_count(3)
    chosen = [dialog.get_by_label(f"Photo {k}").input_value() for k in (1, 2, 3)]
    assert len(set(chosen)) == 3
    look(page, "three")
    fine(page)
    dialog.get_by_label("Photo 2").select_option(label=f"IMG_{COUNT:04}")
    expect(dialog.get_by_role("img", name=f"IMG_{COUNT:04}, after")).to_be_visible()
    dialog.get_by_role("button", name="Change").click()
    page.get_by_role("button", name="Try on three photos").click()
    expect(dialog.get_by_role("img", name=re.compile("after$"))).to_have_count(3)


def undo_it_on_the_third(page: Page) -> None:
    photos(page).nth(2).click()
    ready(page)
    expect(page.get_by_role("textbox", name="Project name")).to_have_value("IMG_0003")
    expect(number(page, "smooth.amount")).not_to_have_value("0")
    page.get_by_role("button", name="Undo").click()
    expect(number(page, "smooth.amount")).to_have_value("0")
    expect_saved(page)
    page.get_by_role("link", name="All photos of the set").click()
    all_there(page)
    expect(photos(page).nth(2)).to_have_attribute("aria-label", "IMG_0003, untouched")


def pick_three_and_star_one(page: Page) -> None:
    photos(page).nth(0).click()
    photos(page).nth(3).click(modifiers=["Shift"])
    photos(page).nth(1).click(modifiers=["Control"])
    expect(page.get_by_text("3 chosen")).to_be_visible()
    page.get_by_role("button", name="Pick", exact=True).click()
    photos(page).nth(5).hover()
    photos(page).nth(5).locator("[data-star='4']").click()
    expect(photos(page).nth(5)).to_have_attribute("aria-label", "IMG_0006, 4 stars, edited")
    look(page, "gallery-chosen")
    fine(page)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_role("button", name="Choose none")).to_be_in_viewport(ratio=1)
    assert beyond(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})


def test_by_mouse(page: Page, address: Address, shoot: Path) -> None:
    page.goto(address.url)
    page.wait_for_selector("#recent")
    drop(page, shoot)
    ready(page)
    look(page, "strip-arriving")
    all_there(page)
    give_one_look_to_all(page)
    undo_it_on_the_third(page)
    pick_three_and_star_one(page)
    page.get_by_label("Flags", exact=True).select_option("picked")
    expect(photos(page)).to_have_count(3)
    page.get_by_role("banner").get_by_role("button", name="Export…").click()
    page.get_by_role("radio", name="Picked (3)").check()
    look(page, "export")
    fine(page, DIALOG)
    assert exported(page) == ["IMG_0001.jpg", "IMG_0003.jpg", "IMG_0004.jpg"]
    photos(page).nth(2).dblclick()
    ready(page)
    page.go_back()
    expect(photos(page)).to_have_count(3)
    page.get_by_role("button", name="Show all").click()
    page.reload()
    all_there(page)
    expect(photos(page).nth(3)).to_have_attribute("aria-label", "IMG_0004, picked, edited")
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("link", name=re.compile("Studio day.*12 photos")).first).to_be_visible()
    look(page, "home")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, part: Locator) -> None:
    for _ in range(40):
        if part.evaluate("part => part === document.activeElement"):
            return
        press(page, "Tab")
    raise AssertionError("Tab never reaches it")


def go_to_the_first(page: Page) -> None:
    """Walk back to the set's first photo: whichever arrived first was opened."""
    name = page.get_by_label("Project name")
    for _ in range(6):
        here = name.input_value()
        if here == "IMG_0001":
            return
        press(page, ",")
        expect(name).not_to_have_value(here)
        ready(page)
    raise AssertionError("the first photo is never reached")


def paste_on_the_second(page: Page) -> None:
    press(page, "n")
    expect_saved(page)
    press(page, "Control+Shift+c", "p", "Shift+Digit3", ".")
    ready(page)
    press(page, "Control+Shift+v")
    expect(page.get_by_text("1 photo changed.")).to_be_visible()
    expect(number(page, "smooth.amount")).not_to_have_value("0")
    expect_saved(page)


def test_by_keyboard_alone(page: Page, address: Address, shoot: Path) -> None:
    page.goto(address.url)
    page.wait_for_selector("#recent")
    page.set_input_files("#freckle-file-input", sorted(shoot.iterdir())[:6])
    ready(page)
    all_there(page, 6)
    go_to_the_first(page)
    paste_on_the_second(page)
    tab_to(page, page.get_by_role("link", name="All photos of the set"))
    press(page, "Enter")
    all_there(page, 6)
    tab_to(page, page.get_by_role("listbox", name="Photos of the set"))
    expect(photos(page).nth(0)).to_have_attribute("aria-label", re.compile("3 stars, picked"))
    press(page, "Home", "Control+a", "Control+Shift+v")
    expect(page.get_by_text("4 photos changed. 2 had this already.")).to_be_visible()
    press(page, "Escape", "End", "x")
    expect(photos(page).nth(5)).to_have_attribute("aria-label", re.compile("rejected, edited"))
    press(page, "Home", "Shift+ArrowRight", "5")
    expect(photos(page).nth(1)).to_have_attribute("aria-label", re.compile("5 stars"))
    press(page, "Alt+End")
    expect(photos(page).nth(5)).to_have_attribute("aria-label", re.compile("5 stars"))
    press(page, "Control+Shift+e")
    look(page, "export-keys")
    assert len(exported(page)) == 6


@pytest.mark.skipif(LOOK_AT is None, reason="only for whoever wants to look at the pages")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "width"), [("phone", 390), ("tablet", 820)])
def test_pictures_of_the_pages(
    signed_in: Callable[..., BrowserContext],
    address: Address,
    shoot: Path,
    scheme: str,
    name: str,
    width: int,
) -> None:
    page = signed_in(viewport={"width": width, "height": 844}, color_scheme=scheme).new_page()
    page.goto(address.url)
    page.wait_for_selector("#recent")
    page.set_input_files("#freckle-file-input", sorted(shoot.iterdir())[:8])
    ready(page)
    all_there(page, 8)
    look(page, f"{name}-{scheme}-strip")
    page.get_by_role("link", name="All photos of the set").click()
    all_there(page, 8)
    look(page, f"{name}-{scheme}-gallery")
    photos(page).nth(1).click()
    photos(page).nth(2).click(modifiers=["Control"])
    look(page, f"{name}-{scheme}-chosen")
    page.get_by_role("banner").get_by_role("button", name="Export…").click()
    look(page, f"{name}-{scheme}-export")
