"""The whole path of a person on a real photo."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.editing import (
    Address,
    api,
    changed,
    drag,
    expect_saved,
    number,
    open_photo,
    open_project,
    pixels,
    ready,
    recipe_of,
    returned,
    row,
    settled,
    upload_photo,
)

PHOTO = "man_young_acne_frontal_01.jpg"


def test_upload_edit_compare_undo_download(page: Page, address: Address, portraits: Path) -> None:
    project = upload_photo(page, address.url, portraits / PHOTO)
    settled(page)
    original = pixels(page)

    drag(page, "smooth.amount", 0.5)
    expect(number(page, "smooth.amount")).to_have_value("50")
    expect_saved(page)
    changed(page, original)

    page.keyboard.down("\\")
    page.wait_for_timeout(100)
    held = pixels(page)
    page.keyboard.up("\\")
    # the held picture was sent once more: JPEG may round a step the other way
    assert max(abs(a - b) for a, b in zip(held, original, strict=True)) <= 3, (
        "holding compare shows something else than the original"
    )

    history = api(page, f"projects/{project}/history")
    assert [entry["label"] for entry in history[1:]] == ["set smooth.amount 50"]
    page.keyboard.press("Control+z")
    expect(number(page, "smooth.amount")).to_have_value("0")
    returned(page, original)
    page.keyboard.press("Control+Shift+z")
    expect(number(page, "smooth.amount")).to_have_value("50")
    expect_saved(page)

    page.get_by_role("button", name="Download").click()
    expect(page.get_by_text("kB")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("dialog").get_by_role("button", name="Download").click()
    picture = Image.open(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert (picture.format, picture.size) == ("JPEG", (1350, 1800))


@pytest.fixture
def small(portraits: Path, tmp_path: Path) -> Path:
    """The photo reduced: AVIF takes seconds of a large one."""
    path = tmp_path / "small.jpg"
    with Image.open(portraits / PHOTO) as photo:
        photo.resize((540, 720)).save(path, quality=90)
    return path


def test_every_format_that_is_written_can_be_downloaded(
    page: Page, address: Address, small: Path
) -> None:
    project = open_photo(page, address.url, small)
    expect_saved(page)
    page.get_by_role("button", name="Download").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Download")).to_be_focused()
    formats = dialog.get_by_role("group", name="Format").get_by_role("radio")
    expect(formats).to_have_count(len(api(page, "catalogue")["formats"]))
    quality = dialog.get_by_role("textbox", name="Quality")
    own = api(page, f"projects/{project}/export")
    expect(dialog.get_by_role("radio", name="JPEG", exact=True)).to_be_checked()
    expect(quality).to_have_value(str(own["quality"]))
    dialog.get_by_role("radio", name="AVIF").check()
    expect(quality).to_have_value("80")
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download").click()
    picture = Image.open(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert (picture.format, picture.size) == ("AVIF", (540, 720))
    assert download.value.suggested_filename.endswith(".avif")

    page.get_by_role("button", name="Download").click()
    expect(dialog.get_by_role("radio", name="AVIF")).to_be_checked()
    dialog.get_by_role("radio", name="Web, networks, print").check()
    dialog.get_by_label("LinkedIn banner").check()
    dialog.get_by_label("File name").fill("anna")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "anna.zip"
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.namelist() == [
            "anna-web.jpg",
            "anna-linkedin.jpg",
            "anna-linkedin-banner.jpg",
        ]
        assert Image.open(archive.open("anna-linkedin-banner.jpg")).size == (1584, 396)


def test_a_slider_row_keeps_its_promises(page: Page, address: Address, portraits: Path) -> None:
    open_photo(page, address.url, portraits / PHOTO)
    field = number(page, "smooth.amount")
    slider = row(page, "smooth.amount").locator("input[type=range]")

    drag(page, "smooth.amount", 0.9)
    expect(field).to_have_value("75")  # the natural lock's stop
    slider.focus()
    for key, value in (("ArrowLeft", "74"), ("Shift+ArrowLeft", "64"), ("Home", "0")):
        page.keyboard.press(key)
        expect(field).to_have_value(value)

    field.click()
    page.keyboard.type("33")
    expect(field).to_have_value("33")
    page.keyboard.press("Enter")
    row(page, "smooth.amount").get_by_text("Smoothing", exact=True).dblclick()
    expect(field).to_have_value("0")

    drag(page, "smooth.amount", 0.3)
    slider.focus()
    page.keyboard.press("Delete")
    expect(field).to_have_value("0")

    drag(page, "smooth.amount", 0.3)
    box = row(page, "smooth.amount").bounding_box()
    assert box
    page.mouse.move(box["x"] + 100, box["y"] + 30)
    page.mouse.wheel(0, 60)
    page.wait_for_timeout(200)
    expect(field).to_have_value("30")


def test_reload_brings_history_and_place_back(
    page: Page, address: Address, portraits: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    drag(page, "smooth.amount", 0.2)
    drag(page, "redness.amount", 0.3)
    drag(page, "smooth.amount", 0.4)
    page.keyboard.press("Control+z")
    expect(number(page, "smooth.amount")).to_have_value("20")
    expect_saved(page)
    page.reload()
    ready(page)
    expect(number(page, "smooth.amount")).to_have_value("20")
    expect(number(page, "redness.amount")).to_have_value("30")
    page.get_by_role("navigation").get_by_role("button", name="History").click()
    steps = page.locator("ol li")
    expect(steps).to_have_count(4)
    expect(steps.first).to_contain_text("Smoothing 40")
    expect(page.locator("[aria-current=step]")).to_contain_text("Redness 30")
    page.keyboard.press("Control+y")
    expect(page.locator("[aria-current=step]")).to_contain_text("Smoothing 40")
    expect_saved(page)
    newest = recipe_of(page, project)["steps"]
    assert [s["edit"]["amount"] for s in newest if s["edit"]["op"] == "smooth"] == [40]


def test_persons_of_a_group_are_edited_alone(page: Page, address: Address, portraits: Path) -> None:
    project = open_photo(page, address.url, portraits / "group_six_faces_01.jpg")
    people = page.get_by_role("group", name="People in this photo")
    people.get_by_role("button", name="Person 2").click()
    drag(page, "smooth.amount", 0.4)
    expect_saved(page)
    people.get_by_role("button", name="Everyone").click()
    expect(number(page, "smooth.amount")).to_have_value("0")
    expect(page.get_by_role("img", name="Own values: Person 2")).to_be_visible()
    steps = recipe_of(page, project)["steps"]
    assert len(steps) == 1
    assert steps[0]["person"] is not None


def test_zoom_keeps_the_picture_and_sharpens_it(
    page: Page, address: Address, portraits: Path
) -> None:
    open_photo(page, address.url, portraits / PHOTO)
    settled(page)
    page.keyboard.press("1")
    expect(page.get_by_role("toolbar")).to_contain_text("100%")
    assert any(pixels(page)), "an empty frame while zooming"
    page.keyboard.press("0")
    expect(page.get_by_role("button", name="Fit", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_the_sample_opens_from_home(page: Page, address: Address) -> None:
    page.goto(address.url)
    page.get_by_role("button", name="Try the sample portrait").click()
    ready(page)
    expect(page.get_by_role("img", name="Portrait, 1 face")).to_be_visible()


def test_keyboard_alone_is_enough(page: Page, address: Address, portraits: Path) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    page.goto(address.url)
    page.wait_for_selector(f'a[href$="{project}"]')
    page.evaluate("document.activeElement.blur()")
    tab_to(page, f'a[href$="{project}"]')
    page.keyboard.press("Enter")
    ready(page)
    tab_to(page, '[data-control="even_tone.amount"] input[type=range]')
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("PageUp")
    expect(number(page, "even_tone.amount")).to_have_value("15")
    expect_saved(page)
    page.keyboard.press("y")
    divider = page.get_by_role("slider", name="Divider between original and edited")
    tab_to(page, '[aria-label="Divider between original and edited"]')
    page.keyboard.press("ArrowRight")
    expect(divider).to_have_value("51")
    page.keyboard.press("?")
    search = page.get_by_role("searchbox")
    expect(search).to_be_focused()
    page.keyboard.type("undo")
    expect(page.get_by_role("dialog").get_by_role("listitem")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    while page.get_by_role("button", name="Undo").is_enabled():  # slow keys are several steps
        page.keyboard.press("Control+z")
    expect(number(page, "even_tone.amount")).to_have_value("0")


def tab_to(page: Page, selector: str) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"the Tab key never reaches {selector}")


def test_a_phone_can_do_it(
    signed_in: Callable[..., BrowserContext], address: Address, portraits: Path
) -> None:
    size = {"width": 390, "height": 844}
    page = signed_in(viewport=size, has_touch=True, device_scale_factor=2).new_page()
    page.goto(address.url)
    page.set_input_files("#freckle-file-input", portraits / PHOTO)
    page.wait_for_selector("canvas")
    page.get_by_role("button", name="Skin", exact=True).click()
    drag(page, "smooth.amount", 0.4)
    expect(number(page, "smooth.amount")).to_have_value("40")
    expect_saved(page)
    for _ in range(2):
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, "the page is wider than the phone"
        page.goto(address.url)
        page.wait_for_selector("#recent")


def test_open_project_twice_is_the_same(page: Page, address: Address, portraits: Path) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    page.goto(address.url)
    page.wait_for_selector("#recent")
    open_project(page, address.url, project)
    expect_saved(page)


def test_a_download_says_who_signs_that_it_was_retouched(
    page: Page, address: Address, small: Path
) -> None:
    c2pa = pytest.importorskip("c2pa")
    open_photo(page, address.url, small)
    expect_saved(page)
    page.get_by_role("button", name="Download").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Color, sharpening, metadata").click()
    credentials = dialog.get_by_role("switch", name="Content Credentials")
    expect(credentials).not_to_be_checked()
    expect(dialog.get_by_text("Signed as Anna")).to_be_visible()
    credentials.click()
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download").click()
    made = io.BytesIO(Path(download.value.path()).read_bytes())
    with c2pa.Reader("image/jpeg", made) as reader:
        told = json.loads(reader.json())
    assert told["validation_state"] == "Valid"
    assert told["manifests"][told["active_manifest"]]["ingredients"][0]["title"] == "small.jpg"
