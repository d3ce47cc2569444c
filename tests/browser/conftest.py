"""A real server, a real Chromium, and a page that tells when something went wrong in it."""

import asyncio
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from freckle.server.house import House
from freckle.server.page import folder
from freckle.server.serve import listen, make_server
from freckle.server.settings import Settings
from tests.browser.editing import Address
from tests.certificates import signing_of

ROOT = Path(__file__).parents[2]
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first has no windows to draw around pages: a third of the work less."""
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WINDOW = {"viewport": {"width": 1280, "height": 800}, "locale": "en-US", "reduced_motion": "reduce"}
REMEMBERED = "local_storage,indexeddb,cache_storage,service_workers"
PATIENCE_MS = 120_000
expect.set_options(timeout=PATIENCE_MS)  # two busy cores may do other things first


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    reason = None
    if CHROMIUM is None:
        reason = "there is no Chromium on this machine"
    elif not (folder() / "index.html").is_file():
        reason = "the editor's page is not built"
    for item in here:
        if reason:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def portraits() -> Path:
    place = Path(os.environ.get("FRECKLE_PORTRAITS", ROOT.parent / "shared" / "portraits"))
    if not place.is_dir():
        pytest.skip("there is no folder of portraits")
    return place


@pytest.fixture(scope="session")
def serving(
    tmp_path_factory: pytest.TempPathFactory, portraits: Path
) -> Iterator[tuple[Address, House]]:
    sample = portraits / "woman_south_asian_pigmentation_frontal_01.jpg"
    signing = signing_of(tmp_path_factory.mktemp("signing"))
    settings = Settings(folder=tmp_path_factory.mktemp("data"), sample=sample, signing=signing)
    with listen("127.0.0.1", 0) as listening:
        settings = replace(settings, port=listening.getsockname()[1])
        server = make_server(settings)
        loop = asyncio.new_event_loop()
        thread = threading.Thread(
            target=lambda: loop.run_until_complete(server.serve(sockets=[listening]))
        )
        thread.start()
        while not server.started:
            assert thread.is_alive()
            thread.join(0.02)
        house: House = server.config.app.state.house  # type: ignore[union-attr]
        yield Address(f"http://127.0.0.1:{settings.port}", settings.token), house
        server.should_exit = True
        thread.join(20)
        loop.close()


@pytest.fixture(scope="session")
def address(serving: tuple[Address, House]) -> Address:
    return serving[0]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What pages wrote on the console as errors; a test that expects one takes it out."""
    return []


@pytest.fixture
def signed_in(
    browser: Browser, address: Address, complaints: list[str]
) -> Iterator[Callable[..., BrowserContext]]:
    """Make a browser context with a session; options are Playwright's."""
    contexts = []

    def make(**options: object) -> BrowserContext:
        given = {**WINDOW, **options}
        context = browser.new_context(**given)  # type: ignore[arg-type]
        contexts.append(context)
        context.on("page", lambda page: listen_to(page, complaints))
        sign_in(context, address)
        return context

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def sign_in(context: BrowserContext, address: Address) -> None:
    context.set_default_timeout(PATIENCE_MS)
    entered = context.request.post(f"{address.url}/api/session", data={"token": address.token})
    assert entered.ok, entered.text()


def listen_to(page: Page, complaints: list[str]) -> None:
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )


@pytest.fixture(scope="session")
def usual(browser: Browser, address: Address) -> Iterator[BrowserContext]:
    """The browser of most tests: it asks the server for the editor's scripts only once."""
    context = browser.new_context(**WINDOW)  # type: ignore[arg-type]
    sign_in(context, address)
    yield context
    context.close()


@pytest.fixture
def page(usual: BrowserContext, address: Address, complaints: list[str]) -> Iterator[Page]:
    """A new page in a browser that remembers nothing of the tests before."""

    def listen(page: Page) -> None:
        listen_to(page, complaints)

    usual.on("page", listen)
    page = usual.new_page()
    page.context.new_cdp_session(page).send(
        "Storage.clearDataForOrigin", {"origin": address.url, "storageTypes": REMEMBERED}
    )
    yield page
    for each in usual.pages:
        each.close()
    usual.remove_listener("page", listen)
    usual.set_offline(False)
    assert complaints == []
