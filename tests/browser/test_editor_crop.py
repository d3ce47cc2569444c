"""Crop, straighten, turn: by mouse, touch and keys; what lies on the photo stays on its skin."""

from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page, expect

from freckle.framing import Framing
from tests.browser.cropping import (
    PHOTO,
    SIZE,
    click_at,
    color_at,
    crop_of,
    done,
    download,
    expect_crop,
    expect_size,
    framing_of,
    middle,
    part,
    pull,
    take_crop,
)
from tests.browser.editing import (
    Address,
    api,
    drag,
    expect_saved,
    number,
    open_photo,
    pixels,
    recipe_of,
    returned,
    row,
    settled,
)
from tests.browser.test_editor_access import axe, violations

__all__ = ["axe"]  # a fixture


def cut_of(page: Page, project: str) -> Framing:
    """Pull a corner in and move the cut; return the frame."""
    take_crop(page)
    expect_size(page, *SIZE)
    cut = page.locator("[data-cut]").bounding_box()
    assert cut
    scale = cut["width"] / SIZE[0]
    pull(page, middle(part(page, "se")), -400 * scale, -600 * scale)
    expect_size(page, SIZE[0] - 400, SIZE[1] - 600, within=6)
    pull(page, middle(part(page, "move")), 200 * scale, 100 * scale)
    left, top = 200 / SIZE[0], 100 / SIZE[1]
    expect_crop(page, project, within=0.005, left=left, top=top)
    page.keyboard.press("Enter")
    expect(page.locator("[data-cut]")).to_have_count(0)
    settled(page)
    return framing_of(page, project)


