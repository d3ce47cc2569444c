"""What people do on the pages about accounts, step by step."""

import re

from playwright.sync_api import Page, expect

from tests.server.serving_accounts import PASSWORD


def sign_in(page: Page, url: str, login: str, password: str = PASSWORD) -> None:
    page.goto(url)
    page.get_by_label("E-mail address").fill(login)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def inside(page: Page) -> None:
    expect(page.get_by_role("button", name=re.compile("^Account: "))).to_be_visible()


def members(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Workspace: ")).click()
    page.get_by_role("menuitem", name="Members…").click()
    expect(page.get_by_role("dialog")).to_contain_text("Members")


def account(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Account: ")).click()
    page.get_by_role("menuitem", name="Account…").click()
    expect(page.get_by_role("heading", name="Passkeys")).to_be_visible()


def invitation(page: Page, whom: str, role: str) -> str:
    members(page)
    page.get_by_label("For whom").fill(whom)
    page.get_by_label("Role", exact=True).select_option(label=role)
    page.get_by_role("button", name="Make link").click()
    link = page.get_by_label("Link of the invitation").input_value()
    page.keyboard.press("Escape")
    return link


def accepted(page: Page, link: str, name: str, login: str) -> None:
    page.goto(link)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail address").fill(login)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account and join").click()
    inside(page)
