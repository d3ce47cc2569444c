"""Presets and looks: one click, their own panels only, and what is the photo's own stays."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.editing import (
    Address,
    drag,
    expect_saved,
    number,
    open_photo,
    recipe_of,
    tab,
)

ALONE = "man_young_acne_frontal_01.jpg"
GROUP = "group_six_faces_01.jpg"


def tile(page: Page, name: str) -> Locator:
    tiles = page.locator("aside").get_by_role("listitem")
    return tiles.get_by_role("button", name=name, exact=True)


def amounts(recipe: dict[str, Any]) -> dict[str, float]:
    return {step["edit"]["op"]: step["edit"].get("amount", 0) for step in recipe["steps"]}


def test_a_look_over_a_preset_leaves_the_rest(
    page: Page, address: Address, portraits: Path
) -> None:
    project = open_photo(page, address.url, portraits / ALONE)
    tile(page, "Natural").click()
    expect(tile(page, "Natural")).to_have_attribute("aria-pressed", "true")
    drag(page, "warmth.amount", 0.6)
    expect(tile(page, "Natural")).to_have_attribute("aria-pressed", "false")
    tab(page, "Makeup")
    tile(page, "Soft rose").click()
    expect(tile(page, "Soft rose")).to_have_attribute("aria-pressed", "true")
    expect_saved(page)
    both = amounts(recipe_of(page, project))
    assert {"smooth", "warmth", "lipstick", "blush"} <= set(both)
    tile(page, "None").click()
    expect(tile(page, "None")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Control+z")
    expect(tile(page, "Soft rose")).to_have_attribute("aria-pressed", "true")
    expect_saved(page)
    assert amounts(recipe_of(page, project)) == both


def test_one_person_wears_a_look_alone(page: Page, address: Address, portraits: Path) -> None:
    project = open_photo(page, address.url, portraits / GROUP)
    tab(page, "Makeup")
    drag(page, "lipstick.amount", 0.1)
    page.get_by_role("group", name="People in this photo").get_by_role(
        "button", name="Person 2"
    ).click()
    tile(page, "Berry").click()
    expect(tile(page, "Berry")).to_have_attribute("aria-pressed", "true")
    expect_saved(page)
    steps = recipe_of(page, project)["steps"]
    assert [s["edit"]["amount"] for s in steps if s["person"] is None] == [10]
    assert len({s["person"] for s in steps}) == 2
    page.keyboard.press("Escape")
    expect(number(page, "lipstick.amount")).to_have_value("10")
    expect(tile(page, "Berry")).to_have_attribute("aria-pressed", "false")


def test_own_presets_of_any_format_are_kept_and_worn(
    page: Page, address: Address, portraits: Path
) -> None:
    edit = {"op": "smooth", "version": 1, "amount": 22}
    step = {"edit": edit, "opacity": 1, "area": "face", "person": None}
    older = {"format": 1, "steps": [step], "amounts": {}, "locks": {}, "flips": []}
    kept = {"state": {"list": [{"id": "1", "name": "Mine", "recipe": older}]}, "version": 0}
    page.goto(address.url)
    page.evaluate("kept => localStorage.setItem('freckle.presets', JSON.stringify(kept))", kept)
    project = open_photo(page, address.url, portraits / GROUP)
    tile(page, "Mine").click()
    expect(number(page, "smooth.amount")).to_have_value("22")
    page.get_by_role("group", name="People in this photo").get_by_role(
        "button", name="Person 2"
    ).click()
    drag(page, "redness.amount", 0.3)
    page.get_by_role("button", name="Save as preset").click()
    page.get_by_label("Name", exact=True).fill("Ours")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(tile(page, "Ours")).to_be_visible()
    ours = page.evaluate("() => JSON.parse(localStorage['freckle.presets']).state.list")[-1]
    assert ours["recipe"]["format"] == 2
    assert ours["recipe"]["here"]["steps"] == []
    assert [s["edit"]["op"] for s in ours["recipe"]["style"]["steps"]] == ["smooth"]
    expect_saved(page)
    assert len(recipe_of(page, project)["steps"]) == 2
