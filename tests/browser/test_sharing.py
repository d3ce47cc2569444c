"""A link is made in the editor; a guest without an account looks, comments, chooses, confirms."""

import json
import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from freckle.server.gate import cookie_name
from freckle.server.settings import Settings
from freckle.server.users import User
from tests.browser.conftest import PATIENCE_MS, listen_to
from tests.browser.editing import drag, expect_saved, number, open_project, tab
from tests.browser.test_editor_access import AXE, DIALOG, violations
from tests.server.serving import Running, make_jpeg, upload
from tests.server.serving_accounts import browser as client_of
from tests.server.serving_accounts import somebody, with_accounts

SHOTS = os.environ.get("FRECKLE_SHOTS")
"""A folder for pictures of these pages, for whoever wants to look at them."""
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LIGHTER: dict[str, Any] = {"steps": [{"edit": {"op": "adjust", "version": 1, "exposure": 40}}]}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with with_accounts(Settings(folder=tmp_path_factory.mktemp("sharing"))) as running:
        yield running


@pytest.fixture(scope="module")
def owner(server: Running) -> User:
    return somebody(server, uuid.uuid4().hex, "editor")


@pytest.fixture(scope="module")
def projects(server: Running, owner: User) -> list[str]:
    """Four edited photos."""
    made = []
    with client_of(server, owner) as client:
        for number in range(1, 5):
            photo = upload(client, make_jpeg(number, 480, 600), f"portrait {number}.jpg").json()
            project = client.post("/api/projects", json={"photo": photo["id"]}).json()["id"]
            step = {"base": 0, "label": "Lighter", "recipe": LIGHTER}
            assert client.post(f"/api/projects/{project}/history", json=step).is_success
            made.append(project)
    return made


@pytest.fixture
def visitor(browser: Browser, complaints: list[str]) -> Iterator[Callable[..., BrowserContext]]:
    """A new browser, as somebody else's device would have it."""
    contexts: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        context = browser.new_context(**{"locale": "en-US", **options})  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.on("page", lambda page: listen_to(page, complaints))
        return context

    yield make
    for context in contexts:
        context.close()
    # The browser itself writes each refusal of the server on the console.
    assert [text for text in complaints if "status of 4" not in text] == []


def inside(context: BrowserContext, server: Running, owner: User) -> Page:
    secret = server.house.store.open_session(owner)
    name = cookie_name(server.settings)
    context.add_cookies([{"name": name, "value": secret, "url": server.url}])
    return context.new_page()


def linked(server: Running, owner: User, projects: list[str], **terms: Any) -> str:
    with client_of(server, owner) as client:
        body = {"projects": projects, "guest": "Gina", "terms": terms}
        made = client.post("/api/shares", json=body)
        assert made.status_code == 201, made.text
        return f"{server.url}/#/s/{made.json()['secret']}"


@pytest.fixture
def looked_at() -> Iterator[Callable[..., None]]:
    """Look for barriers in a state of a page; all that is found is told at the end."""
    found: dict[str, list[str]] = {}
    axe = AXE.read_text(encoding="utf-8") if AXE.is_file() else None

    def look(page: Page, state: str, part: str | None = None) -> None:
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"share-{state}.png")
        if axe and (wrong := violations(page, axe, part=part)):
            found[state] = wrong

    yield look
    assert found == {}


def compared(page: Page) -> None:
    """Open a picture, and move the divider by a key and by a finger."""
    page.get_by_role("button", name="Open portrait 2.jpg").tap()
    expect(page.get_by_role("img", name="portrait 2.jpg, before")).to_be_visible()
    divider = page.get_by_role("slider")
    divider.focus()
    page.keyboard.press("ArrowRight")
    expect(divider).to_have_value("51")
    page.locator("[data-loaded=true]").tap(position={"x": 60, "y": 200})
    expect(divider).not_to_have_value("51")


def commented(page: Page) -> None:
    """Write about a place in the picture: tapped, then moved by a key."""
    frame = page.locator("[data-loaded=true]")
    page.get_by_role("button", name="Mark a place").tap()
    frame.tap(position={"x": 100, "y": 150})
    page.get_by_role("button", name="Place of your comment").press("ArrowRight")
    page.get_by_role("textbox", name="Your comment").fill("Softer here, please")


