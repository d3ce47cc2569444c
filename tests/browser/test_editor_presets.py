"""Presets and looks: one click, their own panels only, and what is the photo's own stays."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

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


def test_presets_that_one_browser_kept_come_to_all(
    page: Page, address: Address, portraits: Path, signed_in: Callable[..., BrowserContext]
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
    assert page.evaluate("() => localStorage['freckle.presets'] ?? null") is None
    page.get_by_role("group", name="People in this photo").get_by_role(
        "button", name="Person 2"
    ).click()
    drag(page, "redness.amount", 0.3)
    page.get_by_role("button", name="Save as preset").click()
    page.get_by_label("Name", exact=True).fill("Ours")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(tile(page, "Ours")).to_be_visible()
    expect_saved(page)
    assert len(recipe_of(page, project)["steps"]) == 2
    ours = api(page, "presets/own")[-1]["recipe"]
    assert ours["here"]["steps"] == []
    assert [s["edit"]["op"] for s in ours["style"]["steps"]] == ["smooth"]
    other = signed_in().new_page()
    open_project(other, address.url, project)
    expect(tile(other, "Mine")).to_be_visible()
    expect(tile(other, "Ours")).to_be_visible()


def handle(page: Page, name: str) -> Locator:
    return page.get_by_role("dialog").get_by_role("button", name=f"Move {name}:")


def bring_in_three(page: Page, address: Address, photo: Path, folder: Path) -> Locator:
    """Open a photo and the dialog, with the presets A, B and C from a file; return the names."""
    page.goto(address.url)
    page.wait_for_selector("#recent")
    page.evaluate(CLEAN)
    open_photo(page, address.url, photo)
    page.get_by_role("button", name="Your presets").click()
    file = folder / "presets.json"
    recipe = {"steps": [{"edit": {"op": "smooth", "version": 1, "amount": 22}}]}
    presets = [{"name": name, "recipe": recipe} for name in "ABC"]
    file.write_text(json.dumps({"file": "freckle presets", "format": 1, "presets": presets}))
    dialog = page.get_by_role("dialog", name="Your presets")
    dialog.locator("[data-presets-file]").set_input_files(file)
    names = dialog.get_by_role("textbox")
    expect(names).to_have_count(3)
    return names


def test_own_presets_are_put_into_order_by_keys_and_by_hand(
    page: Page, address: Address, portraits: Path, tmp_path: Path
) -> None:
    names = bring_in_three(page, address, portraits / ALONE, tmp_path)
    handle(page, "C").press("ArrowUp")
    expect(names.nth(1)).to_have_value("C")
    expect(handle(page, "C")).to_be_focused()
    handle(page, "B").hover()
    page.mouse.down()
    above = handle(page, "A").bounding_box()
    assert above
    page.mouse.move(above["x"] + 5, above["y"] + 5, steps=4)
    page.mouse.up()
    expect(names.first).to_have_value("B")
    page.reload()
    ready(page)
    tiles = page.get_by_role("list", name="Presets").get_by_role("button")
    expect(tiles.last).to_have_text("C")
    assert [each["name"] for each in api(page, "presets/own")] == ["B", "A", "C"]


def test_own_presets_are_renamed_starred_deleted_brought_back_and_taken_out(
    page: Page, address: Address, portraits: Path, tmp_path: Path
) -> None:
    names = bring_in_three(page, address, portraits / ALONE, tmp_path)
    dialog = page.get_by_role("dialog", name="Your presets")
    names.nth(2).fill("Bee")
    names.nth(2).press("Enter")
    dialog.get_by_role("button", name="Favourite: Bee").click()
    expect(dialog.get_by_role("button", name="Favourite: Bee")).to_have_attribute(
        "aria-pressed", "true"
    )
    dialog.get_by_role("button", name="Delete A").click()
    expect(names).to_have_count(2)
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Export all").click()
    out = json.loads(download.value.path().read_text())
    assert [(p["name"], p["favourite"]) for p in out["presets"]] == [("B", False), ("Bee", True)]
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Undo", exact=True).last.click()
    expect(tile(page, "A")).to_be_visible()
    tiles = page.get_by_role("list", name="Presets").get_by_role("button")
    expect(tiles.nth(1)).to_have_text("Bee")  # favourites stand before all others
    assert [each["name"] for each in api(page, "presets/own")] == ["A", "B", "Bee"]


CLEAN = """async () => {
  const own = await (await fetch('api/presets/own')).json();
  for (const { id } of own) await fetch('api/presets/own/' + id, { method: 'DELETE' });
}"""
