"""Everybody can use it: axe on every state in both themes, and every language complete."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.editing import (
    Address,
    api,
    beyond,
    drag,
    open_photo,
    open_project,
    ready,
    tab,
)

PHOTO = "man_young_acne_frontal_01.jpg"
AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOR = ["color-contrast", "link-in-text-block"]
"""Rules that a theme has a say in: the others were asked in the first one."""
RUN = """async ([runOnly, part]) => {
  const frame = () => new Promise(requestAnimationFrame);
  const moving = () => document.getAnimations().filter(
    each => each.playState === 'running' && each.effect?.getTiming().iterations < Infinity,
  );
  do {  // dialogs fade in, and colors follow one another: half of a color has no contrast
    await Promise.allSettled(moving().map(each => each.finished));
    await frame();
    await frame();
  } while (moving().length > 0);
  const { violations } = await axe.run(part ?? document, {
    resultTypes: ['violations'],  // nothing is told of what is right
    runOnly,
  });
  return violations.map(v => `${v.id}: ${v.nodes.map(n => n.target.join(' ')).join(' | ')}`);
}"""


THEMES: dict[Literal["dark", "light"], list[str]] = {"dark": ALL, "light": OF_COLOR}


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run `make setup`")
    return AXE.read_text(encoding="utf-8")


PANEL, DIALOG, OVER = "aside", "[role=dialog]", "[role=dialog], [role=menu]"
"""What is new in a state: the page around it was looked at before, or cannot be reached now."""


def violations(
    page: Page, axe: str, rules: Sequence[str] = ALL, part: str | None = None
) -> list[str]:
    """Look for barriers, in a part of the page alone where a selector says which."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    found: list[str] = page.evaluate(RUN, [rules, part])
    return found


@pytest.fixture
def found() -> dict[str, list[str]]:
    """What is wrong in which state and theme."""
    return {}


@pytest.fixture
def look(page: Page, axe: str, found: dict[str, list[str]]) -> Callable[..., None]:
    """Look at a state, or at a part of it, in both themes, and in high contrast where asked."""

    def both(state: str, part: str | None = None, *, forced: bool = False) -> None:
        if wide := beyond(page):
            found[f"{state}, wide"] = wide
        for theme, rules in THEMES.items():
            page.emulate_media(color_scheme=theme)
            expect(page.locator("html")).to_have_attribute("data-theme", theme)
            if wrong := violations(page, axe, rules, part):
                found[f"{state}, {theme}"] = wrong
        if forced:
            page.emulate_media(forced_colors="active")
            if wrong := violations(page, axe, OF_COLOR, part):
                found[f"{state}, high contrast"] = wrong
            page.emulate_media(forced_colors="none")

    return both


