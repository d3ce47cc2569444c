"""Makeup and shape from the editor: sliders, colors, choices and guards change the picture."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.editing import (
    Address,
    changed,
    drag,
    expect_saved,
    number,
    open_photo,
    pixels,
    ready,
    recipe_of,
    row,
    settled,
    tab,
)

PHOTO = "woman_dark_skin_smile_teeth_01.jpg"
HEX = "Color, hex code"


def steps_of(page: Page, project: str) -> dict[str, dict[str, object]]:
    steps = recipe_of(page, project)["steps"]
    return {step["edit"]["op"]: step["edit"] for step in steps}


def test_lipstick_takes_amount_swatch_hex_and_finish(
    page: Page, address: Address, portraits: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    settled(page)
    bare = pixels(page)
    tab(page, "Makeup")
    drag(page, "lipstick.amount", 0.7)
    painted = changed(page, bare)
    color = row(page, "lipstick.color")
    color.get_by_role("radio").nth(6).check(force=True)
    swatched = changed(page, painted)
    field = color.get_by_label(HEX)
    field.fill("3050C0")
    field.press("Enter")
    expect(field).to_have_value("#3050c0")
    changed(page, swatched)
    row(page, "lipstick.finish").get_by_role("radio", name="Gloss").check(force=True)
    expect_saved(page)
    lipstick = steps_of(page, project)["lipstick"]
    assert (lipstick["color"], lipstick["finish"]) == ("#3050c0", "gloss")

    page.reload()
    ready(page)
    tab(page, "Makeup")
    expect(row(page, "lipstick.color").get_by_label(HEX)).to_have_value("#3050c0")
    expect(color.get_by_role("radio", name="Own color #3050c0")).to_be_checked()
    page.keyboard.press("Control+z")
    expect(row(page, "lipstick.finish").get_by_role("radio", name="Satin")).to_be_checked()


def test_a_color_that_is_none_changes_nothing_and_keys_mix_one(
    page: Page, address: Address, portraits: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    tab(page, "Makeup")
    drag(page, "lipstick.amount", 0.4)
    field = row(page, "lipstick.color").get_by_label(HEX)
    before = field.input_value()
    field.fill("#12")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.press("Enter")
    expect(field).to_have_value(before)
    expect_saved(page)
    assert steps_of(page, project)["lipstick"]["color"] == before

    color = row(page, "lipstick.color")
    color.get_by_role("button", name="Color: mix a color").press("Enter")
    light = color.get_by_role("slider", name="Lightness")
    light.press("Home")
    expect(color.get_by_label(HEX)).to_have_value("#000000")
    light.press("End")
    expect(color.get_by_label(HEX)).to_have_value("#ffffff")
    expect_saved(page)


def test_shape_moves_the_picture_and_guards_are_kept(
    page: Page, address: Address, portraits: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    settled(page)
    before = pixels(page)
    tab(page, "Reshape")
    expect(page.get_by_text("written into the recipe")).to_be_visible()
    drag(page, "nose_width.amount", 0.1)
    expect_saved(page)
    settled(page)
    assert pixels(page) != before, "the nose did not move"
    page.get_by_role("switch", name="Identity guard").click()
    expect_saved(page)
    locks = recipe_of(page, project)["locks"]
    assert (locks["identity"], locks["straight_lines"]) == (False, True)
    page.get_by_role("navigation").get_by_role("button", name="History").click()
    expect(page.locator("ol li").first).to_contain_text("Identity guard off")


def test_tabs_reset_alone(page: Page, address: Address, portraits: Path) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    drag(page, "smooth.amount", 0.3)
    tab(page, "Makeup")
    drag(page, "lipstick.amount", 0.4)
    expect(number(page, "lipstick.amount")).to_have_value("40")
    page.get_by_role("button", name="Reset Makeup").click()
    expect(number(page, "lipstick.amount")).to_have_value("0")
    expect_saved(page)
    assert list(steps_of(page, project)) == ["smooth"]
