"""What the editor says of faces in doubt, of marks in doubt, and of what was done."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.editing import Address, api, drag, expect_saved, open_photo, recipe_of, tab

GROUP = "group_six_faces_01.jpg"
ALONE = "man_young_acne_frontal_01.jpg"


def told(page: Page, change: Any) -> None:
    """Let the page read the analysis with a change, as if the photo were another one."""

    def answer(route: Route) -> None:
        reply = route.fetch(url=route.request.url.split("?")[0])  # all faces in one part
        found = reply.json()
        change(found["faces"])
        route.fulfill(response=reply, json=found)

    page.route(re.compile(r"/analysis\?known="), answer)


def test_a_face_in_doubt_is_retouched_when_somebody_says_so(
    page: Page, address: Address, portraits: Path
) -> None:
    def one_is_no_human(faces: list[dict[str, Any]]) -> None:
        min(faces, key=lambda face: face["box"][0])["verdict"] = "not_human"

    told(page, one_is_no_human)
    project = open_photo(page, address.url, portraits / GROUP)
    people = page.get_by_role("group", name="Applies to")
    first = people.get_by_role("button", name="Person 1")
    expect(first).to_have_attribute("data-left", "")
    first.click()
    card = page.locator("aside")
    expect(card.get_by_text("Left alone: it does not look like a human face.")).to_be_visible()
    expect(card.get_by_role("button", name="Don’t retouch")).to_have_count(0)
    card.get_by_role("switch", name="Retouch anyway").press("Space")
    expect(first).not_to_have_attribute("data-left", "")
    expect(card.get_by_text("Retouched although it does not look like")).to_be_visible()
    expect_saved(page)
    key = min(api(page, f"projects/{project}/analysis")["faces"], key=lambda f: f["box"][0])["key"]
    assert recipe_of(page, project)["included"] == [key]
    card.get_by_role("switch", name="Retouch anyway").press("Space")
    expect_saved(page)
    assert recipe_of(page, project)["included"] == []


def test_the_only_face_in_doubt_says_so_where_the_sliders_are(
    page: Page, address: Address, portraits: Path
) -> None:
    told(page, lambda faces: faces[0].update(verdict="unclear"))
    open_photo(page, address.url, portraits / ALONE)
    panel = page.get_by_role("tabpanel")
    expect(panel.get_by_text("Left alone: it is not clear that it is a human")).to_be_visible()
    expect(page.get_by_role("switch", name="Retouch anyway")).not_to_be_checked()


def test_marks_in_doubt_are_suggested_and_healed_by_a_key(
    page: Page, address: Address, portraits: Path
) -> None:
    def doubted(faces: list[dict[str, Any]]) -> None:
        red = [spot for spot in faces[0]["spots"] if spot["kind"] == "red"]
        for spot in faces[0]["spots"]:
            spot["doubt"] = None
        for spot, reason in zip(red[3:5], ("hair", "line"), strict=True):
            spot["doubt"] = reason

    told(page, doubted)
    project = open_photo(page, address.url, portraits / ALONE)
    page.get_by_role("navigation").get_by_role("button", name="Spots").click()
    rows = page.get_by_role("list", name="Suggestions").get_by_role("listitem")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("may be hair")
    rows.first.get_by_role("button").first.focus()
    expect(page.locator("[data-mark-label]")).to_contain_text("may be hair")
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1).get_by_role("button").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    expect_saved(page)
    (flip,) = recipe_of(page, project)["flips"]
    assert flip["action"] == "heal"


def test_the_line_names_what_changed_the_shape(
    page: Page, address: Address, portraits: Path
) -> None:
    open_photo(page, address.url, portraits / ALONE)
    tab(page, "Reshape")
    drag(page, "jawline.amount", 0.9)
    tab(page, "Face")
    drag(page, "even_tone.amount", 0.2)
    expect_saved(page)
    line = page.get_by_role("button", name="Shape: jawline")
    expect(line).to_be_visible()
    expect(line).to_have_attribute("title", re.compile(r"· Shape: jawline$"))
    page.get_by_role("navigation").get_by_role("button", name="Report").click()
    expect(page.locator("dl").get_by_text("Jawline")).to_be_visible()
