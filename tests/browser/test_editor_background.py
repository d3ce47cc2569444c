"""People before another background, in the editor: live, saved, and downloaded transparent."""

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.editing import (
    Address,
    beyond,
    changed,
    drag,
    expect_saved,
    number,
    open_photo,
    pixels,
    recipe_of,
    row,
    settled,
    tab,
)
from tests.browser.test_editor_access import AXE, violations

PHOTO = "woman_hat_scarf_makeup_01.png"


def choose(page: Page, ground: str) -> None:
    row(page, "background.mode").get_by_role("radio", name=ground).check()


def looked_at_200_percent(page: Page) -> None:
    """Look for barriers in a laptop's window at twice the size."""
    page.set_viewport_size({"width": 640, "height": 400})
    assert beyond(page) == []
    if AXE.is_file():
        assert violations(page, AXE.read_text(encoding="utf-8")) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    settled(page)


def test_a_background_is_colored_blurred_and_removed(
    page: Page, address: Address, portraits: Path, tmp_path: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    tab(page, "Background")
    settled(page)
    original = pixels(page)

    choose(page, "Color")
    row(page, "background.color").get_by_role("radio").nth(4).check()
    expect_saved(page)
    changed(page, original)
    expect(row(page, "background.second")).to_have_count(0)
    looked_at_200_percent(page)
    colored = pixels(page)

    choose(page, "Blur")
    drag(page, "background.blur", 0.9)
    expect_saved(page)
    changed(page, colored)
    assert float(number(page, "background.blur").input_value()) > 60

    choose(page, "Remove")
    expect(page.get_by_text("JPEG cannot be transparent")).to_be_visible()
    expect_saved(page)
    edit = recipe_of(page, project)["steps"][-1]["edit"]
    assert (edit["op"], edit["mode"], edit["color"]) == ("background", "remove", "#00b140")

    alpha = downloaded(page, tmp_path / "cut.png")
    assert 0.1 < (alpha == 0).mean() < 0.9
    assert (alpha == 255).mean() > 0.1

    choose(page, "None")
    expect_saved(page)
    settled(page)
    assert max(abs(a - b) for a, b in zip(pixels(page), original, strict=True)) <= 3


def downloaded(page: Page, path: Path) -> Any:
    """Download what the dialog offers by itself; return its alpha."""
    page.get_by_role("button", name="Download").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("radio", name="JPEG", exact=True)).to_have_count(0)
    expect(dialog.get_by_role("radio", name="PNG")).to_be_checked()
    with page.expect_download(timeout=60_000) as download:
        dialog.get_by_role("button", name="Download").click()
    download.value.save_as(path)
    with Image.open(path) as image:
        return np.asarray(image)[..., 3]
