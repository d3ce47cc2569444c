"""Pictures by an image generator in the editor: made, stopped, and taken as a reference."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from freckle.generate.choosing import RemoteChoice
from freckle.server.house import House
from tests.browser.editing import Address, expect_saved, open_photo
from tests.browser.test_editor_design import candidates, open_design, strengths

SERVER = Path(__file__).parents[1] / "generate" / "images_server.py"
PHOTO = "man_young_acne_frontal_01.jpg"


@pytest.fixture
def url(serving: tuple[Address, House]) -> Iterator[str]:
    """A real server of the images protocol; afterwards no generator is set up again."""
    process = subprocess.Popen([sys.executable, SERVER], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield f"http://127.0.0.1:{process.stdout.readline().strip()}/v1"
    serving[1].workshop.choice = None
    process.kill()
    process.wait()
    process.stdout.close()


def test_pictures_are_made_and_lend_their_direction(
    page: Page, serving: tuple[Address, House], url: str, portraits: Path
) -> None:
    address, house = serving
    open_photo(page, address.url, portraits / PHOTO)
    open_design(page)
    expect(page.get_by_text("No image generator is set up")).to_be_visible()

    house.workshop.choice = RemoteChoice(url=url, model="slow", key="right")
    page.reload()
    open_design(page)
    make = page.get_by_role("button", name="Generate pictures")
    expect(make).to_be_disabled()
    page.get_by_label("Describe the look").fill("a golden studio")
    make.click()
    expect(page.get_by_role("progressbar", name="Pictures are being made")).to_be_visible()
    page.get_by_role("region", name="Pictures from words").get_by_role(
        "button", name="Stop"
    ).click()
    expect(make).to_be_enabled()

    house.workshop.choice = RemoteChoice(url=url, model="policy", key="right")
    make.click()
    expect(page.get_by_role("alert")).to_contain_text("refuses this prompt")

    house.workshop.choice = RemoteChoice(url=url, model="fine", key="right")
    make.click()
    made = page.locator("[data-made]")
    expect(made).to_have_count(4)
    made.nth(1).click()
    expect(page.get_by_role("tab", name="Reference")).to_have_attribute("aria-selected", "true")
    candidates(page, 1).click()
    expect_saved(page)
    project = page.url.rsplit("/", 1)[1]
    assert "reference" in strengths(page, project)
