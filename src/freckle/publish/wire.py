"""Requests to the places: HTTP with time-outs, without redirects, and failures as sentences.

A secret goes by HTTPS only, or to this very machine.
"""

import http.client
import json
import re
import unicodedata
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import urlsplit

from freckle.publish.post import PublishError, Trouble
from freckle.publish.secret import Secret

PATIENCE: Final = 60.0
"""Seconds that an answer may take."""
LIMIT: Final = 4 << 20
"""Bytes of an answer that are read at most."""
OWN: Final = frozenset({"localhost", "127.0.0.1", "::1"})
JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    status: int
    body: bytes

    def json(self, name: str) -> dict[str, Any]:
        """Return the object that was sent. Raises `PublishError`."""
        try:
            found = json.loads(self.body)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise PublishError(
                f"{name} answered something that was not expected.", "Check its address."
            )
        return found


@dataclass(frozen=True, slots=True)
class Wire:
    """A server, and the secret that it must never repeat to us."""

    base: str
    """As `https://mastodon.example`, perhaps with a path."""
    secret: Secret
    patience: float = PATIENCE
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Sent with every request."""

    def __post_init__(self) -> None:
        """Refuse addresses that are none, or not safe. Raises `PublishError`."""
        parts = urlsplit(self.base)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            raise PublishError(
                f"{self.secret.hidden(self.base)[:80]!r} is no address of a server.",
                "Write it as https://example.org.",
            )
        if parts.scheme == "http" and parts.hostname not in OWN:
            raise PublishError(
                f"{parts.hostname} would get a secret that others on the way can read.",
                "Write its address with https://.",
            )

    @property
    def name(self) -> str:
        """The server's host."""
        return urlsplit(self.base).netloc

    def get(self, path: str) -> Answer:
        """Ask. Raises `PublishError` but for a success."""
        return self.ask("GET", path, b"", {})

    def send(self, path: str, content: Mapping[str, Any], **headers: str) -> Answer:
        """Send JSON by POST. Raises `PublishError` but for a success."""
        return self.ask(
            "POST", path, json.dumps(content).encode(), {"Content-Type": JSON, **headers}
        )

    def ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Make a request. Raises `PublishError` but for a success (2xx)."""
        parts = urlsplit(self.base)
        secure = parts.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        target = f"{parts.path.rstrip('/')}{path}"
        given = {"Accept": JSON, "User-Agent": "freckle", **self.headers, **headers}
        try:
            with closing(kind(parts.hostname or "", parts.port, timeout=self.patience)) as line:
                line.request(method, target, body or None, given)
                response = line.getresponse()
                answer = Answer(response.status, response.read(LIMIT))
        except TimeoutError as error:
            raise PublishError(
                f"{self.name} did not answer within {self.patience:.0f} seconds.",
                "Look whether the picture has arrived before you send it again.",
                "post_silent",
            ) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise PublishError(
                f"{self.name} cannot be reached ({type(error).__name__}).",
                "Check the address, and that the server runs.",
                "post_away",
            ) from None
        if not 200 <= answer.status < 300:
            raise self._refusal(answer)
        return answer

    def _refusal(self, answer: Answer) -> PublishError:
        """Say in one sentence what a server's refusal means."""
        name, status = self.name, answer.status
        said = self.secret.hidden(_said(answer.body))
        more = f": {said}" if said else ""
        known: dict[int, tuple[str, str, Trouble]] = {
            401: (
                "does not accept the token or password",
                "Make a new one there, and set it.",
                "post_secret",
            ),
            403: (
                f"does not allow this{more}",
                "Give the token the right to post pictures.",
                "post_rights",
            ),
            404: ("does not speak this protocol", "Check the address.", "post_away"),
            413: ("takes no picture of this size", "Publish a smaller one.", "post_large"),
            429: (
                "takes no more for now: too many requests, or the account is full",
                "Wait a little, or look at the account.",
                "post_full",
            ),
            507: ("has no room left", "Make room there, or ask whoever runs it.", "post_room"),
        }
        if 300 <= status < 400:
            return PublishError(f"{name} sends one elsewhere.", "Give the address it leads to.")
        if status in known:
            what, remedy, trouble = known[status]
            return PublishError(f"{name} {what}.", remedy, trouble)
        if status >= 500:
            return PublishError(f"{name} has a fault of its own ({status}).", "Try again later.")
        return PublishError(f"{name} refuses this ({status}{more}).", "Change what it names.")


def plain(name: str) -> str:
    """Return the name of a JPEG in letters that fit into any header: `Anna é.jpg` as Anna-e.jpg."""
    letters = unicodedata.normalize("NFKD", PurePath(name).stem)
    kept = re.sub(r"[^A-Za-z0-9_]+", "-", re.sub(r"[\u0300-\u036f]", "", letters))
    return f"{kept.strip('-')[:80] or 'picture'}.jpg"


def _said(body: bytes) -> str:
    """Return a server's own words about an error, on one line."""
    try:
        found = json.loads(body)
    except ValueError:
        return ""
    if not isinstance(found, dict):
        return ""
    words = found.get("error_description") or found.get("message") or found.get("error") or ""
    return " ".join(str(words).split())[:200]
