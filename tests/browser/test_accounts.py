"""People sign in, invite one another, change roles and leave, in a real browser."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from freckle.server.settings import ProviderSettings, Settings
from tests.browser.conftest import PATIENCE_MS, listen_to
from tests.browser.editing import beyond
from tests.browser.signing_in import accepted, account, inside, invitation, members, sign_in
from tests.browser.test_editor_access import ALL, AXE, OF_COLOR, OVER, violations
from tests.server.conftest import started
from tests.server.postgres import free_port
from tests.server.serving import Running, make_jpeg
from tests.server.serving_accounts import CHEAP, PASSWORD

SHOTS = os.environ.get("FRECKLE_SHOTS")
"""A folder for pictures of all these pages, for whoever wants to look at them."""
LOOKS: dict[Literal["dark", "light"], tuple[int, list[str]]] = {
    "dark": (1280, ALL),
    "light": (390, [*OF_COLOR, "target-size", "scrollable-region-focusable"]),
}
"""Width, and what may differ; all is done in the last theme: the tests above are wide."""


def listening(port: int) -> None:
    for _ in range(200):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nobody listens")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server with accounts that nobody has yet, and another site to sign in with."""
    there, here = free_port(), free_port()
    back = f"http://localhost:{here}/api/sign-in/provider/back"
    words = [sys.executable, "-m", "tests.server.provider", str(there), "client", "secret", back]
    settings = Settings(
        folder=tmp_path_factory.mktemp("accounts"),
        accounts=True,
        argon2=CHEAP,
        eager=False,
        provider=ProviderSettings(f"http://127.0.0.1:{there}", "client", "secret", "Elsewhere"),
    )
    with ExitStack() as stack:
        site = stack.enter_context(subprocess.Popen(words))
        stack.callback(site.terminate)
        listening(there)
        yield stack.enter_context(started(settings, here))


@pytest.fixture(scope="module")
def url(server: Running) -> str:
    """Passkeys want a name."""
    return f"http://localhost:{server.settings.port}"


@pytest.fixture
def visitor(browser: Browser, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """A new browser, as somebody else's computer would have it."""
    contexts: list[BrowserContext] = []

    def make(**options: object) -> Page:
        context = browser.new_context(**{"locale": "en-US", **options})  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        listen_to(page, complaints)
        return page

    yield make
    for context in contexts:
        context.close()
    assert [text for text in complaints if "status of 4" not in text] == []  # told of each refusal


@pytest.fixture(scope="module")
def anna(server: Running, browser: Browser, url: str) -> dict[str, str]:
    """The first administrator, made on the page that the printed address opens."""
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    page.goto(f"{url}/#/first/{server.settings.token}")
    page.get_by_label("Your name").fill("Anna Adams")
    page.get_by_label("E-mail address").fill("anna@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Name of your workspace").fill("Studio North and the Long Bridge")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("button", name="Workspace: Studio North")).to_be_visible()
    context.close()
    return {"login": "anna@example.org"}


def test_signing_in_by_password(
    visitor: Callable[..., Page], url: str, anna: dict[str, str]
) -> None:
    page = visitor()
    sign_in(page, url, anna["login"], "not the password")
    expect(page.get_by_role("alert")).to_contain_text("Name or password is not right")
    expect(page.get_by_label("E-mail address")).to_have_value(anna["login"])
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    inside(page)
    page.reload()
    inside(page)
    page.get_by_role("button", name=re.compile("^Account: ")).click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_an_invitation_a_role_and_signing_out_everywhere(
    visitor: Callable[..., Page], url: str, anna: dict[str, str]
) -> None:
    admin, ben = visitor(), visitor()
    ben_login = f"ben-{time.monotonic_ns()}"
    sign_in(admin, url, anna["login"])
    link = invitation(admin, "Ben", "Viewer")
    accepted(ben, link, "Ben Brown", ben_login)
    expect(ben.get_by_text("In this workspace you can look at projects")).to_be_visible()
    members(admin)
    admin.get_by_label("Role of Ben Brown").select_option(label="Editor")
    expect(admin.get_by_label("Role of Ben Brown")).to_have_value("editor")
    ben.reload()
    expect(ben.get_by_role("heading", name="Create new")).to_be_visible()
    second = visitor()
    second.goto(link)
    expect(second.get_by_role("heading", name="no longer good")).to_be_visible()
    sign_in(second, url, ben_login)
    inside(second)
    account(ben)
    ben.get_by_role("button", name="Sign out everywhere").click()
    expect(ben.get_by_role("heading", name="Sign in")).to_be_visible()
    second.reload()
    expect(second.get_by_role("heading", name="Sign in")).to_be_visible()
    admin.get_by_role("button", name="Remove Ben Brown").click()
    expect(admin.get_by_label("Role of Ben Brown")).to_have_count(0)
    sign_in(ben, url, ben_login)
    expect(ben.get_by_role("alert")).to_be_visible()