def test_a_corner_is_pulled_and_the_file_has_that_size(
    page: Page, address: Address, portraits: Path, tmp_path: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    framing = cut_of(page, project)
    page.get_by_role("button", name="Download").first.click()
    width, height = framing.size
    expect(page.get_by_text(f"{width} × {height}")).to_be_visible()
    page.keyboard.press("Escape")
    assert download(page, tmp_path / "cropped.jpg") == framing.size


def test_a_gesture_is_one_step_and_the_original_has_the_same_frame(
    page: Page, address: Address, portraits: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    settled(page)
    before = pixels(page)
    cut_of(page, project)
    cropped = pixels(page)
    assert np.abs(np.subtract(cropped, before)).mean() > 10
    page.keyboard.down("\\")
    expect(page.get_by_text("Original", exact=True)).to_be_visible()
    returned(page, cropped, within=24)
    page.keyboard.up("\\")
    history = api(page, f"projects/{project}/history")
    assert [entry["label"] for entry in history[1:]] == ["crop cut", "crop cut"]

    page.keyboard.press("Control+z")
    expect_crop(page, project, left=0.0)
    page.keyboard.press("Control+z")
    expect_crop(page, project, width=1.0)
    returned(page, before)
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+Shift+z")
    returned(page, cropped)


def test_straightening_by_the_slider(page: Page, address: Address, portraits: Path) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    take_crop(page)
    drag(page, "crop.angle", 0.6)
    expect_crop(page, project, within=0.5, angle=9.0)
    row(page, "crop.angle").get_by_text("Straighten").dblclick()
    expect(number(page, "crop.angle")).to_have_value("0")
    row(page, "crop.angle").get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    expect(number(page, "crop.angle")).to_have_value("0.1")
    page.keyboard.press("Delete")
    expect(number(page, "crop.angle")).to_have_value("0")


def test_straightening_from_beside_the_cut_and_along_a_line(
    page: Page, address: Address, portraits: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    take_crop(page)
    x, y = middle(page.locator("canvas"))
    out = x - 90
    pull(page, (x - out, y), 0, -out * np.tan(np.radians(10)))  # up on the left is clockwise
    expect_crop(page, project, within=0.3, angle=10.0)
    narrower = page.locator("[data-crop-size]").inner_text()
    assert narrower != f"{SIZE[0]} × {SIZE[1]}", "there is nothing in the corners"
    page.get_by_role("button", name="Straighten along a line").click()
    pull(page, (x - 100, y), 200, 200 * np.tan(np.radians(10)))
    expect_crop(page, project, within=0.3, angle=0.0)


def test_keys_move_edges_and_escape_brings_the_old_cut_back(
    page: Page, address: Address, portraits: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    take_crop(page)
    page.get_by_role("button", name="Left edge: arrow keys move it").focus()
    page.keyboard.press("ArrowRight")
    expect_crop(page, project, left=0.01)
    page.keyboard.press("Shift+ArrowRight")
    expect_crop(page, project, left=0.11, width=0.89)
    page.get_by_role("button", name="Crop area: arrow keys move it").focus()
    page.keyboard.press("Shift+ArrowLeft")
    expect_crop(page, project, left=0.01, width=0.89)
    page.keyboard.press("Escape")
    expect(page.locator("[data-cut]")).to_have_count(0)
    expect_crop(page, project, left=0.0, width=1.0)
    take_crop(page)
    page.get_by_role("button", name="1:1").click()
    page.keyboard.press("Enter")
    expect(page.locator("[data-cut]")).to_have_count(0)
    expect_crop(page, project, ratio="1:1")


def test_a_passport_is_cut_around_the_head(
    page: Page, address: Address, portraits: Path, tmp_path: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    settled(page)
    take_crop(page)
    page.get_by_role("button", name="US visa").click()
    expect_crop(page, project, ratio="2:2", head=60.0, width=1.0)  # on other photos, too
    framing = framing_of(page, project)
    expect_size(page, *framing.size)
    (face,) = api(page, f"projects/{project}/analysis")["faces"]
    left, top, width, height = framing.placed(face["head"])
    assert framing.size[0] == framing.size[1]
    assert 0 < left < left + width < framing.size[0]
    assert 0 < top < top + height
    done(page)
    assert download(page, tmp_path / "visa.jpg") == framing.size


CHEEK = 430.0, 1100.0
BROW = 700.0, 700.0


def take_dodge(page: Page) -> None:
    page.keyboard.press("b")
    page.get_by_role("group", name="Brush tool").get_by_role("button", name="Dodge").click()
    expect(page.locator("[data-hand=brush]")).to_be_visible()


def take_marks(page: Page) -> None:
    page.keyboard.press("o")
    expect(page.locator("[data-hand=marks]")).to_be_visible()


def turn_and_cut(page: Page, project: str) -> Framing:
    take_crop(page)
    page.get_by_role("button", name="Turn right").click()
    page.get_by_role("button", name="Mirror").click()
    drag(page, "crop.angle", 0.55)
    pull(page, middle(part(page, "e")), -60, 0)
    done(page)
    settled(page)
    framing = framing_of(page, project)
    assert not framing.plain
    return framing


def test_marks_and_strokes_stay_on_the_same_skin(
    page: Page, address: Address, portraits: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    settled(page)
    whole = Framing.whole(SIZE)
    (face,) = api(page, f"projects/{project}/analysis")["faces"]
    red = [spot for spot in face["spots"] if spot["kind"] == "red" and 900 < spot["y"] < 1500]
    largest = max(red, key=lambda spot: spot["radius"] * (450 < spot["x"] < 900))
    mark = largest["x"], largest["y"]
    take_marks(page)
    click_at(page, whole, mark)
    take_dodge(page)
    click_at(page, whole, CHEEK)
    expect(page.get_by_text("Stroke 1, added")).to_be_visible()
    page.keyboard.press("b")
    expect_saved(page)
    settled(page)
    places = [CHEEK, mark, BROW]
    before = [color_at(page, whole, place) for place in places]
    framing = turn_and_cut(page, project)
    after = [color_at(page, framing, place) for place in places]
    np.testing.assert_allclose(after, before, atol=6)


def test_hands_on_a_turned_picture_mean_the_photo(
    page: Page, address: Address, portraits: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    framing = turn_and_cut(page, project)
    (face,) = api(page, f"projects/{project}/analysis")["faces"]
    red = [spot for spot in face["spots"] if spot["kind"] == "red" and 900 < spot["y"] < 1500]
    largest = max(red, key=lambda spot: spot["radius"] * (450 < spot["x"] < 900))
    mark = largest["x"], largest["y"]
    take_marks(page)
    click_at(page, framing, mark)
    expect(page.locator("[data-mark-label]")).to_be_visible()
    take_dodge(page)
    click_at(page, framing, BROW)
    expect(page.get_by_text("Stroke 1, added")).to_be_visible()
    expect_saved(page)
    recipe = recipe_of(page, project)
    (flip,) = recipe["flips"]
    assert np.hypot(flip["x"] * SIZE[0] - mark[0], flip["y"] * SIZE[1] - mark[1]) < 1
    (stroke,) = next(s["mask"]["strokes"] for s in recipe["steps"] if s["edit"]["op"] == "dodge")
    wanted = np.array(face["to_face"]) @ [*BROW, 1]
    np.testing.assert_allclose(stroke["points"][0], wanted, atol=0.01)


def test_fingers_pull_at_large_handles(signed_in: Any, address: Address, portraits: Path) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page: Page = signed_in(**phone).new_page()
    project = open_photo(page, address.url, portraits / PHOTO)
    page.get_by_role("navigation").get_by_role("button", name="Crop").tap()
    expect(page.locator("[data-cut]")).to_be_visible()
    for name in ("nw", "n", "ne", "e", "se", "s", "sw", "w"):
        box = part(page, name).bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
    finger = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": px, "y": py, "id": k} for k, (px, py) in enumerate(points)]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    x, y = middle(part(page, "nw"))
    send("touchStart", (x + 10, y + 10))
    for k in range(1, 9):
        send("touchMove", (x + 10 + 5 * k, y + 10 + 5 * k))
    send("touchEnd")
    expect_crop(page, project, within=0.1, left=0.2, top=0.2, width=0.8)
    pulled = crop_of(page, project)
    x, y = middle(part(page, "move"))
    send("touchStart", (x, y))
    send("touchMove", (x + 4, y))
    send("touchStart", (x + 4, y), (x + 60, y))
    send("touchMove", (x - 20, y), (x + 90, y))
    send("touchEnd")
    assert crop_of(page, project) == pulled, "two fingers zoom and move nothing"


def test_the_crop_has_no_barrier(page: Page, address: Address, portraits: Path, axe: str) -> None:
    open_photo(page, address.url, portraits / PHOTO)
    take_crop(page)
    page.get_by_role("button", name="US visa").click()
    page.get_by_role("button", name="Straighten along a line").click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(300)
        assert violations(page, axe) == []