def test_no_state_has_a_barrier(
    page: Page,
    address: Address,
    portraits: Path,
    look: Callable[..., None],
    found: dict[str, list[str]],
) -> None:
    page.goto(address.url)
    page.wait_for_selector("#recent")
    look("home")
    open_photo(page, address.url, portraits / "group_six_faces_01.jpg")
    drag(page, "blemishes.amount", 0.5)
    look("retouch", forced=True)
    tab(page, "Adjust")
    expect(page.get_by_role("img", name="half of the picture is darker")).to_be_visible()
    look("adjust", PANEL)
    for name in ("Spots", "History", "Report"):
        page.get_by_role("navigation").get_by_role("button", name=name).click()
        page.wait_for_timeout(300)
        look(name, None if name == "Spots" else PANEL)  # which are marked in the picture, too
    page.get_by_role("button", name="Split view").click()
    look("split")
    for name in ("Settings", "Shortcuts"):
        page.get_by_role("navigation").get_by_role("button", name=name).click()
        look(name, DIALOG)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Download").click()
    look("download", DIALOG, forced=True)
    page.keyboard.press("Escape")
    for name, width, height in (("phone", 390, 844), ("twice the size", 640, 400)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(300)
        look(name)
    assert found == {}


def test_makeup_shape_people_and_brush_have_no_barrier(
    page: Page,
    address: Address,
    portraits: Path,
    look: Callable[..., None],
    found: dict[str, list[str]],
) -> None:
    open_photo(page, address.url, portraits / "group_six_faces_01.jpg")
    for name, control in (("Reshape", "face_width.amount"), ("Makeup", "lipstick.amount")):
        tab(page, name)
        drag(page, control, 0.6)
        look(name, PANEL)
    page.get_by_role("button", name="Color: mix a color").click()
    expect(page.get_by_role("slider", name="Hue")).to_be_visible()
    look("color mixer", PANEL)
    people = page.get_by_role("group", name="People in this photo")
    people.get_by_role("button", name="Person 2").click()
    drag(page, "lipstick.amount", 0.3)
    page.hover("[data-canvas]")
    look("one person")
    page.locator("aside").get_by_role("button", name="Don’t retouch").click()
    look("a person left alone", PANEL)
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.locator("[data-hand=brush]").click()
    expect(page.get_by_text("Stroke 1, added")).to_be_visible()
    look("brush")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(300)
    look("brush on a phone")
    assert found == {}


COVERED = """() => {
  const panel = document.querySelector('aside [role=tabpanel]');
  const all = panel.querySelector('.scrolls'), box = all.getBoundingClientRect();
  const free = (target) => {
    const { left, right, top, bottom } = target.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const edges = [[x, top + 1], [x, bottom - 1], [left + 1, y], [right - 1, y]];
    if (target.disabled) return true;
    if (target.closest('.scrolls') && (top < box.top || bottom > box.bottom)) return true;
    return bottom - top >= 24
      && edges.every((at) => target.contains(document.elementFromPoint(...at)));
  };
  const targets = [...panel.querySelectorAll('[data-control] :is(button, input[type=text])')];
  const covered = [];
  for (let place = 0; place < all.scrollHeight; place += 62) {
    all.scrollTop = place;
    const wrong = targets.filter((target) => !free(target));
    covered.push(...wrong.map((target) => `${target.ariaLabel}, scrolled by ${place}`));
  }
  return covered;
}"""


def test_refused_files_have_no_barrier(
    page: Page, address: Address, axe: str, complaints: list[str], tmp_path: Path
) -> None:
    names = ("one.jpg", "two.jpg")
    for name in names:
        (tmp_path / name).write_bytes(b"no picture" * 99)
    page.goto(address.url)
    page.set_input_files("#freckle-file-input", [tmp_path / name for name in names])
    expect(page.get_by_role("alert")).to_have_count(2)
    assert violations(page, axe) == []
    complaints[:] = [text for text in complaints if "status of 4" not in text]


def test_no_target_lies_under_another_at_any_place_of_a_panel(
    page: Page, address: Address, portraits: Path
) -> None:
    open_photo(page, address.url, portraits / PHOTO)
    drag(page, "blemishes.amount", 1)  # a thumb far to the right, near the number
    page.mouse.move(500, 20)  # no tooltip lies over the panel
    for name in ("Face", "Makeup", "Reshape"):
        tab(page, name)
        assert page.evaluate(COVERED) == [], name


@pytest.mark.parametrize("language", ["zh-CN", "es"])
def test_every_tool_and_preset_has_a_name_in_every_language(
    signed_in: Callable[..., BrowserContext], address: Address, portraits: Path, language: str
) -> None:
    page = signed_in(locale=language).new_page()
    open_photo(page, address.url, portraits / PHOTO)
    assert page.evaluate("document.documentElement.lang") == language
    catalogue: dict[str, Any] = api(page, "catalogue")
    for number, panel in enumerate(("face", "makeup", "reshape")):
        page.get_by_role("tab").nth(number).click()
        own = [
            op
            for op in catalogue["ops"]
            if op["panel"] == panel
            and "face" in op["areas"]
            and "amount" in op["schema"]["properties"]
        ]
        page.wait_for_selector(f"[data-control='{own[0]['op']}.amount']")
        shown = {
            element.get_attribute("data-control"): element.locator("span").first.inner_text()
            for element in page.locator("aside [data-control$='.amount']").all()
        }
        untold = [op["op"] for op in own if shown.get(f"{op['op']}.amount") in {None, op["label"]}]
        assert untold == []
        labels = {preset["label"] for preset in api(page, "presets")} - {"Natural"}
        names = set(page.locator("aside ul[aria-label] button").all_inner_texts())
        assert names & labels == set()
        text = page.locator("body").inner_text()
        assert "ops." not in text
        assert "groups." not in text


def test_the_theme_and_language_can_be_chosen(
    page: Page, address: Address, portraits: Path
) -> None:
    project = open_photo(page, address.url, portraits / PHOTO)
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("radio", name="Light").check(force=True)
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.get_by_label("Language").select_option("es")
    expect(page.get_by_role("dialog")).to_contain_text("Ajustes")
    page.reload()
    ready(page)
    open_project(page, address.url, project)
    assert page.evaluate("document.documentElement.lang") == "es"
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
