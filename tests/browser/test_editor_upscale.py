"""A larger picture: chosen in its panel, looked at pixel by pixel, downloaded."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.editing import Address, expect_saved, open_photo, recipe_of

PHOTO = "woman_hat_scarf_makeup_01.png"


def test_a_photo_is_enlarged(page: Page, address: Address, portraits: Path) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    page.get_by_role("button", name="Upscale").click()
    sizes = page.get_by_role("group", name="Size")
    sizes.get_by_role("radio", name="4×").check()
    expect(page.get_by_text("2048 × 3072 pixels")).to_be_visible()
    sizes.get_by_role("radio", name="Size").check()
    width = page.get_by_label("Width")
    width.fill("900")
    width.press("Enter")
    expect(page.get_by_role("textbox", name="Height")).to_have_value("1350")
    expect(page.get_by_role("img", name="Upscaled")).to_be_visible()
    expect_saved(page)
    edit = recipe_of(page, project)["steps"][-1]["edit"]
    assert (edit["op"], edit["width"]) == ("upscale", 900)

    page.get_by_role("button", name="Download").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("900 × 1350 pixels")).to_be_visible()
    with page.expect_download(timeout=120_000) as download:
        dialog.get_by_role("button", name="Download").click()
    picture = Image.open(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert (picture.format, picture.size) == ("PNG", (900, 1350))

    width.fill("90000")
    width.press("Enter")
    sizes.get_by_role("radio", name="Print").check()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_text("At most four times")).to_be_visible()
    sizes.get_by_role("radio", name="None").check()
    expect_saved(page)
    assert all(step["edit"]["op"] != "upscale" for step in recipe_of(page, project)["steps"])
