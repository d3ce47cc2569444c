"""Spots of the skin: healed and kept by hand, in the list and on the photo; added where none is."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from freckle.framing import Framing
from tests.browser.cropping import PHOTO, SIZE, click_at
from tests.browser.editing import (
    Address,
    api,
    expect_saved,
    open_photo,
    recipe_of,
    settled,
)


def test_marks_are_healed_and_kept_by_hand(page: Page, address: Address, portraits: Path) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    page.get_by_role("button", name="Spots").click()
    page.get_by_role("button", name="Heal this spot: Mole").first.click()
    expect(page.get_by_text("1 of ", exact=False).first).to_be_visible()
    expect_saved(page)
    flips = recipe_of(page, project)["flips"]
    assert [flip["action"] for flip in flips] == ["heal"]
    page.get_by_role("button", name="Keep this spot: Mole").click()
    expect_saved(page)
    assert [f["action"] for f in recipe_of(page, project)["flips"]] == ["keep"]
    # Enter works in the middle of the photo, where a click on its name has brought the spot
    page.get_by_role("button").filter(has_text="kept, by hand").click()
    page.locator("[data-canvas]").focus()
    page.keyboard.press("Enter")
    expect_saved(page)
    assert [f["action"] for f in recipe_of(page, project)["flips"]] == ["heal"]


def test_a_spot_is_added_where_none_is_listed(
    page: Page, address: Address, portraits: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    (face,) = api(page, f"projects/{project}/analysis")["faces"]
    place = plain_skin(face)
    whole = Framing.whole(SIZE)
    page.get_by_role("button", name="Spots").click()
    expect(page.get_by_role("list", name="Spots")).to_be_visible()
    settled(page)
    click_at(page, whole, place)
    added = page.get_by_role("button", name="Remove this spot: Added spot")
    expect(added).to_have_count(1)
    expect_saved(page)
    (flip,) = recipe_of(page, project)["flips"]
    found = flip["x"] * SIZE[0], flip["y"] * SIZE[1], flip["radius"] * SIZE[1]
    assert np.hypot(found[0] - place[0], found[1] - place[1]) < 0.02 * face["box"][2]
    assert 0.003 * face["box"][2] < found[2] < 0.04 * face["box"][2]
    (healed,) = api(page, f"projects/{project}/report")["faces"][0]["healed"]
    assert (healed["kind"], healed["x"]) == ("added", pytest.approx(found[0], abs=0.2))
    page.keyboard.press("Control+z")
    expect(added).to_have_count(0)
    page.keyboard.press("o")
    click_at(page, whole, place, right=True)
    page.get_by_role("menuitem", name="Heal here").click()
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()  # its size was asked for first
    expect_saved(page)
    (again,) = recipe_of(page, project)["flips"]
    for name, within in (("x", 0.003), ("y", 0.003), ("radius", 0.002)):  # a pixel of the screen
        assert again[name] == pytest.approx(flip[name], abs=within)
    click_at(page, whole, (again["x"] * SIZE[0], again["y"] * SIZE[1]), right=True)
    page.get_by_role("menuitem", name="Remove this spot: Added spot").click()
    expect_saved(page)
    assert recipe_of(page, project)["flips"] == []


def plain_skin(face: dict[str, Any]) -> tuple[float, float]:
    """Return the place on a cheek or the forehead that is farthest from all listed spots."""
    spots = np.array([(spot["x"], spot["y"]) for spot in face["spots"]])
    mesh = np.array(face["landmarks"])
    around = [mesh[point] + by for point in (50, 280, 151, 205, 425) for by in STEPS]
    apart = [float(np.hypot(*(spots - place).T).min()) for place in around]
    x, y = around[int(np.argmax(apart))]
    return float(x), float(y)


STEPS = [np.array([dx, dy]) for dx in range(-60, 61, 10) for dy in range(-40, 41, 10)]
