"""AI design: words and pictures become looks on the photo, and looks become sliders."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.editing import (
    Address,
    api,
    changed,
    drag,
    expect_saved,
    number,
    open_photo,
    pixels,
    recipe_of,
    returned,
    settled,
)
from tests.browser.test_editor_access import AXE, violations

PHOTO = "man_young_acne_frontal_01.jpg"
OTHER = "woman_hat_scarf_makeup_01.png"
PROMPT = "soft golden hour, coral lips, wobblish"


def open_design(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("button", name="AI design").click()
    expect(page.get_by_role("tab", name="Describe")).to_be_visible()


def candidates(page: Page, count: int) -> Locator:
    found = page.locator("[data-candidate]")
    expect(found.locator("img")).to_have_count(count)
    return found


def strengths(page: Page, project: str) -> dict[str, Any]:
    steps = recipe_of(page, project)["steps"]
    return {step["edit"]["op"]: step["edit"].get("amount") for step in steps}


def labels(page: Page, project: str) -> list[str]:
    return [entry["label"] for entry in api(page, f"projects/{project}/history")]


def ask(page: Page, prompt: str, count: int) -> Locator:
    open_design(page)
    page.get_by_label("Describe the look").fill(prompt)
    page.get_by_label("Describe the look").press("Enter")
    return candidates(page, count)


def put_on(page: Page, candidate: Locator) -> None:
    candidate.click()
    expect(candidate).to_have_attribute("aria-pressed", "true")
    expect_saved(page)


def test_words_become_candidates_that_can_be_looked_at_and_laid(
    page: Page, address: Address, portraits: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    settled(page)
    original = pixels(page)
    open_design(page)
    expect(page.get_by_role("button", name="Generate")).to_be_disabled()
    found = ask(page, PROMPT, 4)
    expect(page.get_by_text("Not understood: “wobblish”")).to_be_visible()
    assert len(set(found.all_inner_texts())) == 4
    expect(found.first).to_contain_text("skin ")

    found.nth(1).hover()
    changed(page, original)
    page.mouse.move(500, 400)
    returned(page, original)
    assert labels(page, project) == ["Opened"]

    put_on(page, found.first)
    put_on(page, found.nth(1))
    said = labels(page, project)
    assert said[1] == f"look {PROMPT}"
    assert len(said) == 3
    whole = strengths(page, project)
    assert {"relight", "lipstick", "adjust"} <= set(whole)
    strength = page.get_by_role("textbox", name="Direction strength")
    strength.fill("50")
    strength.press("Enter")
    expect_saved(page)
    assert abs(strengths(page, project)["lipstick"] - whole["lipstick"] / 2) < 0.1


def test_a_look_is_tuned_undone_and_kept_for_another_photo(
    page: Page, address: Address, portraits: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    put_on(page, ask(page, PROMPT, 4).first)
    whole = strengths(page, project)
    page.get_by_role("button", name="Fine-tune in Retouch").click()
    before = number(page, "adjust.exposure").input_value()
    drag(page, "adjust.exposure", 0.7)
    expect(number(page, "adjust.exposure")).not_to_have_value(before)
    expect_saved(page)
    page.keyboard.press("Control+z")
    expect(number(page, "adjust.exposure")).to_have_value(before)

    page.keyboard.press("Control+s")
    name = page.get_by_label("Name", exact=True)
    expect(name).to_have_value(PROMPT)
    name.fill("Golden coral")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Preset “Golden coral” saved.")).to_be_visible()
    other = open_photo(page, address.url, portraits / OTHER)
    tiles = page.locator("aside").get_by_role("listitem")
    tiles.get_by_role("button", name="Golden coral", exact=True).click()
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    expect_saved(page)
    assert strengths(page, other) == whole


def test_a_reference_lends_what_the_switches_say(
    page: Page, address: Address, portraits: Path, tmp_path: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    open_design(page)
    page.get_by_role("tab", name="Reference").click()
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture" * 99)
    page.set_input_files("[data-reference-file]", broken)
    expect(page.get_by_role("alert")).to_contain_text("cannot be read")

    page.set_input_files("[data-reference-file]", portraits / OTHER)
    candidates(page, 1).click()
    expect_saved(page)
    assert "reference" in strengths(page, project)
    assert labels(page, project)[1:] == [f"look {OTHER}"]

    for part in ("Color", "Mood"):
        page.get_by_role("switch", name=part, exact=True).click()
    expect(page.get_by_role("button", name="Replace")).to_be_visible()
    found = candidates(page, 1)
    expect(found).to_have_attribute("aria-pressed", "false")
    found.click()
    expect_saved(page)
    assert "reference" not in strengths(page, project)
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect_saved(page)
    assert strengths(page, project) == {}


def test_on_a_phone_and_by_keys_alone(
    signed_in: Callable[..., BrowserContext], address: Address, portraits: Path
) -> None:
    page = signed_in(color_scheme="light").new_page()
    project = open_photo(page, address.url, portraits / PHOTO)
    page.set_viewport_size({"width": 390, "height": 844})
    open_design(page)
    page.get_by_role("button", name="rembrandt light", exact=True).click()
    expect(page.get_by_label("Describe the look")).to_have_value("rembrandt light")
    page.get_by_role("button", name="More settings").click()
    page.get_by_role("textbox", name="Candidates, number").fill("2")
    page.get_by_label("Style").select_option(label="Film noir")
    page.get_by_role("button", name="Generate").click()
    found = candidates(page, 2)
    found.first.focus()
    page.keyboard.press("ArrowRight")
    expect(found.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(found.nth(1)).to_have_attribute("aria-pressed", "true")
    expect_saved(page)
    assert "relight" in strengths(page, project)
    found.first.focus()
    page.keyboard.press("Delete")
    expect(page.locator("[data-candidate]")).to_have_count(1)
    expect(page.locator("[data-candidate]")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    if AXE.is_file():
        assert violations(page, AXE.read_text(encoding="utf-8")) == []
