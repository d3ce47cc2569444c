"""Home: finding, choosing, renaming, copying, deleting with a way back, downloading."""

import io
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.editing import Address, api

PHOTO = "man_young_acne_frontal_01.jpg"
MAKE = """async ({ sample, names }) => {
  const post = async (path, body) => (await fetch('api/' + path, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  })).json();
  const photo = (await post('sample', {})).id;
  for (const name of names) await post('projects', { photo, name });
}"""


def cards(page: Page) -> Locator:
    return page.locator("[data-card]")


def card(page: Page, name: str) -> Locator:
    return page.locator("li").filter(has=page.get_by_text(name, exact=True))


@pytest.fixture
def mark(page: Page, address: Address) -> str:
    """Three projects that no other test finds: One, Two and Three with this mark behind."""
    mark = uuid.uuid4().hex[:6]
    page.goto(address.url)
    page.wait_for_selector("#recent")
    names = [f"{name} {mark}" for name in ("One", "Two", "Three")]
    page.evaluate(MAKE, {"sample": True, "names": names})
    page.reload()
    page.get_by_role("searchbox").fill(mark)
    expect(cards(page)).to_have_count(3)
    return mark


def names(page: Page, mark: str) -> list[str]:
    found: list[Any] = api(page, f"projects?search={mark}&sort=name")
    return [each["name"].removesuffix(f" {mark}") for each in found]


def test_projects_are_found_sorted_renamed_and_copied(page: Page, mark: str) -> None:
    page.get_by_role("combobox", name="Sort by").select_option("name")
    expect(cards(page)).to_contain_text(["One", "Three", "Two"])
    card(page, f"Two {mark}").get_by_role("button", name="More about").click()
    page.get_by_role("menuitem", name="Rename").click()
    page.get_by_label("Project name").fill(f"Duo {mark}")
    page.keyboard.press("Enter")
    expect(cards(page)).to_contain_text(["Duo", "One", "Three"])
    card(page, f"One {mark}").get_by_role("button", name="More about").click()
    page.get_by_role("menuitem", name="Duplicate").click()
    expect(cards(page)).to_have_count(4)
    page.get_by_role("searchbox").fill(f"{mark} COPY")
    expect(cards(page)).to_have_count(1)
    page.get_by_role("searchbox").fill("no such name")
    expect(page.get_by_text("No project is called “no such name”.")).to_be_visible()


def test_the_keyboard_chooses_several_and_deleting_can_be_taken_back(page: Page, mark: str) -> None:
    page.get_by_role("combobox", name="Sort by").select_option("name")
    expect(cards(page)).to_contain_text(["One", "Three", "Two"])
    cards(page).first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.get_by_role("toolbar", name="2 chosen")).to_be_visible()
    page.keyboard.press("Delete")
    expect(cards(page)).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(cards(page)).to_have_count(3)
    assert names(page, mark) == ["One", "Three", "Two"]
    cards(page).nth(2).focus()
    page.keyboard.press("Delete")
    expect(cards(page)).to_have_count(2)
    page.reload()  # whoever leaves has thought about it
    page.get_by_role("searchbox").fill(mark)
    expect(cards(page)).to_have_count(2)
    assert names(page, mark) == ["One", "Three"]


def test_a_chosen_project_is_downloaded_as_the_last_one_was(page: Page, mark: str) -> None:
    kept = {"state": {"formats": {"jpeg": "webp"}, "size": "pixels", "edge": 300}, "version": 0}
    page.evaluate("kept => localStorage.setItem('freckle.download', JSON.stringify(kept))", kept)
    page.reload()
    page.get_by_role("searchbox").fill(mark)
    card(page, f"Two {mark}").hover()
    page.get_by_role("checkbox", name="Choose Two").check()
    with page.expect_download() as download:
        page.get_by_role("toolbar").get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == f"Two {mark}-freckle.webp"
    picture = Image.open(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert (picture.format, max(picture.size)) == ("WEBP", 300)


def test_the_sample_is_compared_by_hand_by_keys_and_by_touch(
    signed_in: Callable[..., BrowserContext], address: Address
) -> None:
    page = signed_in(has_touch=True, reduced_motion="reduce").new_page()
    page.goto(address.url)
    divider = page.get_by_role("slider", name="Divider between before and after")
    divider.press("ArrowRight")
    expect(divider).to_have_value("51")
    pair = divider.locator("..").bounding_box()
    assert pair
    page.touchscreen.tap(pair["x"] + pair["width"] * 0.25, pair["y"] + 100)
    expect(divider).to_have_value("25")