def signed(page: Page) -> None:
    """Save the receipt and read it."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Receipt").tap()
    receipt = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    decisions = [picture["decision"] for picture in receipt["pictures"]]
    assert decisions == [None, "chosen", "chosen", None]
    assert receipt["guest"]["signed"] == "Gina Guest"
    comment = receipt["pictures"][1]["comments"][0]
    assert comment["text"] == "Softer here, please"
    assert 0.1 < comment["x"] < 0.5


def test_a_guest_on_a_phone_compares_comments_chooses_and_confirms(
    visitor: Callable[..., BrowserContext],
    server: Running,
    owner: User,
    projects: list[str],
    looked_at: Callable[..., None],
) -> None:
    page = visitor(**PHONE).new_page()
    page.goto(linked(server, owner, projects, ask="choose", least=2, most=2, watermark="Proof"))
    expect(page.get_by_role("heading", name="4 pictures from the editor")).to_be_visible()
    expect(page.get_by_text("Please choose 2.")).to_be_visible()
    confirm = page.get_by_role("button", name="Confirm…")
    expect(confirm).to_be_disabled()
    looked_at(page, "gallery")
    compared(page)
    commented(page)
    looked_at(page, "picture")
    page.get_by_role("button", name="Send").tap()
    expect(page.get_by_role("button", name="Comment 1: Softer here")).to_be_visible()
    expect(page.get_by_text("Unchanged")).to_have_count(2)  # makeup and shape
    chosen = page.get_by_role("button", name="Choose", exact=True)
    chosen.tap()
    expect(chosen).to_have_attribute("aria-pressed", "true")
    page.go_back()
    third = page.get_by_role("group", name="Decision on portrait 3.jpg").get_by_role("button")
    third.tap()
    expect(page.get_by_text("2 of 4 chosen")).to_be_visible()
    first = page.get_by_role("group", name="Decision on portrait 1.jpg").get_by_role("button")
    expect(first).to_be_disabled()  # two is the most
    confirm.tap()
    page.get_by_label("Your name").fill("Gina Guest")
    looked_at(page, "confirm", DIALOG)
    page.get_by_role("button", name="Confirm and lock").tap()
    expect(page.get_by_text("Confirmed on")).to_be_visible()
    expect(third).to_be_disabled()
    signed(page)
    looked_at(page, "confirmed")


def filled(editor: Page) -> None:
    """Fill the form of a link that shows two photos."""
    editor.get_by_role("button", name="Share", exact=True).click()
    editor.get_by_label("For whom").fill("Olga")
    editor.get_by_text("Photos: 1").click()
    editor.get_by_role("checkbox", name="portrait 4.jpg").check()
    editor.get_by_text("Options").click()
    editor.get_by_label("Password").fill("open sesame")
    editor.get_by_label("Words across the picture").fill("Olga")


def guessed_and_entered(guest: Page) -> None:
    """Try a wrong password, then the right one."""
    guest.get_by_label("Password").fill("wrong")
    guest.get_by_role("button", name="Open").click()
    expect(guest.get_by_role("alert")).to_contain_text("not right")
    guest.get_by_label("Password").fill("open sesame")
    guest.get_by_role("button", name="Open").click()


def test_a_link_is_made_answered_and_revoked_in_the_editor(
    visitor: Callable[..., BrowserContext],
    server: Running,
    owner: User,
    projects: list[str],
    looked_at: Callable[..., None],
) -> None:
    editor = inside(visitor(viewport={"width": 1280, "height": 900}), server, owner)
    editor.goto(f"{server.url}/#/edit/{projects[0]}")
    filled(editor)
    looked_at(editor, "form", DIALOG)
    editor.get_by_role("button", name="Make link").click()
    link = editor.get_by_label("Link for the guest").input_value()
    looked_at(editor, "made", DIALOG)
    guest = visitor().new_page()
    guest.goto(link)
    guessed_and_entered(guest)
    expect(guest.get_by_role("heading", name="2 pictures")).to_be_visible()
    group = guest.get_by_role("group", name="Decision on portrait 4.jpg")
    group.get_by_role("button", name="Approve").click()
    expect(guest.get_by_text("1 of 2 decided")).to_be_visible()
    looked_at(guest, "guest")
    address = guest.get_by_role("img").first.get_attribute("src")
    assert address
    assert guest.request.get(address).status == 200
    editor.get_by_role("button", name="Answers Olga").click()
    expect(editor.get_by_text("Approved")).to_be_visible()
    expect(editor.get_by_text("Opened 1 time")).to_be_visible()
    looked_at(editor, "answers", DIALOG)
    editor.get_by_role("button", name="Revoke Olga").click()
    editor.get_by_role("button", name="Revoke for good").click()
    expect(editor.get_by_text("Revoked on")).to_be_visible()
    assert guest.request.get(address).status == 404
    group.get_by_role("button", name="Reject").click()
    expect(guest.get_by_role("heading", name="This link opens nothing")).to_be_visible()
    looked_at(guest, "gone")


def test_two_people_change_one_photo_and_both_see_all_of_it(
    visitor: Callable[..., BrowserContext], server: Running, owner: User, projects: list[str]
) -> None:
    colleague = somebody(server, owner.workspace, "editor")
    window = {"viewport": {"width": 1280, "height": 800}}
    both = [inside(visitor(**window), server, person) for person in (owner, colleague)]
    for page in both:
        open_project(page, server.url, projects[2])
        tab(page, "Adjust")
    for share in (0.7, 0.8, 0.9):
        for page, control in zip(both, ("contrast", "shadows"), strict=True):
            drag(page, f"adjust.{control}", share)
    for page in both:
        for control in ("contrast", "shadows"):
            expect(number(page, f"adjust.{control}")).to_have_value("80")
        expect_saved(page)
    with client_of(server, owner) as client:
        steps = client.get(f"/api/projects/{projects[2]}/history").json()[2:]
    assert sorted(step["mine"] for step in steps) == [False] * 3 + [True] * 3