def test_an_approver_calls_a_picture_finished(
    visitor: Callable[..., Page], url: str, anna: dict[str, str], tmp_path: Path
) -> None:
    photo = tmp_path / "sky.jpg"
    photo.write_bytes(make_jpeg(7))
    page = visitor()
    sign_in(page, url, anna["login"])
    inside(page)
    page.set_input_files("#freckle-file-input", photo)
    page.get_by_role("button", name="History", exact=True).first.click()
    approval = page.get_by_role("region", name="Approval")
    expect(approval.get_by_role("status")).to_have_text("Not approved yet")
    approval.get_by_role("button", name="Approve").click()
    expect(approval.get_by_role("status")).to_contain_text("Approved by Anna Adams")
    expect(approval.get_by_role("button", name="Take back")).to_be_enabled()
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / "approved.png")
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("link", name="sky")).to_contain_text("Approved")
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / "approved-home.png")


def test_a_passkey_is_added_and_signs_in(
    visitor: Callable[..., Page], url: str, anna: dict[str, str]
) -> None:
    page = visitor()
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    able = ("hasResidentKey", "hasUserVerification", "isUserVerified")
    device = {"protocol": "ctap2", "transport": "internal", **dict.fromkeys(able, True)}
    device["automaticPresenceSimulation"] = True
    made = devices.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    sign_in(page, url, anna["login"])
    inside(page)
    account(page)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("button", name="Remove Passkey 1")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("^Account: ")).click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    inside(page)
    account(page)
    page.get_by_role("button", name="Remove Passkey 1").click()
    expect(page.get_by_role("button", name="Remove Passkey 1")).to_have_count(0)
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("^Account: ")).click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("No passkey opened this server")
    known = {"authenticatorId": made["authenticatorId"]}
    assert len(devices.send("WebAuthn.getCredentials", known)["credentials"]) == 1


def test_another_site_says_who_somebody_is(
    visitor: Callable[..., Page], url: str, anna: dict[str, str]
) -> None:
    admin, olga = visitor(), visitor()
    olga.goto(url)
    olga.get_by_role("button", name="Sign in with Elsewhere").click()
    olga.get_by_role("link", name="Continue as Olga").click()
    expect(olga.get_by_role("alert")).to_contain_text("invitation")
    sign_in(admin, url, anna["login"])
    olga.goto(invitation(admin, "Olga", "Editor"))
    olga.get_by_role("button", name="Sign in with Elsewhere").click()
    olga.get_by_role("link", name="Continue as Olga").click()
    expect(olga.get_by_role("button", name="Account: Olga Otherwise")).to_be_visible()
    again = visitor()
    again.goto(url)
    again.get_by_role("button", name="Sign in with Elsewhere").click()
    again.get_by_role("link", name="Continue as Olga").click()
    expect(again.get_by_role("button", name="Account: Olga Otherwise")).to_be_visible()
    forged = visitor()
    forged.goto(f"{url}/api/sign-in/provider/back?code=stolen&state=guessed")
    expect(forged.get_by_role("alert")).to_be_visible()


def test_no_page_about_people_has_a_barrier(
    visitor: Callable[..., Page], url: str, anna: dict[str, str]
) -> None:
    page = visitor(color_scheme="light", viewport={"width": 390, "height": 844})
    axe = AXE.read_text(encoding="utf-8") if AXE.is_file() else pytest.skip("axe-core is missing")
    found: dict[str, list[str]] = {}

    def look(state: str) -> None:
        over = page.locator(OVER)
        count = over.count()
        for theme, (width, rules) in LOOKS.items():
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=theme)
            expect(page.locator("html")).to_have_attribute("data-theme", theme)
            expect(over).to_have_count(count)
            if wrong := beyond(page) + violations(page, axe, rules, OVER if count else None):
                found[f"{state}, {theme}, {width}"] = wrong
            if SHOTS:
                page.screenshot(path=Path(SHOTS) / f"{state}-{theme}-{width}.png")

    walk(page, url, anna["login"], look)
    assert found == {}


def walk(page: Page, url: str, login: str, look: Callable[[str], None]) -> None:
    page.goto(url)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    look("sign in")
    sign_in(page, url, login, "wrong")
    expect(page.get_by_role("alert")).to_be_visible()
    look("wrong")
    sign_in(page, url, login)
    inside(page)
    link = invitation(page, "Cleo", "Approver")
    look("home")
    page.get_by_role("button", name=re.compile("^Workspace: ")).click()
    look("workspaces")
    page.keyboard.press("Escape")
    members(page)
    page.get_by_role("button", name="Make link").click()
    expect(page.get_by_label("Link of the invitation")).to_be_visible()
    look("members")
    page.keyboard.press("Escape")
    account(page)
    look("account")
    page.context.clear_cookies()
    page.goto("about:blank")
    page.goto(link)
    expect(page.get_by_role("heading", name="Join Studio North")).to_be_visible()
    look("invitation")
