"""A house's guide: brought, its colors offered where colors are chosen, photos checked by it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.editing import Address, expect_saved, ready, row, tab
from tests.browser.test_sets import fine, look
from tests.browser.test_suggestions import brought

GUIDE = {
    "name": "House",
    "version": "7",
    "shape": "1:1",
    "without": ["makeup"],
    "colors": {"Harbor": "#0a3d62", "Sand": "#e8dcc4"},
}
FILE: FilePayload = {
    "name": "guide.json",
    "mimeType": "application/json",
    "buffer": json.dumps(GUIDE).encode(),
}


def bring_it(page: Page) -> None:
    page.get_by_role("button", name="Settings").click()
    page.locator("input[type=file][aria-label='Bring a guide…']").set_input_files(FILE)
    settings = page.get_by_role("dialog", name="Settings")
    expect(settings.get_by_role("list", name="Colors of the style guide")).to_contain_text("Harbor")
    look(page, "guide")
    fine(page)
    page.keyboard.press("Escape")


@pytest.fixture(autouse=True)
def nothing_is_left(page: Page, address: Address) -> Iterator[None]:
    """The guide is the workspace's, which other tests use, too."""
    yield
    assert page.request.delete(f"{address.url}/api/guide").ok


def test_a_guide_is_brought_used_and_kept_to(page: Page, address: Address, portraits: Path) -> None:
    shoot = brought(page, address, portraits)
    page.goto(address.url)
    bring_it(page)
    page.goto(f"{address.url}/#/set/{shoot}")
    page.get_by_role("option", name=re.compile("^IMG_1,")).dblclick()
    ready(page)
    tab(page, "Background")
    row(page, "background.mode").get_by_role("radio", name="Color").check()
    color = row(page, "background.color")
    color.get_by_role("radio", name="Sand, #e8dcc4, from the style guide").check()
    expect(color.get_by_role("textbox")).to_have_value("#e8dcc4")
    look(page, "guide-colors")
    fine(page)
    expect_saved(page)
    page.get_by_role("link", name="All photos of the set").click()
    page.get_by_role("button", name="More about this set").click()
    page.get_by_role("menuitem", name="Check style guide…").click()
    dialog = page.get_by_role("dialog", name="Check against the style guide")
    dialog.get_by_role("button", name="Check 3 photos").click()
    expect(dialog.get_by_text("2 photos keep it. 1 photo breaks it.")).to_be_visible()
    expect(dialog.get_by_role("listitem").first).to_contain_text("not 1:1")
    expect(dialog).not_to_contain_text("none of the house")
    look(page, "guide-checked")
    fine(page)
    dialog.get_by_role("button", name="Choose these photos").click()
    expect(page.get_by_role("option", name=re.compile("^IMG_3,"))).to_have_attribute(
        "aria-selected", "true"
    )
    expect(page.get_by_text("1 chosen")).to_be_visible()
