"""Painting by hand: strokes with pointer and keys, their place in the recipe, undo and reload."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.editing import (
    Address,
    api,
    drag,
    expect_saved,
    open_photo,
    pixels,
    ready,
    recipe_of,
    returned,
    settled,
)

PHOTO = "man_young_acne_frontal_01.jpg"


def take_brush(page: Page, tool: str) -> None:
    page.keyboard.press("b")
    page.get_by_role("group", name="Brush tool").get_by_role("button", name=tool).click()
    expect(page.locator("[data-hand=brush]")).to_be_visible()


def center(page: Page) -> tuple[float, float]:
    box = page.locator("canvas").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def paint(page: Page, dx: float = 120, dy: float = 0) -> None:
    """Draw one stroke from the middle of the photo."""
    x, y = center(page)
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, 13):
        page.mouse.move(x + dx * k / 12, y + dy * k / 12)
        page.wait_for_timeout(16)
    page.mouse.up()


def strokes_of(page: Page, project: str, op: str) -> list[dict[str, Any]]:
    steps = recipe_of(page, project)["steps"]
    masks = [step["mask"] for step in steps if step["edit"]["op"] == op]
    return masks[0]["strokes"] if masks else []


def test_a_stroke_is_seen_kept_and_undone(page: Page, address: Address, portraits: Path) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    settled(page)
    before = pixels(page)
    take_brush(page, "Dodge")
    page.keyboard.press("o")  # the tint of the mask would be a change as well
    paint(page)
    expect(page.get_by_text("Stroke 1, added")).to_be_visible()
    expect_saved(page)
    settled(page)
    assert pixels(page) != before, "nothing was painted"
    (stroke,) = strokes_of(page, project, "dodge")
    assert stroke["space"] == "face"
    assert len(stroke["points"]) == 2, "a straight line needs two points"
    history = api(page, f"projects/{project}/history")
    assert [entry["label"] for entry in history[1:]] == ["stroke dodge"]

    page.reload()
    ready_brush(page)
    expect(page.get_by_text("Stroke 1, added")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.get_by_text("Nothing is painted yet")).to_be_visible()
    expect_saved(page)
    returned(page, before)
    page.keyboard.press("Control+Shift+z")
    page.get_by_role("button", name="Delete stroke 1").click()
    expect_saved(page)
    assert strokes_of(page, project, "dodge") == []


def ready_brush(page: Page) -> None:
    ready(page)
    page.keyboard.press("b")
    page.get_by_role("group", name="Brush tool").get_by_role("button", name="Dodge").click()


def test_a_tool_is_taken_away_where_it_is_painted(
    page: Page, address: Address, portraits: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    drag(page, "smooth.amount", 0.6)
    take_brush(page, "Heal")
    page.get_by_label("Mask for…").select_option("smooth")
    page.keyboard.press("x")
    expect(page.get_by_role("radio", name="Remove")).to_be_checked()
    page.keyboard.press("]")
    page.keyboard.press("Shift+]")
    page.get_by_role("switch", name="Stay inside edges").click()
    paint(page)
    expect_saved(page)
    (step,) = recipe_of(page, project)["steps"]
    assert (step["edit"]["op"], step["mask"]["base"]) == ("smooth", "auto")
    (stroke,) = step["mask"]["strokes"]
    assert (stroke["mode"], stroke["feather"], stroke["edge"]) == ("remove", 0.6, True)


def test_straight_lines_pans_and_the_backdrop(
    page: Page, address: Address, portraits: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    take_brush(page, "Restore")
    x, y = center(page)
    page.mouse.click(x, y)
    page.keyboard.down("Shift")
    page.mouse.click(x + 80, y + 60)
    page.keyboard.up("Shift")
    expect(page.get_by_text("Stroke 2, added")).to_be_visible()
    page.keyboard.down("Space")
    paint(page)
    page.keyboard.up("Space")
    expect(page.get_by_text("Stroke 3, added")).to_have_count(0)
    page.mouse.click(x - 210, y - 300)
    expect(page.get_by_text("Stroke 3, added")).to_be_visible()
    expect_saved(page)
    dab, line, corner = strokes_of(page, project, "restore")
    assert [len(stroke["points"]) for stroke in (dab, line, corner)] == [1, 2, 1]
    assert line["points"][0] == dab["points"][0], "shift goes on from the last stroke"
    assert corner["space"] == "photo"


def test_keys_alone_paint(page: Page, address: Address, portraits: Path) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    take_brush(page, "Burn")
    canvas = page.get_by_role("group", name="Photo: arrow keys move the brush, Enter paints")
    canvas.focus()
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+Enter")
    expect(page.get_by_text("Stroke 2, added")).to_be_visible()
    expect_saved(page)
    dab, line = strokes_of(page, project, "burn")
    assert (len(dab["points"]), len(line["points"])) == (1, 2)
    page.keyboard.press("Escape")
    expect(page.locator("[data-hand=brush]")).to_have_count(0)


def test_two_fingers_zoom_and_paint_nothing(page: Page, address: Address, portraits: Path) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    take_brush(page, "Burn")
    x, y = center(page)
    touch = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": px, "y": py, "id": k} for k, (px, py) in enumerate(points)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    send("touchStart", (x, y))
    send("touchMove", (x + 3, y))
    send("touchStart", (x + 3, y), (x + 60, y))
    for k in range(1, 8):
        send("touchMove", (x + 3, y), (x + 60 + 20 * k, y))
    send("touchEnd")
    expect(page.get_by_role("button", name="Fit", exact=True)).to_have_attribute(
        "aria-pressed", "false"
    )
    assert strokes_of(page, project, "burn") == []
    expect(page.get_by_text("Nothing is painted yet")).to_be_visible()
