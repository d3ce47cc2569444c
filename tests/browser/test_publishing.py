"""A picture is posted from the editor's download dialog, on a phone."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from freckle.publish.channels import Channel
from freckle.server.gate import cookie_name
from freckle.server.settings import Settings
from freckle.server.users import LOCAL
from tests.browser.conftest import PATIENCE_MS
from tests.browser.test_editor_access import AXE, DIALOG, violations
from tests.publish.serving import places, seen
from tests.server.conftest import started
from tests.server.serving import make_jpeg

SHOTS = os.environ.get("FRECKLE_SHOTS")
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def abroad() -> Iterator[str]:
    with places() as url:
        yield url


@pytest.fixture
def context(browser: Browser, tmp_path: Path, abroad: str) -> Iterator[BrowserContext]:
    """Somebody's phone at a server with two accounts, of which one is refused."""
    given = {"to": "mastodon", "at": abroad, "patience": 20}
    channels = tuple(
        Channel.model_validate({**given, "name": name, "secret": secret})
        for name, secret in (("Anna", "right-secret"), ("Old", "wrong"))
    )
    settings = Settings(folder=tmp_path, channels=channels, workers=1, eager=False)
    with started(settings) as running, running.client(LOCAL) as client:
        photo = client.post("/api/photos", files={"file": ("Anna.jpg", make_jpeg(9, 480, 600))})
        project = client.post("/api/projects", json={"photo": photo.json()["id"]}).json()["id"]
        context = browser.new_context(locale="en-US", base_url=running.url, **PHONE)
        context.set_default_timeout(PATIENCE_MS)
        name = cookie_name(running.settings)
        cookie = {"name": name, "value": client.cookies[name], "url": running.url}
        context.add_cookies([cookie])
        context.new_page().goto(f"/#/edit/{project}")
        yield context
        context.close()


def test_a_picture_is_posted_and_a_refusal_is_a_sentence(context: BrowserContext, abroad: str):
    (page,) = context.pages
    page.get_by_role("button", name="Download").click()
    page.get_by_role("radio", name="Post", exact=True).check(force=True)
    alt = page.get_by_label("Alternative text")
    expect(alt).to_have_value("Photo without a visible face.")
    caption = page.get_by_label("Caption", exact=True)
    caption.fill("x" * 600)
    expect(page.get_by_role("button", name="Post", exact=True)).to_be_disabled()
    caption.fill("Anna, in May")
    alt.fill("Colors.")
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / "publish.png")
    if AXE.is_file():
        assert violations(page, AXE.read_text(encoding="utf-8"), part=DIALOG) == []
    page.get_by_label("Account").select_option("Old")
    refusal = page.get_by_role("alert").filter(has_text="does not accept the token or password")
    expect(refusal).to_be_visible()
    page.get_by_label("Account").select_option("Anna")
    post = page.get_by_role("button", name="Post", exact=True)
    expect(post).to_be_enabled()
    post.click()
    link = page.get_by_role("link", name="Open it")
    expect(link).to_have_attribute("href", "https://social.test/@anna/9")
    media, status = seen(abroad)
    assert media["description"] == "Colors."
    assert status["status"]["status"] == "Anna, in May\n\nfreckle: not retouched."
    assert "secret" not in page.content()
