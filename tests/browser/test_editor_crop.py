"""Crop, straighten, turn: by mouse, touch and keys; what lies on the photo stays on the same skin."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from freckle.framing import Framing
from freckle.geometry import Box
from freckle.ops.crop import Crop, frame
from tests.browser.editing import (
    Address,
    api,
    drag,
    expect_saved,
    number,
    open_photo,
    pixels,
    row,
    settled,
)

PHOTO = "man_young_acne_frontal_01.jpg"
SIZE = 1350, 1800
RIM = 32
"""Around a fitted picture, in CSS pixels."""


def take_crop(page: Page) -> None:
    page.keyboard.press("c")
    expect(page.locator("[data-cut]")).to_be_visible()


def done(page: Page) -> None:
    page.get_by_role("button", name="Done").click()
    expect(page.locator("[data-cut]")).to_have_count(0)


def part(page: Page, name: str) -> Locator:
    return page.locator(f'[data-cut] [data-part="{name}"]')


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def pull(page: Page, start: tuple[float, float], dx: float, dy: float) -> None:
    x, y = start
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, 9):
        page.mouse.move(x + dx * k / 8, y + dy * k / 8)
        page.wait_for_timeout(16)
    page.mouse.up()


def expect_size(page: Page, width: int, height: int, within: int = 0) -> None:
    """Wait until the panel says how large the cut is."""
    page.wait_for_function(
        """([width, height, within]) => {
          const said = document.querySelector('[data-crop-size]').textContent.split('×').map(Number);
          return Math.abs(said[0] - width) <= within && Math.abs(said[1] - height) <= within;
        }""",
        arg=[width, height, within],
    )


def crop_of(page: Page, project: str) -> Crop:
    """Return the crop that is stored."""
    expect_saved(page)
    steps = api(page, f"projects/{project}")["recipe"]["steps"]
    edits = [step["edit"] for step in steps if step["edit"]["op"] == "crop"]
    return Crop(**edits[0]) if edits else Crop()


def framing_of(page: Page, project: str) -> Framing:
    heads = [face["head"] for face in api(page, f"projects/{project}/analysis")["faces"]]
    boxes = [Box(x, y, x + w, y + h) for x, y, w, h in heads]
    return frame(crop_of(page, project), SIZE, boxes)


def labels(page: Page, project: str) -> list[str]:
    expect_saved(page)
    return [entry["label"] for entry in api(page, f"projects/{project}/history")[1:]]


def on_screen(page: Page, framing: Framing, point: tuple[float, float]) -> tuple[float, float]:
    """Return where a point of the photo is seen on the canvas, the picture being fitted."""
    box = page.locator("canvas").bounding_box()
    assert box
    (x, y), (w, h) = framing.finished(np.array(point)), framing.size
    scale = min((box["width"] - 2 * RIM) / w, (box["height"] - 2 * RIM) / h, 2)
    return float((x - w / 2) * scale + box["width"] / 2), float(
        (y - h / 2) * scale + box["height"] / 2
    )


def color_at(page: Page, framing: Framing, point: tuple[float, float]) -> Any:
    """Return the mean color of a few pixels around a point of the photo, as the canvas has it."""
    x, y = on_screen(page, framing, point)
    found = page.evaluate(
        """([x, y]) => [...document.querySelector('canvas').getContext('2d')
          .getImageData(Math.round(x) - 3, Math.round(y) - 3, 7, 7).data]""",
        [x, y],
    )
    return np.array(found, float).reshape(-1, 4)[:, :3].mean(axis=0)


def download(page: Page, place: Path) -> tuple[int, int]:
    """Download the picture; return its width and height."""
    page.keyboard.press("Control+Shift+e")
    dialog = page.get_by_role("dialog")
    with page.expect_download() as waiting:
        dialog.get_by_role("button", name="Download").click()
    waiting.value.save_as(place)
    height, width = cv2.imread(str(place)).shape[:2]
    return width, height


def test_a_corner_is_pulled_and_the_file_has_that_size(
    page: Page, address: Address, portraits: Path, tmp_path: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    settled(page)
    before = pixels(page)
    take_crop(page)
    expect_size(page, *SIZE)
    cut = page.locator("[data-cut]").bounding_box()
    assert cut
    scale = cut["width"] / SIZE[0]
    pull(page, middle(part(page, "se")), -400 * scale, -600 * scale)
    expect_size(page, SIZE[0] - 400, SIZE[1] - 600, within=6)
    pull(page, middle(part(page, "move")), 200 * scale, 100 * scale)
    assert labels(page, project) == ["crop cut", "crop cut"]
    crop = crop_of(page, project)
    assert crop.left == pytest.approx(200 / SIZE[0], abs=0.005)
    assert crop.top == pytest.approx(100 / SIZE[1], abs=0.005)

    page.keyboard.press("Enter")
    expect(page.locator("[data-cut]")).to_have_count(0)
    settled(page)
    cropped = pixels(page)
    assert cropped != before
    page.keyboard.down("\\")
    expect(page.get_by_text("Original", exact=True)).to_be_visible()
    page.wait_for_timeout(200)
    assert np.abs(np.subtract(pixels(page), cropped)).mean() < 4, "the original has another frame"
    page.keyboard.up("\\")

    framing = framing_of(page, project)
    page.get_by_role("button", name="Download").first.click()
    width, height = framing.size
    expect(page.get_by_text(f"{width} × {height}")).to_be_visible()
    page.keyboard.press("Escape")
    assert download(page, tmp_path / "cropped.jpg") == framing.size

    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    settled(page)
    assert np.abs(np.subtract(pixels(page), before)).mean() < 2
    page.keyboard.press("Control+Shift+z")
    assert crop_of(page, project).left == 0
    assert crop_of(page, project).cut


def test_straightening_by_slider_by_hand_and_along_a_line(
    page: Page, address: Address, portraits: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    take_crop(page)
    drag(page, "crop.angle", 0.6)
    assert crop_of(page, project).angle == pytest.approx(9, abs=0.5)
    row(page, "crop.angle").get_by_text("Straighten").dblclick()
    expect(number(page, "crop.angle")).to_have_value("0")
    slider = row(page, "crop.angle").get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(number(page, "crop.angle")).to_have_value("0.1")
    page.keyboard.press("Delete")
    expect(number(page, "crop.angle")).to_have_value("0")

    box = page.locator("canvas").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    out = box["width"] / 2 - 20
    pull(page, (x - out, y), 0, -out * np.tan(np.radians(10)))  # up on the left is clockwise
    assert crop_of(page, project).angle == pytest.approx(10, abs=0.3)
    narrower = page.locator("[data-crop-size]").inner_text()
    assert narrower != f"{SIZE[0]} × {SIZE[1]}", "the corners of the turned picture are in the cut"

    page.get_by_role("button", name="Straighten along a line").click()
    pull(page, (x - 100, y), 200, 200 * np.tan(np.radians(10)))
    assert crop_of(page, project).angle == pytest.approx(0, abs=0.3)
    assert labels(page, project)[-1] == "crop angle"


def test_keys_move_edges_and_escape_brings_the_old_cut_back(
    page: Page, address: Address, portraits: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    take_crop(page)
    page.get_by_role("button", name="Left edge: arrow keys move it").focus()
    page.keyboard.press("ArrowRight")
    assert crop_of(page, project).left == pytest.approx(0.01)
    page.keyboard.press("Shift+ArrowRight")
    assert crop_of(page, project).left == pytest.approx(0.11)
    assert crop_of(page, project).width == pytest.approx(0.89)
    page.get_by_role("button", name="Crop area: arrow keys move it").focus()
    page.keyboard.press("Shift+ArrowLeft")
    assert crop_of(page, project).left == pytest.approx(0.01)
    page.keyboard.press("Escape")
    expect(page.locator("[data-cut]")).to_have_count(0)
    assert crop_of(page, project) == Crop()
    take_crop(page)
    page.get_by_role("button", name="1:1").click()
    page.keyboard.press("Enter")
    expect(page.locator("[data-cut]")).to_have_count(0)
    assert crop_of(page, project).ratio == "1:1"


def test_a_passport_is_cut_around_the_head(
    page: Page, address: Address, portraits: Path, tmp_path: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    settled(page)
    take_crop(page)
    page.get_by_role("button", name="4:5").click()
    assert not crop_of(page, project).cut, "the engine places it on the next photo, too"
    page.get_by_role("button", name="US visa").click()
    framing = framing_of(page, project)
    expect_size(page, *framing.size)
    (face,) = api(page, f"projects/{project}/analysis")["faces"]
    left, top, width, height = framing.placed(face["head"])
    assert height / framing.size[1] == pytest.approx(0.6, abs=0.01) or framing.size[0] == SIZE[0]
    assert left > 0
    assert left + width < framing.size[0]
    assert top > 0
    done(page)
    assert download(page, tmp_path / "visa.jpg") == framing.size


def test_marks_and_strokes_stay_on_the_same_skin(
    page: Page, address: Address, portraits: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    settled(page)
    whole = Framing.whole(SIZE)
    spots = api(page, f"projects/{project}/analysis")["faces"][0]["spots"]
    near = [s for s in spots if s["kind"] == "red" and 450 < s["x"] < 900 and 900 < s["y"] < 1500]
    spot = max(near, key=lambda s: s["radius"])
    page.keyboard.press("o")
    expect(page.locator("[data-hand=marks]")).to_be_visible()
    canvas = page.locator("canvas").bounding_box()
    assert canvas
    x, y = on_screen(page, whole, (spot["x"], spot["y"]))
    page.mouse.click(canvas["x"] + x, canvas["y"] + y)
    expect_saved(page)
    cheek = (430.0, 1100.0)
    page.keyboard.press("b")
    page.get_by_role("group", name="Brush tool").get_by_role("button", name="Dodge").click()
    page.keyboard.press("o")
    x, y = on_screen(page, whole, cheek)
    page.mouse.move(canvas["x"] + x, canvas["y"] + y)
    page.mouse.down()
    page.mouse.move(canvas["x"] + x + 2, canvas["y"] + y, steps=3)
    page.mouse.up()
    expect(page.get_by_text("Stroke 1, added")).to_be_visible()
    page.keyboard.press("b")
    expect_saved(page)
    settled(page)
    places = [cheek, (spot["x"], spot["y"]), (700.0, 700.0)]
    before = [color_at(page, whole, place) for place in places]

    take_crop(page)
    page.get_by_role("button", name="Turn right").click()
    page.get_by_role("button", name="Mirror").click()
    drag(page, "crop.angle", 0.55)
    pull(page, middle(part(page, "e")), -60, 0)
    done(page)
    settled(page)
    framing = framing_of(page, project)
    assert not framing.plain
    for place, color in zip(places, before, strict=True):
        np.testing.assert_allclose(color_at(page, framing, place), color, atol=6)

    page.keyboard.press("o")
    expect(page.locator("[data-hand=marks]")).to_be_visible()
    x, y = on_screen(page, framing, (spot["x"], spot["y"]))
    page.mouse.move(canvas["x"] + x, canvas["y"] + y)
    expect(page.locator("[data-mark-label]")).to_be_visible()
    page.mouse.click(canvas["x"] + x, canvas["y"] + y)
    expect_saved(page)
    flips = api(page, f"projects/{project}")["recipe"]["flips"]
    assert len(flips) == 1, "the click was at another mark"
    page.keyboard.press("b")
    x, y = on_screen(page, framing, places[2])
    page.mouse.click(canvas["x"] + x, canvas["y"] + y)
    expect(page.get_by_text("Stroke 2, added")).to_be_visible()
    expect_saved(page)
    steps = api(page, f"projects/{project}")["recipe"]["steps"]
    (mask,) = [step["mask"] for step in steps if step["edit"]["op"] == "dodge"]
    to_face = np.array(api(page, f"projects/{project}/analysis")["faces"][0]["to_face"])
    wanted = to_face @ [*places[2], 1]
    np.testing.assert_allclose(mask["strokes"][1]["points"][0], wanted, atol=0.01)


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
    pulled = crop_of(page, project)
    assert pulled.left > 0.1
    assert pulled.top > 0.1
    x, y = middle(part(page, "move"))
    send("touchStart", (x, y))
    send("touchMove", (x + 4, y))
    send("touchStart", (x + 4, y), (x + 60, y))
    send("touchMove", (x - 20, y), (x + 90, y))
    send("touchEnd")
    assert crop_of(page, project) == pulled, "two fingers zoom and move nothing"
