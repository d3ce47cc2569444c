"""A server on which people sign in, and people to do so."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import httpx

from freckle.server.gate import cookie_name
from freckle.server.settings import Settings
from freckle.server.users import Role, User
from tests.server.conftest import started
from tests.server.serving import Running, visitor

CHEAP = (1, 8, 1)
"""What a password costs in tests: nobody keeps one here."""
PASSWORD = "correct horse battery"  # noqa: S105


@contextmanager
def with_accounts(settings: Settings) -> Iterator[Running]:
    own = replace(settings, accounts=True, argon2=CHEAP, workers=1, eager=False)
    with started(own) as running:
        yield running


def somebody(running: Running, workspace: str, role: Role) -> User:
    user = User(uuid.uuid4().hex, workspace, role, name=f"the {role}")
    running.house.store.register(user)
    return user


def browser(running: Running, user: User | None) -> httpx.Client:
    """A browser that is signed in, or one that nobody has used yet."""
    client = visitor(running.url)
    sign_in(running, client, user)
    return client


def sign_in(running: Running, client: httpx.Client, user: User | None) -> None:
    client.cookies.clear()
    if user:
        client.cookies[cookie_name(running.settings)] = running.house.store.open_session(user)
