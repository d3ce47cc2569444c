"""A set is looked through: photos say what stands out, and somebody decides by keys."""

import re
from pathlib import Path

import cv2
import numpy as np
from playwright.sync_api import FilePayload, Locator, Page, expect

from freckle.codec import load
from freckle.server.house import House
from freckle.server.users import LOCAL
from tests.browser.editing import Address
from tests.browser.test_sets import fine, look, press


def brought(page: Page, address: Address, portraits: Path) -> str:
    """Bring a set of three: one sharp, the same blurred, one that nothing is said of."""
    ask = page.request
    made = ask.post(f"{address.url}/api/sets", data={"name": "Looked through", "projects": []})
    shoot: str = made.json()["id"]
    sharp = load(portraits / "woman_south_asian_pigmentation_frontal_01.jpg").pixels
    sharp = cv2.resize(sharp, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    nobody = np.random.default_rng(1).integers(0, 255, (6, 9, 3), np.uint8)
    pictures = [sharp, cv2.GaussianBlur(sharp, (0, 0), 4), cv2.resize(nobody, (360, 240))]
    for k, picture in enumerate(pictures):
        data = cv2.imencode(".jpg", np.ascontiguousarray(picture[..., ::-1]))[1].tobytes()
        file: FilePayload = {"name": f"IMG_{k + 1}.jpg", "mimeType": "image/jpeg", "buffer": data}
        photo = ask.post(f"{address.url}/api/photos", multipart={"file": file}).json()["id"]
        body = {"photo": photo, "name": f"IMG_{k + 1}", "set": shoot, "place": k}
        assert ask.post(f"{address.url}/api/projects", data=body).ok
    return shoot


def photo(page: Page, name: str) -> Locator:
    return page.get_by_role("option", name=re.compile(f"^{name},"))


def test_a_set_is_looked_through(
    page: Page, address: Address, portraits: Path, serving: tuple[Address, House]
) -> None:
    shoot = brought(page, address, portraits)
    page.goto(f"{address.url}/#/set/{shoot}")
    page.get_by_role("button", name="Look through").click()
    filtering = page.get_by_label("Suggestions", exact=True)
    expect(filtering.get_by_role("option", name="Very alike (1)")).to_be_attached(timeout=90_000)
    expect(page.get_by_role("button", name="Look through")).to_have_count(0)
    look(page, "suggestions")
    fine(page)
    filtering.select_option("any")
    expect(photo(page, "IMG_3")).to_have_count(0)
    photo(page, "IMG_2").click()
    suggested = page.get_by_role("group", name="Suggested for the chosen photos")
    expect(suggested).to_contain_text("Like IMG_1")
    look(page, "suggestions-chosen")
    fine(page)
    press(page, "i")
    expect(photo(page, "IMG_2")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    photo(page, "IMG_2").click()
    with page.expect_response(re.compile("/photos$")) as marked:
        suggested.get_by_role("button", name="Reject").press("Enter")
    assert marked.value.ok
    expect(photo(page, "IMG_2")).to_have_attribute(
        "aria-label", re.compile("rejected, .*Like IMG_1")
    )
    suggested.get_by_role("button", name="Go to IMG_1").click()
    expect(photo(page, "IMG_1")).to_have_attribute("aria-selected", "true")
    _, house = serving
    flags = [each.flag for each in house.store.set_photo_page(LOCAL, shoot, 9).items]
    assert flags == [0, -1, 0]
