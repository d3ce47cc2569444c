"""People of one photo: own values, names, and being left alone."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.editing import (
    Address,
    api,
    drag,
    expect_saved,
    number,
    open_photo,
    open_project,
    ready,
    recipe_of,
)

GROUP = "group_six_faces_01.jpg"
ALONE = "man_young_acne_frontal_01.jpg"


def test_own_values_stand_beside_everyones(page: Page, address: Address, portraits: Path) -> None:
    project = open_photo(page, address.url, portraits / GROUP)
    drag(page, "smooth.amount", 0.4)
    page.hover("[data-canvas]")
    chip = page.locator("[data-face]").nth(1)
    chip.get_by_role("button").first.click()
    expect(number(page, "smooth.amount")).to_have_value("40")
    drag(page, "smooth.amount", 0.1)
    expect_saved(page)
    steps = recipe_of(page, project)["steps"]
    assert [(s["person"] is None, s["edit"]["amount"]) for s in steps] == [(True, 40), (False, 10)]

    page.keyboard.press("Escape")
    expect(number(page, "smooth.amount")).to_have_value("40")
    drag(page, "smooth.amount", 0.5)
    page.hover("[data-canvas]")
    chip.get_by_role("button").first.click()
    expect(number(page, "smooth.amount")).to_have_value("10")
    page.get_by_role("button", name="Same as everyone").click()
    expect(number(page, "smooth.amount")).to_have_value("50")
    expect_saved(page)
    assert len(recipe_of(page, project)["steps"]) == 1


def test_a_person_is_named_and_left_alone(page: Page, address: Address, portraits: Path) -> None:
    project = open_photo(page, address.url, portraits / GROUP)
    people = page.get_by_role("group", name="People in this photo")
    people.get_by_role("button", name="Person 2").click()
    name = page.get_by_label("Name of this person")
    name.fill("Anna")
    name.press("Enter")
    expect(people.get_by_role("button", name="Anna")).to_be_visible()
    page.locator("aside").get_by_role("button", name="Don’t retouch").click()
    expect(page.get_by_text("Nothing is changed on this person.")).to_be_visible()
    expect_saved(page)
    keys = [face["key"] for face in api(page, f"projects/{project}/analysis")["faces"]]
    excluded = recipe_of(page, project)["excluded"]
    assert len(excluded) == 1
    assert excluded[0] in keys
    assert list(recipe_of(page, project)["names"].values()) == ["Anna"]
    page.reload()
    ready(page)
    expect(people.get_by_role("button", name="Anna")).to_have_attribute("data-excluded", "")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(people.get_by_role("button", name="Person 2")).to_be_visible()


def test_a_name_is_not_another_photos(page: Page, address: Address, portraits: Path) -> None:
    project = open_photo(page, address.url, portraits / GROUP)
    people = page.get_by_role("group", name="People in this photo")
    people.get_by_role("button", name="Person 2").click()
    page.get_by_label("Name of this person").fill("Anna")
    page.keyboard.press("Enter")
    expect_saved(page)
    photo = api(page, f"projects/{project}")["photo"]
    other = page.evaluate(
        "async photo => (await (await fetch('api/projects', {method: 'POST', headers: "
        "{'Content-Type': 'application/json'}, body: JSON.stringify({photo})})).json()).id",
        photo,
    )
    open_project(page, address.url, other)
    expect(people.get_by_role("button", name="Person 2")).to_be_visible()
    expect(people.get_by_role("button", name="Anna")).to_have_count(0)


def test_one_person_needs_no_names_and_has_marks_that_keys_walk(
    page: Page, address: Address, portraits: Path
) -> None:
    open_photo(page, address.url, portraits / ALONE)
    page.hover("[data-canvas]")
    expect(page.locator("[data-face]")).to_have_count(0)
    expect(page.get_by_role("group", name="Applies to")).to_have_count(0)
    page.get_by_role("navigation").get_by_role("button", name="Spots").click()
    kinds = page.get_by_role("group", name="Kinds of spots")
    kinds.get_by_role("button", name="Mole").click()
    rows = page.get_by_role("list", name="Spots:").get_by_role("listitem")
    moles = int(kinds.get_by_role("button", name="Mole").inner_text().split()[-1])
    expect(rows).to_have_count(moles)
    rows.first.get_by_role("button").first.focus()
    label = page.locator("[data-mark-label]")
    expect(label).to_contain_text("Mole, kept")
    if moles > 1:
        page.keyboard.press("ArrowDown")
        expect(rows.nth(1).get_by_role("button").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(label).to_contain_text("Mole, healed, by hand")
