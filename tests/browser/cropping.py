"""What a person does to crop a photo in the editor, for the tests to do."""

from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from freckle.framing import Framing
from freckle.geometry import Box
from freckle.ops.crop import Crop, frame
from tests.browser.editing import api, expect_saved, recipe_of

PHOTO = "man_young_acne_frontal_01.jpg"
SIZE = 1350, 1800
"""Of that photo."""
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
          const text = document.querySelector('[data-crop-size]')?.textContent ?? '';
          const [w, h] = text.split('×').map(Number);
          return Math.abs(w - width) <= within && Math.abs(h - height) <= within;
        }""",
        arg=[width, height, within],
    )


def crop_of(page: Page, project: str) -> Crop:
    """Return the crop that is stored."""
    expect_saved(page)
    edits = [step["edit"] for step in recipe_of(page, project)["steps"]]
    crops = [edit for edit in edits if edit["op"] == "crop"]
    return Crop(**crops[0]) if crops else Crop()


def expect_crop(page: Page, project: str, within: float = 1e-6, **wanted: Any) -> None:
    """Wait until a crop with some values is stored."""
    for _ in range(300):
        crop = crop_of(page, project)
        if all(getattr(crop, name) == near(value, within) for name, value in wanted.items()):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{crop!r} was stored, not {wanted}")


def near(value: Any, within: float) -> Any:
    return pytest.approx(value, abs=within) if isinstance(value, float) else value


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


def click_at(
    page: Page, framing: Framing, point: tuple[float, float], *, right: bool = False
) -> None:
    """Click on a point of the photo."""
    canvas = page.locator("canvas").bounding_box()
    assert canvas
    x, y = on_screen(page, framing, point)
    button: Literal["left", "right"] = "right" if right else "left"
    page.mouse.click(canvas["x"] + x, canvas["y"] + y, button=button)
